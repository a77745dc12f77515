import { Alert, Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconPencil, IconPrinter, IconSignature } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useProgramState, type Note } from "../../api";
import { AssetLink, useDefinitions, useShow } from "../../record";
import { Time } from "../../shared";
import { EditNote } from "./EditNote";
import { SignNote } from "./SignNote";
import { Signatures } from "./Signatures";
import { StateMark } from "./StateMark";
import { VoidNote } from "./VoidNote";
import styles from "./notes.module.css";

interface Props {
  note: Note;
  writes: boolean;
  onOpen: (id: string) => void;
}

type Task = "edit" | "amend" | "sign" | "void";

/** NotePane reads one note: what it says, about what, who signed which text, and what can be done to it. */
export function NotePane({ note, writes, onOpen }: Props) {
  const { t } = useTranslation("notes");
  const { t: common } = useTranslation();
  const { fieldOf } = useDefinitions();
  const show = useShow();
  const [task, setTask] = useState<Task | null>(null);
  const me = useProgramState().me;
  const signed = note.signatures.length > 0;
  const mine = note.signatures.some(({ member }) => member === me?.member_id);
  const done = () => setTask(null);
  return (
    <article className={styles.pane} aria-label={t("pane.label")}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Group gap="xs">
            <Title order={2} size="md">
              {show(fieldOf("kind", "note"), note.kind)}
            </Title>
            <StateMark note={note} />
          </Group>
          <Group gap="xs" className="no-print">
            {writes && !note.void && (
              <>
                {!signed && (
                  <Button size="compact-sm" variant="default" leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setTask("edit")}>
                    {common("actions.edit")}
                  </Button>
                )}
                {!mine && (
                  <Button size="compact-sm" leftSection={<IconSignature size={14} aria-hidden />} onClick={() => setTask("sign")}>
                    {t("sign.open")}
                  </Button>
                )}
                {signed && (
                  <Button size="compact-sm" variant="default" leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setTask("amend")}>
                    {t("amend.open")}
                  </Button>
                )}
                <Button size="compact-sm" variant="subtle" color="red" leftSection={<IconBan size={14} aria-hidden />} onClick={() => setTask("void")}>
                  {t("void.open")}
                </Button>
              </>
            )}
            <Button size="compact-sm" variant="subtle" leftSection={<IconPrinter size={14} aria-hidden />} onClick={() => window.print()}>
              {common("actions.print")}
            </Button>
          </Group>
        </Group>
        {note.void && (
          <Alert color="red" p="xs" icon={<IconBan aria-hidden />}>
            {t("void.banner", { reason: note.void })}
          </Alert>
        )}
        {note.concurrent.length > 0 && (
          <Alert color="orange" p="xs" icon={<IconAlertTriangle aria-hidden />}>
            {t("pane.concurrent", { fields: note.concurrent.map((name) => fieldOf(name, "note").label).join(", ") })}
          </Alert>
        )}
        <Links note={note} onOpen={onOpen} />
        <Text className="prose" td={note.void ? "line-through" : undefined}>
          {note.text}
        </Text>
        <About note={note} />
        <Signatures note={note} />
      </Stack>
      {task === "edit" && <EditNote note={note} way="edit" onClose={done} onSaved={done} />}
      {task === "amend" && <EditNote note={note} way="amend" onClose={done} onSaved={onOpen} />}
      {task === "sign" && <SignNote note={note} onClose={done} />}
      {task === "void" && <VoidNote note={note} onClose={done} />}
    </article>
  );
}

/** Links lead to the note that this one corrects, and to those that correct it. */
function Links({ note: { amends, amended_by: by }, onOpen }: { note: Note; onOpen: (id: string) => void }) {
  const { t } = useTranslation("notes");
  return (
    <>
      {amends && (
        <Text size="sm">
          {t("pane.amends")}{" "}
          <Anchor component="button" inherit onClick={() => onOpen(amends)}>
            {t("pane.original")}
          </Anchor>
        </Text>
      )}
      {by.map((id) => (
        <Text key={id} size="sm">
          {t("pane.amended")}{" "}
          <Anchor component="button" inherit onClick={() => onOpen(id)}>
            {t("pane.amendment")}
          </Anchor>
        </Text>
      ))}
    </>
  );
}

/** About says who wrote a note, when something was seen, what was measured and on which assets. */
function About({ note }: { note: Note }) {
  const { t } = useTranslation("notes");
  const { value, unit, instrument } = note.measurement;
  return (
    <Stack gap={4}>
      {value && (
        <Text size="sm">
          {t("pane.measured")} <strong className="tabular">{[value, unit].filter(Boolean).join(" ")}</strong>
          {instrument && ` (${instrument})`}
        </Text>
      )}
      {note.assets.length > 0 && (
        <Group gap={6}>
          <Text size="sm">{t("pane.about")}</Text>
          {note.assets.map((asset) => (
            <AssetLink key={asset.id} asset={asset} />
          ))}
        </Group>
      )}
      <Text size="xs" c="dimmed">
        {t("pane.by", { member: note.member })}
        {note.recorded_at && (
          <>
            {", "}
            {t("pane.recorded")} <Time at={note.recorded_at} />
          </>
        )}
        {note.observed_at && (
          <>
            {", "}
            {t("pane.observed")} <Time at={note.observed_at} />
          </>
        )}
      </Text>
    </Stack>
  );
}
