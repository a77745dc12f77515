import { Center, Group, Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Loading says that an answer is on its way. */
export function Loading({ label }: { label?: string }) {
  const { t } = useTranslation();
  return (
    <Center p="xl" role="status">
      <Group gap="sm">
        <Loader size="sm" aria-hidden />
        <Text c="dimmed">{label ?? t("loading")}</Text>
      </Group>
    </Center>
  );
}
