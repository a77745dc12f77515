import { Alert, List, Stack } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { RemoteSynced } from "../../../api";
import { Failure } from "../../../shared";
import { Absent } from "./Absent";
import { Diverged } from "./Diverged";
import { useSentences } from "./sentences";

interface Props {
  synced: RemoteSynced;
  /** unsent is how many entries of this laptop wait for the place. */
  unsent: number;
  /** onBegin begins anew in a folder that holds nothing of this record. */
  onBegin: () => void;
}

/** Outcome says in plain words what the sync with one place did. */
export function Outcome({ synced, unsent, onBegin }: Props) {
  const { first, more } = useSentences(synced);
  if (synced.error) {
    const { code } = synced.error;
    if (code !== "missing" && code !== "empty") return <Failure error={synced.error} />;
    return <Absent url={synced.url} unsent={unsent} onBegin={code === "empty" ? onBegin : undefined} />;
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
