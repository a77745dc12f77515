import { Alert, List, Stack } from "@mantine/core";
import { IconCircleCheck, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RemoteSynced } from "../../../api";
import { Failure } from "../../../shared";
import { Diverged } from "./Diverged";
import { useSentences } from "./sentences";

/** absent are the codes with which a folder or service that is not there is answered: no fault of anybody's. */
const absent = new Set(["missing", "service"]);

/** Outcome says in plain words what the sync with one place did. */
export function Outcome({ synced }: { synced: RemoteSynced }) {
  const { t } = useTranslation("sync");
  const { first, more } = useSentences(synced);
  if (synced.error) {
    if (!absent.has(synced.error.code)) return <Failure error={synced.error} />;
    return (
      <Alert color="gray" role="status" icon={<IconPlugConnectedX aria-hidden />} title={t("absent.title")}>
        {synced.service === null ? t("absent.text", { url: synced.url }) : synced.error.detail}
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
