import { Alert, Button, Stack, Stepper, Text } from "@mantine/core";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useProgramState, type ImportReport } from "../../api";
import { DraftNotice, JobProgress, Page, useDraft } from "../../shared";
import type { List } from "./api/read";
import { useImport } from "./api/run";
import { Check } from "./Check";
import { Choose } from "./choose/Choose";
import { Columns } from "./columns/Columns";
import { Done } from "./Done";
import { emptyPlan, type Plan } from "./plan";

/** Typed is what a person said about a list before it is in the record. */
interface Typed {
  plan: Plan;
  reason: string;
}

/** Checked is what a check found, and of what: exactly that is written. */
interface Checked {
  report: ImportReport;
  of: { list: List; plan: Plan; headers: string[] };
}

const nothing: Typed = { plan: emptyPlan, reason: "" };

/** ImportScreen takes an asset list into the record: choose, say what the columns mean, check, write. */
export function ImportScreen() {
  const { t } = useTranslation("import");
  const { me } = useProgramState();
  const [list, setList] = useState<List | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const draft = useDraft<Typed>("import/list", nothing);
  const { plan, reason } = draft.value;
  const check = useImport("check");
  const write = useImport("import");
  // What a check finds is of use to who still has the list before them.
  const stop = useEffectEvent(check.cancel);
  useEffect(() => () => stop(), []);
  const written = write.result?.dry_run === false ? write.result : null;
  const chosen = useCallback((next: List) => setList(next), []);

  const again = () => {
    setList(null);
    setChecked(null);
    check.reset();
    write.reset();
  };
  const look = async (headers: string[]) => {
    if (!list) return;
    const of = { list, plan, headers };
    write.reset();
    const job = await check.start({ ...of, reason: null });
    if (job?.state === "done") setChecked({ report: job.result as ImportReport, of });
  };
  const take = async () => {
    if (!checked) return;
    const job = await write.start({ ...checked.of, reason: reason.trim() });
    if (job?.state === "done") draft.clear();
  };
  const step = written ? 3 : checked ? 2 : list ? 1 : 0;

  return (
    <Page
      title={t("title")}
      fill
      actions={
        step > 0 && (
          <Button size="xs" variant="default" leftSection={<IconFileSpreadsheet size={14} aria-hidden />} disabled={write.running || check.running} onClick={again}>
            {t("choose.another")}
          </Button>
        )
      }
    >
      <Stepper active={step} size="xs" mb="sm" allowNextStepsSelect={false}>
        <Stepper.Step label={t("steps.choose")} />
        <Stepper.Step label={t("steps.columns")} />
        <Stepper.Step label={t("steps.check")} />
        <Stepper.Step label={t("steps.done")} />
      </Stepper>
      {me?.role === "auditor" ? (
        <Alert>{t("readonly")}</Alert>
      ) : written ? (
        <Done report={written} job={write.job?.id ?? ""} onNext={again} />
      ) : checked ? (
        <Check
          report={checked.report}
          job={check.job?.id ?? ""}
          write={write}
          reason={reason}
          onReason={(text) => draft.set({ plan, reason: text })}
          onBack={() => setChecked(null)}
          onWrite={() => void take()}
        />
      ) : list ? (
        <>
          <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
          {draft.ready && (
            <Columns
              list={list}
              plan={plan}
              onPlan={(next) => draft.set({ plan: next, reason })}
              check={check}
              onCheck={(headers) => void look(headers)}
            />
          )}
        </>
      ) : write.running ? (
        <Stack maw={720} mx="auto" w="100%">
          <Text>{t("going")}</Text>
          <JobProgress job={write.job} onCancel={write.cancel} />
        </Stack>
      ) : (
        <Choose onChosen={chosen} />
      )}
    </Page>
  );
}
