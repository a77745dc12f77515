import { Alert, Anchor, Group, Stack, Text } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { routes } from "../../../shared";

/** most is how many diverged documents are named at once. */
const most = 20;

/** Diverged names the documents that a service has otherwise than this laptop, and what to do about it. */
export function Diverged({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation("sync");
  return (
    <Alert color="red" role="alert" icon={<IconArrowsSplit2 aria-hidden />} title={t("diverged.title")}>
      <Stack gap="xs">
        <Text size="sm">{t("diverged.text", { count: ids.length })}</Text>
        <Group gap="sm">
          {ids.slice(0, most).map((id) => (
            <Anchor key={id} size="sm" className="mono" renderRoot={(props) => <Link {...props} to={routes.asset} params={{ ref: id }} />}>
              {id.slice(0, 8)}
            </Anchor>
          ))}
          {ids.length > most && <Text size="sm">{t("diverged.more", { count: ids.length - most })}</Text>}
        </Group>
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.trail} search={{ verify: true }} />}>
          {t("diverged.verify")}
        </Anchor>
      </Stack>
    </Alert>
  );
}
