import { Button, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { elsewhere, type Bulk } from "../../../api";
import { Failure, JobProgress, useDraft, useJob } from "../../../shared";
import { startBulk, type Change } from "../api/bulk";
import { BulkForm, noEdit, type Edit } from "./BulkForm";
import { BulkResult } from "./BulkResult";

interface Props {
  target: Pick<Change, "selection" | "query">;
  count: number;
  struck: number; // in the list
  onClose: () => void;
}

/** BulkEdit sets fields of many assets in one batch under one reason, and tells of each that a rule kept as it is. */
export function BulkEdit({ target, count, struck, onClose }: Props) {
  const { t } = useTranslation("assets");
  const { t: common } = useTranslation();
  const job = useJob<Bulk>("bulk");
  const draft = useDraft<Edit>("assets/bulk", noEdit);
  const failure = elsewhere(job.problem, (name) => name === "reason" || draft.value.fields.some((field) => field.name === name));
  const run = async ({ fields, reason }: Edit) => {
    const last = await job.run(() => startBulk({ ...target, fields: Object.fromEntries(fields.map(({ name, value }) => [name, value])), reason }));
    if (last?.state === "done") draft.clear();
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={t("bulk.title", { count })} closeOnClickOutside={!job.running}>
      {job.running ? (
        <JobProgress job={job.job} onCancel={job.cancel} />
      ) : job.result ? (
        <Stack>
          <BulkResult result={job.result} />
          <Button onClick={onClose}>{common("actions.close")}</Button>
        </Stack>
      ) : (
        <Stack>
          {job.job?.state === "cancelled" && <p role="status">{t("bulk.cancelled")}</p>}
          {target.selection.kind === "all" && struck > 0 && <Text size="sm">{t("bulk.struck", { count: struck })}</Text>}
          {draft.ready && <BulkForm draft={draft} count={count} errors={job.problem?.fields ?? {}} onSubmit={(edit) => void run(edit)} />}
          {failure ? <Failure error={failure} /> : null}
        </Stack>
      )}
    </Modal>
  );
}
