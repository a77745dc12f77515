import { Anchor, Badge, Text } from "@mantine/core";
import { IconChecks, IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDefinitions, useFindingName } from "../../record";
import { Answer, Empty, routes } from "../../shared";
import { useOpen } from "./api/open";
import classes from "./Look.module.css";
import { Section } from "./Section";

/** Look counts by kind what a person must decide, and leads to it. */
export function Look() {
  const { t } = useTranslation("today");
  const open = useOpen();
  return (
    <Section
      title={t("look.title")}
      beside={open.data && open.data.length > 0 && <Badge color="orange">{open.data.length}</Badge>}
      actions={
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.findings} />}>
          {t("look.all")}
        </Anchor>
      }
    >
      <Answer query={open}>
        {(findings) =>
          findings.length === 0 ? (
            <Empty icon={IconChecks} title={t("look.none")}>
              {t("look.noneHint")}
            </Empty>
          ) : (
            <Kinds kinds={findings.map((finding) => finding.kind)} />
          )
        }
      </Answer>
    </Section>
  );
}

function Kinds({ kinds }: { kinds: readonly string[] }) {
  const { findings } = useDefinitions();
  const nameOf = useFindingName();
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return (
    <ul className={classes.kinds}>
      {[...counts].map(([kind, count]) => (
        <li key={kind}>
          <Link to={routes.findings} search={{ kind }} className={classes.kind}>
            <Badge color="orange" variant="light" miw={34} className="tabular">
              {count}
            </Badge>
            <div className={classes.words}>
              <Text fw={600} size="sm">
                {nameOf(kind)}
              </Text>
              <Text size="xs" c="dimmed">
                {findings.find((known) => known.kind === kind)?.sentence}
              </Text>
            </div>
            <IconChevronRight size={16} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}
