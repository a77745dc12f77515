import { Button, Group, Stack } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "./Failure";
import { ReasonInput } from "./ReasonInput";
import { useReasons } from "./reasons";

interface Props {
  /** children are what else is asked, above the reason. */
  children?: ReactNode;
  reason: string;
  onReason: (reason: string) => void;
  /** refused says what is wrong with the reason. */
  refused?: string | undefined;
  /** optional lets the reason be empty. */
  optional?: boolean | undefined;
  /** focus begins with the reason. */
  focus?: boolean;
  /** action is the word on the button, as "Retire". */
  action: string;
  danger?: boolean | undefined;
  busy?: boolean | undefined;
  /** error is what went wrong when no field is to blame. */
  error?: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** ReasonForm is the form of a dialog that makes an entry: it asks for the reason last, says what went wrong, and confirms or leaves. */
export function ReasonForm({ children, reason, onReason, refused, optional, focus, action, danger, busy, error, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const reasons = useReasons();
  const [missing, setMissing] = useState(false);
  const why = reason.trim();
  const lacking = !optional && why === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(lacking);
    if (lacking) return;
    reasons.remember(why);
    onConfirm(why);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {children}
        <ReasonInput
          value={reason}
          onChange={onReason}
          error={missing && lacking ? t("reason.required") : refused}
          required={!optional}
          data-autofocus={focus || undefined}
        />
        {error ? <Failure error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button type="submit" color={danger ? "red" : undefined} loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
