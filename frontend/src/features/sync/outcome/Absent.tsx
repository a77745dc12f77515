import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface Props {
  url: string;
  /** unsent is how many entries of this laptop wait for it. */
  unsent: number;
  /** onBegin begins anew in the folder that is there; undefined where there is none. */
  onBegin: (() => void) | undefined;
}

/** Absent says that a stick is not plugged in, or another one is, and that nothing is lost: it is nobody's fault, and no error wall. */
export function Absent({ url, unsent, onBegin }: Props) {
  const { t } = useTranslation("sync");
  const kind = onBegin ? "other" : "absent";
  return (
    <Alert color={onBegin ? "yellow" : "gray"} role="status" icon={<IconPlugConnectedX aria-hidden />} title={t(`${kind}.title`)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t(`${kind}.text`, { url })}</Text>
        <Text size="sm">{unsent > 0 ? t("absent.waiting", { count: unsent }) : t("absent.lost")}</Text>
        {onBegin && (
          <Button size="xs" variant="default" onClick={onBegin}>
            {t("other.begin")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
