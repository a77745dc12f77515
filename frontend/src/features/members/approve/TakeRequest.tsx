import { Button, Paper, Stack, Text } from "@mantine/core";
import { IconFileText, IconFolderOpen } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { native, type Picked } from "../../../native";
import { Failure, useDroppedFiles } from "../../../shared";
import type { useInspect } from "../api/requests";

/** most is the size that no request reaches, in bytes. */
const most = 1024 * 1024;

/** TakeRequest takes the file of a request by a dialog or dropped on the window. */
export function TakeRequest({ inspect }: { inspect: ReturnType<typeof useInspect> }) {
  const { t } = useTranslation("members");
  const [wrong, setWrong] = useState("");
  const take = (picked: Picked) => {
    const large = picked.file !== undefined && picked.file.size > most;
    setWrong(large ? t("approve.large") : "");
    if (!large) inspect.mutate(picked);
  };
  useDroppedFiles(([first]) => first && take(first));
  const choose = async () => {
    const picked = await native.pickFile("request");
    if (picked) take(picked);
  };
  return (
    <Stack>
      <Text size="sm">{t("approve.lead")}</Text>
      <Paper withBorder p="lg" style={{ borderStyle: "dashed" }}>
        <Stack align="center" gap="xs">
          <IconFileText size={32} stroke={1.4} aria-hidden />
          <Text size="sm" role="status">
            {inspect.isPending ? t("approve.reading") : t("approve.drop")}
          </Text>
          <Button
            data-autofocus
            loading={inspect.isPending}
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={() => void choose()}
          >
            {t("approve.choose")}
          </Button>
        </Stack>
      </Paper>
      {wrong && (
        <Text c="red" role="alert">
          {wrong}
        </Text>
      )}
      {inspect.isError && <Failure error={inspect.error} />}
    </Stack>
  );
}
