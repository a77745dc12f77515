import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useProgramState, type Note } from "../../api";
import { ReasonModal, tell } from "../../shared";
import { useSign } from "./api/write";
import { Newer } from "./Newer";
import styles from "./notes.module.css";

/** SignNote shows the very text that is signed, by whom and what that means, before it is. A text that arrives meanwhile does not take its place. */
export function SignNote({ note, onClose }: { note: Note; onClose: () => void }) {
  const { t } = useTranslation("notes");
  const me = useProgramState().me;
  const sign = useSign(note.id);
  const [read, setRead] = useState(note);
  const reread = () => {
    setRead(note);
    sign.reset();
  };
  const confirm = (reason: string) =>
    sign.mutate({ seen: read.heads, ...(reason && { reason }) }, {
      onSuccess: () => {
        onClose();
        tell(t("sign.done"));
      },
    });
  return (
    <ReasonModal opened optional title={t("sign.title")} action={t("sign.confirm")} busy={sign.isPending} error={sign.error} onConfirm={confirm} onClose={onClose}>
      <Stack gap="sm">
        <span>{t("sign.help", { member: me?.member ?? "" })}</span>
        <Text size="sm" className={`prose ${styles.signed}`} component="blockquote" m={0} aria-label={t("sign.what")}>
          {read.text}
        </Text>
        <Newer note={note} seen={read.heads} help={t("newer.sign")} action={t("newer.read")} onRead={reread} />
      </Stack>
    </ReasonModal>
  );
}
