import { Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { keys, type Sampled } from "../../api";
import { Failure, JobProgress, useGo, useJob } from "../../shared";
import { startSample } from "./api/sample";
import { Frame } from "./Frame";
import { PassphraseFields, usePassphraseRules } from "./PassphraseFields";

/** SampleWay makes a plant to try things on. Its recovery key protects nothing, so it is not asked for. */
export function SampleWay() {
  const { t } = useTranslation("start");
  const client = useQueryClient();
  const go = useGo();
  const job = useJob<Sampled>("sample");
  const form = useForm({ initialValues: { passphrase: "", again: "" }, validate: usePassphraseRules() });
  const submit = async ({ passphrase }: typeof form.values) => {
    const last = await job.run(() => startSample({ passphrase }));
    if (last?.state !== "done") return;
    await client.invalidateQueries({ queryKey: keys.state });
    go("today");
  };
  return (
    <Frame title={t("sample.title")} lead={t("sample.lead")} back>
      <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
        <Stack gap="sm">
          <PassphraseFields form={form} />
          {job.problem && <Failure error={job.problem} />}
          {job.running && <JobProgress job={job.job} onCancel={job.cancel} />}
          <Button type="submit" disabled={job.running}>
            {t("sample.submit")}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
