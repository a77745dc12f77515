import { Box, Button, Group, Paper, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure, ReasonInput, useFormats, useShortcuts } from "../../../shared";
import styles from "./save.module.css";
import type { Editing } from "./useEdits";

/** SaveBar stays in sight while edits wait: how many, one reason for all of them, save or let go. */
export function SaveBar({ editing }: { editing: Editing }) {
  const { t } = useTranslation("asset");
  const { t: common } = useTranslation();
  const { moment } = useFormats();
  const [missing, setMissing] = useState(false);
  const reason = useRef<HTMLInputElement>(null);
  const save = () => {
    if (editing.saving) return;
    const lacking = editing.draft.value.reason.trim() === "";
    setMissing(lacking);
    if (lacking) reason.current?.focus();
    // What a rule refuses stands at the fields and beside the button.
    else void editing.save().catch(() => undefined);
  };
  useShortcuts(t("save.keys"), [{ keys: "mod+S", label: t("save.save"), run: save }]);
  return (
    <Paper withBorder shadow="md" p="sm" className={styles.bar} role="region" aria-label={t("save.label")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        noValidate
      >
        <Group align="flex-end" wrap="nowrap">
          <div className={styles.count}>
            <Text size="sm" fw={600} role="status">
              {t("save.count", { count: editing.count })}
            </Text>
            {editing.draft.restored && (
              <Text size="xs" c="dimmed">
                {common("draft.restored", { time: moment(editing.draft.restored) })}
              </Text>
            )}
          </div>
          <ReasonInput
            ref={reason}
            flex={1}
            description={null}
            value={editing.draft.value.reason}
            onChange={editing.setReason}
            error={missing && !editing.draft.value.reason.trim() ? common("reason.required") : editing.errors["reason"]}
            required
          />
          <Button variant="default" onClick={editing.discard}>
            {common("actions.discard")}
          </Button>
          <Button type="submit" loading={editing.saving}>
            {t("save.save")}
          </Button>
        </Group>
        {editing.error ? (
          <Box mt="xs">
            <Failure error={editing.error} />
          </Box>
        ) : null}
      </form>
    </Paper>
  );
}
