import { Badge, Button, Group, Text, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Note } from "../../api";
import { useDefinitions, useShow } from "../../record";
import { useFormats } from "../../shared";
import { StateMark } from "./StateMark";
import styles from "./notes.module.css";

interface Props {
  items: Note[];
  total: number;
  open: string;
  onOpen: (id: string) => void;
  more: (() => void) | undefined;
  loading: boolean;
}

/** NoteList names the notes, newest first, each by when, who, about what and its first words. */
export function NoteList({ items, total, open, onOpen, more, loading }: Props) {
  const { t } = useTranslation("notes");
  return (
    <nav className={styles.list} aria-label={t("list.label")}>
      <Text size="xs" c="dimmed" role="status">
        {t("list.count", { count: total })}
      </Text>
      <ol>
        {items.map((note) => (
          <li key={note.id}>
            <Line note={note} open={note.id === open} onOpen={onOpen} />
          </li>
        ))}
      </ol>
      {more && (
        <Button variant="default" fullWidth loading={loading} onClick={more}>
          {t("list.more")}
        </Button>
      )}
    </nav>
  );
}

function Line({ note, open, onOpen }: { note: Note; open: boolean; onOpen: (id: string) => void }) {
  const { t } = useTranslation("notes");
  const { moment } = useFormats();
  const { fieldOf } = useDefinitions();
  const show = useShow();
  const at = note.observed_at ?? note.recorded_at;
  return (
    <UnstyledButton className={styles.line} aria-current={open || undefined} onClick={() => onOpen(note.id)}>
      <Group gap={6} wrap="nowrap" justify="space-between">
        <Text size="xs" c="dimmed" className="tabular">
          {at ? moment(at) : t("list.undated")} · {note.member}
        </Text>
        <StateMark note={note} />
      </Group>
      <Text size="sm" lineClamp={2} td={note.void ? "line-through" : undefined}>
        {note.text}
      </Text>
      <Group gap={4}>
        <Badge size="xs" variant="default">
          {show(fieldOf("kind", "note"), note.kind)}
        </Badge>
        {note.assets.slice(0, 3).map(({ id, tag }) => (
          <Text key={id} size="xs">
            <span className="mono">{tag ?? t("list.unknown")}</span>
          </Text>
        ))}
        {note.assets.length > 3 && (
          <Text size="xs" c="dimmed">
            {t("list.others", { count: note.assets.length - 3 })}
          </Text>
        )}
      </Group>
    </UnstyledButton>
  );
}
