import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useProgramState, useStatus } from "../../api";
import { useFormats } from "../../shared";
import { Section } from "./Section";
import { useDigest } from "./api/digest";
import classes from "./Settings.module.css";

/** About names the program, the record and this device, as support and auditors ask for them. */
export function About() {
  const { t } = useTranslation("settings");
  const { number } = useFormats();
  const { version, workspace, me, current } = useProgramState();
  const { data: status } = useStatus();
  const { data: digest } = useDigest();
  const facts = [
    [t("about.version"), version],
    [t("about.workspace"), workspace?.id],
    [t("about.zone"), workspace?.zone],
    [t("about.folder"), current?.dir],
    [t("about.device"), me?.device],
    [t("about.events"), status && number(status.events)],
    [t("about.documents"), status && number(status.documents)],
    [t("about.digest"), digest?.digest],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <Section title={t("about.title")}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd className={value.length > 30 ? "mono" : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed">
        {t("about.licence")}
      </Text>
    </Section>
  );
}
