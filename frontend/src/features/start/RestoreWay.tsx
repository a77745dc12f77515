import { Button, PasswordInput, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { keys, useProgramState, type Restored } from "../../api";
import type { Picked } from "../../native";
import { Failure, FilePick, JobProgress, useGo, useJob } from "../../shared";
import { startRestore } from "./api/restore";
import { FolderField } from "./FolderField";
import { Frame } from "./Frame";
import { PassphraseFields, usePassphraseRules } from "./PassphraseFields";

interface Values {
  file: Picked | null;
  way: "passphrase" | "recovery";
  recoveryKey: string;
  dir: string;
  passphrase: string;
  again: string;
}

/** RestoreWay makes a workspace from a backup: the same laptop again with the passphrase, a new one with the recovery key. */
export function RestoreWay() {
  const { t } = useTranslation("start");
  const { data_folder } = useProgramState();
  const client = useQueryClient();
  const go = useGo();
  const job = useJob<Restored>("restore");
  const rules = usePassphraseRules();
  const form = useForm<Values>({
    initialValues: { file: null, way: "passphrase", recoveryKey: "", dir: "", passphrase: "", again: "" },
    validate: {
      file: (file) => (file ? null : t("restore.fileMissing")),
      recoveryKey: (text, { way }) => (way === "recovery" && !text.trim() ? t("restore.keyMissing") : null),
      passphrase: rules.passphrase,
      again: (text, values) => (values.way === "recovery" ? rules.again(text, values) : null),
    },
  });
  const withKey = form.values.way === "recovery";

  const submit = async ({ file, dir, passphrase, recoveryKey }: Values) => {
    if (!file) return;
    const last = await job.run(() => startRestore({ file, dir, passphrase, recoveryKey: withKey ? recoveryKey : "" }));
    if (last?.state !== "done") return;
    await client.invalidateQueries({ queryKey: keys.state });
    go("today");
  };
  return (
    <Frame title={t("restore.title")} lead={t("restore.lead")} back>
      <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
        <Stack gap="sm">
          <FilePick
            kind="backup"
            label={t("restore.file")}
            file={form.values.file}
            onPick={(file) => form.setFieldValue("file", file)}
            error={form.errors.file}
          />
          <SegmentedControl
            aria-label={t("restore.way")}
            data={[
              { value: "passphrase", label: t("restore.byPassphrase") },
              { value: "recovery", label: t("restore.byKey") },
            ]}
            {...form.getInputProps("way")}
          />
          <Text size="sm" c="dimmed">
            {withKey ? t("restore.byKeyHelp") : t("restore.byPassphraseHelp")}
          </Text>
          {withKey ? (
            <>
              <TextInput
                label={t("recovery.label")}
                autoComplete="off"
                spellCheck={false}
                classNames={{ input: "mono" }}
                required
                {...form.getInputProps("recoveryKey")}
              />
              <PassphraseFields form={form} />
            </>
          ) : (
            <PasswordInput
              label={t("restore.passphrase")}
              autoComplete="current-password"
              required
              {...form.getInputProps("passphrase")}
            />
          )}
          <FolderField
            label={t("folder.label")}
            description={t("folder.help", { folder: data_folder })}
            {...form.getInputProps("dir")}
          />
          {job.problem && <Failure error={job.problem} />}
          {job.running && <JobProgress job={job.job} onCancel={job.cancel} />}
          <Button type="submit" disabled={job.running}>
            {t("restore.submit")}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
