import { Alert, Button, Grid, Group, ScrollArea, Stack, Text } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDefinitions } from "../../../record";
import { Answer, Failure, JobProgress, type Running } from "../../../shared";
import type { ImportReport, Previewed } from "../../../api";
import { usePreview } from "../api/preview";
import type { List } from "../api/read";
import { mappingOf, strangers, type Plan } from "../plan";
import { Assignments } from "./Assignments";
import { ColumnTable } from "./ColumnTable";
import { Fill } from "./Fill";
import { Words } from "./Words";

interface Props {
  list: List;
  plan: Plan;
  onPlan: (plan: Plan) => void;
  check: Running<ImportReport>;
  onCheck: (headers: string[]) => void;
}

/** Columns says what the list's columns and words mean and what it does not say; then the list can be checked. */
export function Columns(props: Props) {
  const plain = usePreview(props.list.source, {});
  return <Answer query={plain}>{(preview) => <Mapped {...props} headers={preview.columns.map((column) => column.header)} />}</Answer>;
}

/** Mapped knows the list's own headers, so that what a kept plan says about others can be left out. */
function Mapped({ headers, ...props }: Props & { headers: string[] }) {
  const { t } = useTranslation("import");
  const { list, plan, onPlan, check, onCheck } = props;
  const preview = usePreview(list.source, mappingOf(plan, headers));
  const [passed, setPassed] = useState<{ name: string; headers: string } | null>(null);
  return (
    <Stack gap="xs" flex={1} mih={0}>
      <Group justify="space-between">
        <Facts list={list} preview={preview.data} />
        <Assignments
          plan={plan}
          onUse={({ name, plan: kept }) => {
            const missing = strangers(kept, headers);
            setPassed(missing.length > 0 ? { name, headers: missing.join(", ") } : null);
            onPlan(kept);
          }}
        />
      </Group>
      {passed && <Alert color="orange">{t("mapping.partly", passed)}</Alert>}
      {preview.error && <Failure error={preview.error} />}
      {preview.data?.missing && (
        <Alert color="orange" role="status">
          {preview.data.missing}
        </Alert>
      )}
      {preview.data && <Panels {...props} preview={preview.data} />}
      {check.problem && <Failure error={check.problem} />}
      <Group justify="flex-end" wrap="nowrap">
        {check.running ? (
          <div style={{ flex: 1 }}>
            <JobProgress job={check.job} onCancel={check.cancel} />
          </div>
        ) : (
          <Button leftSection={<IconChecklist size={16} aria-hidden />} disabled={!preview.data || preview.isError || preview.data.missing !== null} onClick={() => onCheck(headers)}>
            {t("check.run")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Facts({ list, preview }: { list: List; preview: Previewed | undefined }) {
  const { t } = useTranslation("import");
  return (
    <Text size="sm">
      <b>{list.name}</b>
      {preview && (
        <Text span c="dimmed" inherit>
          {" · "}
          {t("file.rows", { count: preview.rows })}
          {" · "}
          {t("file.header", { row: preview.header_row })}
          {" · "}
          {t("file.encoding", { encoding: preview.encoding })}
        </Text>
      )}
    </Text>
  );
}

/** Panels stand still during a check: what it finds is about what they say. */
function Panels({ plan, onPlan, preview, check }: Props & { preview: Previewed }) {
  const { t } = useTranslation("import");
  const { entities } = useDefinitions();
  const mean = (header: string, meaning: string) => onPlan({ ...plan, columns: { ...plan.columns, [header]: meaning } });
  return (
    <Grid flex={1} mih={0} style={{ overflow: "auto" }} columns={12} inert={check.running}>
      <Grid.Col span={{ base: 12, md: 7.5 }}>
        <Text size="sm" c="dimmed" mb={4}>
          {t("columns.lead")}
        </Text>
        <ColumnTable preview={preview} onMean={mean} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4.5 }}>
        <ScrollArea.Autosize>
          <Stack gap="sm">
            <Fill
              fields={entities.asset}
              columns={preview.columns}
              set={plan.set}
              onSet={(set) => onPlan({ ...plan, set })}
            />
            <Words plan={plan} fields={entities.asset} columns={preview.columns} onPlan={onPlan} />
          </Stack>
        </ScrollArea.Autosize>
      </Grid.Col>
    </Grid>
  );
}
