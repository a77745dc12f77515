import { Alert, Button, CopyButton, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle, IconCheck, IconCopy, IconPrinter } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Frame } from "./Frame";
import { drawTwo, groupsOf, sameGroup } from "./recovery";
import classes from "./Start.module.css";

interface Props {
  recoveryKey: string;
  /** name is the workspace's, for the printed page. */
  name: string;
  onKept: () => void;
}

/** RecoveryKey shows the key once and asks for two of its groups, since a key that was only looked at is no way back in. */
export function RecoveryKey({ recoveryKey, name, onKept }: Props) {
  const { t } = useTranslation(["start", "common"]);
  const [asking, setAsking] = useState(false);
  const groups = groupsOf(recoveryKey);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, []);
  if (asking) return <Check groups={groups} onBack={() => setAsking(false)} onKept={onKept} />;
  return (
    <Frame title={t("recovery.title")} lead={t("recovery.lead", { name })}>
      <Stack gap="md">
        <ol className={classes.key} aria-label={t("recovery.label")}>
          {groups.map((group, at) => (
            <li key={`${at}-${group}`}>{group}</li>
          ))}
        </ol>
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t("recovery.once")}>
          {t("recovery.keep")}
        </Alert>
        <Group justify="space-between" className="no-print">
          <Group gap="xs">
            <CopyButton value={recoveryKey}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}>
                  {copied ? t("common:actions.copied") : t("common:actions.copy")}
                </Button>
              )}
            </CopyButton>
            <Button variant="default" onClick={() => window.print()} leftSection={<IconPrinter size={16} />}>
              {t("common:actions.print")}
            </Button>
          </Group>
          <Button onClick={() => setAsking(true)}>{t("recovery.written")}</Button>
        </Group>
      </Stack>
    </Frame>
  );
}

interface CheckProps {
  groups: string[];
  onBack: () => void;
  onKept: () => void;
}

function Check({ groups, onBack, onKept }: CheckProps) {
  const { t } = useTranslation("start");
  const [[first, second]] = useState(() => drawTwo(groups.length));
  const rule = (at: number) => (typed: string) => (sameGroup(typed, groups[at] ?? "") ? null : t("recovery.wrong"));
  const form = useForm({ initialValues: { first: "", second: "" }, validate: { first: rule(first), second: rule(second) } });
  return (
    <Frame title={t("recovery.check")} lead={t("recovery.checkLead")}>
      <form onSubmit={form.onSubmit(onKept)} noValidate>
        <Stack gap="sm">
          <Group grow align="flex-start">
            <TextInput
              label={t("recovery.group", { number: first + 1 })}
              autoComplete="off"
              spellCheck={false}
              classNames={{ input: "mono" }}
              data-autofocus
              {...form.getInputProps("first")}
            />
            <TextInput
              label={t("recovery.group", { number: second + 1 })}
              autoComplete="off"
              spellCheck={false}
              classNames={{ input: "mono" }}
              {...form.getInputProps("second")}
            />
          </Group>
          <Text size="sm" c="dimmed">
            {t("recovery.checkHelp")}
          </Text>
          <Group justify="space-between">
            <Button variant="default" onClick={onBack}>
              {t("recovery.again")}
            </Button>
            <Button type="submit">{t("recovery.done")}</Button>
          </Group>
        </Stack>
      </form>
    </Frame>
  );
}
