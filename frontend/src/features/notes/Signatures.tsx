import { Alert, Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconSignature } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Note, NoteSignature } from "../../api";
import { Time } from "../../shared";
import styles from "./notes.module.css";

/** Signatures are the names under a note. Where the text is another by now, what was signed stands beside it, word for word. */
export function Signatures({ note }: { note: Note }) {
  const { t } = useTranslation("notes");
  if (note.signatures.length === 0) return null;
  return (
    <section aria-labelledby={`signatures-${note.id}`}>
      <Title order={3} size="sm" id={`signatures-${note.id}`} mb={4}>
        {t("signatures.title")}
      </Title>
      <Stack gap="xs">
        {note.signatures.map((signature) => (
          <Name key={signature.member} signature={signature} />
        ))}
      </Stack>
    </section>
  );
}

function Name({ signature: { name, at, text, altered } }: { signature: NoteSignature }) {
  const { t } = useTranslation("notes");
  return (
    <div className={styles.signed} data-altered={altered || undefined}>
      <Group gap={6}>
        <IconSignature size={16} aria-hidden />
        <Text size="sm" fw={600}>
          {name}
        </Text>
        {at && (
          <Text size="sm">
            <Time at={at} as="instant" />
          </Text>
        )}
      </Group>
      {altered && (
        <Alert color="orange" p="xs" mt="xs" icon={<IconAlertTriangle aria-hidden />} title={t("signatures.altered")}>
          <Text size="sm">{t("signatures.alteredHelp")}</Text>
          <Text size="sm" className="prose" component="blockquote" m={0}>
            {text}
          </Text>
        </Alert>
      )}
    </div>
  );
}
