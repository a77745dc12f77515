import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useProgramState, type Note } from "../../api";
import { ReasonModal } from "../../record";
import { tell } from "../../shared";
import { useSign } from "./api/write";
import styles from "./notes.module.css";

/** SignNote shows the very text that is signed, by whom and what that means, before it is. */
export function SignNote({ note, onClose }: { note: Note; onClose: () => void }) {
  const { t } = useTranslation("notes");
  const me = useProgramState().me;
  const sign = useSign(note.id);
  const confirm = (reason: string) =>
    sign.mutate(reason ? { reason } : {}, {
      onSuccess: () => {
        onClose();
        tell(t("sign.done"));
      },
    });
  return (
    <ReasonModal opened optional title={t("sign.title")} action={t("sign.confirm")} busy={sign.isPending} error={sign.error} onConfirm={confirm} onClose={onClose}>
      <p>{t("sign.help", { member: me?.member ?? "" })}</p>
      <Text size="sm" className={`prose ${styles.signed}`} component="blockquote" m={0} aria-label={t("sign.what")}>
        {note.text}
      </Text>
    </ReasonModal>
  );
}
