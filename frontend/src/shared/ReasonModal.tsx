import { Modal, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { ReasonForm } from "./ReasonForm";

interface Props {
  opened: boolean;
  title: string;
  /** children says what is about to happen, and may hold further inputs. */
  children?: ReactNode;
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
export function ReasonModal({ opened, title, ...asked }: Props) {
  return (
    <Modal opened={opened} onClose={asked.onClose} title={title}>
      <Asked {...asked} />
    </Modal>
  );
}

/** Asked is within the dialog, so that what was typed goes with it. */
function Asked({ children, ...asked }: Omit<Props, "opened" | "title">) {
  const [reason, setReason] = useState("");
  return (
    <ReasonForm {...asked} reason={reason} onReason={setReason} focus>
      {children && (
        <Text size="sm" component="div">
          {children}
        </Text>
      )}
    </ReasonForm>
  );
}
