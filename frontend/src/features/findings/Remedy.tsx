import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useProgramState, type Finding } from "../../api";
import { routes } from "../../shared";
import { Merge } from "./Merge";
import { stepsOf, type Step } from "./remedies";

/** Remedy says what one can do about a finding and leads to where it is done. */
export function Remedy({ finding }: { finding: Finding }) {
  const { t } = useTranslation("findings");
  const { me } = useProgramState();
  const advice: Partial<Record<string, string>> = t("advice", { returnObjects: true });
  const steps = stepsOf(finding.kind).filter((step) => step !== "merge" || me?.role !== "auditor");
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        {t("actions.title")}
      </Title>
      <Text size="sm" maw={720}>
        {advice[finding.kind] ?? advice.other}
      </Text>
      <Group gap="md">
        {steps.map((step) => (
          <Steps key={step} step={step} finding={finding} />
        ))}
      </Group>
    </Stack>
  );
}

function Steps({ step, finding }: { step: Step; finding: Finding }): ReactNode {
  const { t } = useTranslation("findings");
  const assets = finding.subjects.filter((subject) => subject.kind === "asset");
  const [first] = finding.subjects;
  switch (step) {
    case "merge":
      return <Merge assets={assets} />;
    case "open":
      return assets.map((asset) => (
        <To key={asset.id} link={(props) => <Link {...props} to={routes.asset} params={{ ref: asset.id }} />}>
          {t("actions.open", { name: asset.label })}
        </To>
      ));
    case "notes":
      return finding.subjects
        .filter((subject) => subject.kind === "note")
        .map((note) => (
          <To key={note.id} link={(props) => <Link {...props} to={routes.notes} search={{ note: note.id }} />}>
            {t("actions.openNote")}
          </To>
        ));
    case "trail":
      return (
        first && (
          <To link={(props) => <Link {...props} to={routes.trail} search={trailOf(first)} />}>{t("actions.trail")}</To>
        )
      );
    case "verify":
      return <To link={(props) => <Link {...props} to={routes.trail} search={{ verify: true }} />}>{t("actions.verify")}</To>;
    case "sync":
      return <To link={(props) => <Link {...props} to={routes.sync} />}>{t("actions.sync")}</To>;
    case "members":
      return <To link={(props) => <Link {...props} to={routes.members} />}>{t("actions.members")}</To>;
  }
}

/** trailOf selects the entries of a subject. */
function trailOf({ kind, id }: Finding["subjects"][number]) {
  if (kind === "asset") return { asset: id };
  if (kind === "device") return { device: id };
  if (kind === "feed") return { device: id.split("-")[0] ?? id };
  return { stream: id };
}

function To({ link, children }: { link: (props: object) => ReactElement; children: ReactNode }) {
  return (
    <Anchor size="sm" renderRoot={link}>
      {children}
    </Anchor>
  );
}
