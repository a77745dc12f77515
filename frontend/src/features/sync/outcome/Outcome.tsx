import { Alert, List, Stack } from "@mantine/core";
import { IconCircleCheck, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RemoteSynced } from "../../../api";
import { Failure } from "../../../shared";
import { Diverged } from "./Diverged";
import { useSentences } from "./sentences";

/** Outcome says in plain words what the sync with one place did. */
export function Outcome({ synced }: { synced: RemoteSynced }) {
  const { t } = useTranslation("sync");
  const { first, more } = useSentences(synced);
  if (synced.error) {
    // A stick that is not plugged in is nobody's fault, and no error wall.
    if (synced.error.code !== "missing") return <Failure error={synced.error} />;
    return (
      <Alert color="gray" role="status" icon={<IconPlugConnectedX aria-hidden />} title={t("absent.title")}>
        {t("absent.text", { url: synced.url })}
      </Alert>
    );
  }
  return (
    <Stack gap="xs">
      <Alert color="green" role="status" icon={<IconCircleCheck aria-hidden />} title={first}>
        {more.length > 0 && (
          <List size="sm">
            {more.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        )}
      </Alert>
      {synced.service && synced.service.diverged.length > 0 && <Diverged ids={synced.service.diverged} />}
    </Stack>
  );
}
