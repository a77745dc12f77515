import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "./Failure";
import { ReasonInput } from "./ReasonInput";
import { useReasons } from "./reasons";

interface Props {
  opened: boolean;
  title: string;
  /** children says what is about to happen, and may hold further inputs. */
  children?: ReactNode;
  /** action is the word on the button, as "Retire". */
  action: string;
  danger?: boolean;
  /** optional lets the reason be empty. */
  optional?: boolean;
  busy?: boolean;
  error?: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** ReasonModal asks once for the reason of what a person is about to do. */
export function ReasonModal(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <ReasonForm {...props} />
    </Modal>
  );
}

function ReasonForm({ children, action, danger, optional, busy, error, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const reasons = useReasons();
  const form = useForm({
    initialValues: { reason: "" },
    validate: { reason: (text) => (optional || text.trim() ? null : t("reason.required")) },
  });
  const confirm = ({ reason }: { reason: string }) => {
    reasons.remember(reason.trim());
    onConfirm(reason.trim());
  };
  return (
    <form onSubmit={form.onSubmit(confirm)} noValidate>
      <Stack gap="md">
        {children && (
          <Text size="sm" component="div">
            {children}
          </Text>
        )}
        <ReasonInput {...form.getInputProps("reason")} required={!optional} data-autofocus />
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
