import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Note } from "../../api";

interface Props {
  note: Note;
  /** seen are the heads of the note that the person has before the eyes. */
  seen: string[];
  /** help says what that means, before the text as it is now. */
  help: string;
  action: string;
  onRead: () => void;
}

/** Newer shows what a note says now beside what was made of an older text, until the person has taken note of it. */
export function Newer({ note, seen, help, action, onRead }: Props) {
  const { t } = useTranslation("notes");
  if (seen.join() === note.heads.join()) return null;
  return (
    <Alert color="orange" p="xs" icon={<IconAlertTriangle aria-hidden />} title={t("newer.title")}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{help}</Text>
        <Text size="sm" className="prose" component="blockquote" m={0}>
          {note.text}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onRead}>
          {action}
        </Button>
      </Stack>
    </Alert>
  );
}
