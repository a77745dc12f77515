import { Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconNotebook, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Asset, Note } from "../../api";
import { useDefinitions, useShow } from "../../record";
import { Empty, routes, Time, useGo } from "../../shared";
import styles from "./asset.module.css";

interface Props {
  asset: Asset;
  writable: boolean;
}

/** AssetNotes are the journal notes about an asset, newest first. */
export function AssetNotes({ asset, writable }: Props) {
  const { t } = useTranslation("asset");
  const go = useGo();
  const add = writable && (
    <Button size="compact-sm" className="no-print" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => go("notes", { search: { new: true, asset: asset.id } })}>
      {t("notes.add")}
    </Button>
  );
  if (asset.notes.length === 0)
    return (
      <Empty icon={IconNotebook} title={t("notes.none")} action={add}>
        {t("notes.noneHelp")}
      </Empty>
    );
  return (
    <Stack gap="sm">
      {add && <Group>{add}</Group>}
      <Stack component="ol" gap="sm" className={styles.cards} aria-label={t("notes.label")}>
        {asset.notes.map((note) => (
          <NoteCard key={note.id} note={note} />
        ))}
      </Stack>
    </Stack>
  );
}

function NoteCard({ note }: { note: Note }) {
  const { t } = useTranslation("asset");
  const { fieldOf } = useDefinitions();
  const show = useShow();
  const at = note.observed_at ?? note.recorded_at;
  return (
    <li className={styles.card}>
      <Group justify="space-between">
        <Group gap="xs">
          <Badge variant="default">{show(fieldOf("kind", "note"), note.kind)}</Badge>
          <Text size="xs" c="dimmed">
            {note.member}
            {at && (
              <>
                , <Time at={at} />
              </>
            )}
          </Text>
          <Text size="xs" fw={600}>
            {t(`notes.state.${note.state}`)}
          </Text>
        </Group>
        <Anchor size="sm" className="no-print" renderRoot={(props) => <Link {...props} to={routes.notes} search={{ note: note.id }} />}>
          {t("notes.open")}
        </Anchor>
      </Group>
      <Text size="sm" className="prose">
        {note.text}
      </Text>
    </li>
  );
}
