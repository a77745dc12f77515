import { Anchor, Badge, Text } from "@mantine/core";
import { IconChecks, IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FindingCount } from "../../api";
import { useDefinitions, useFindingName } from "../../record";
import { Answer, Empty, routes, useFormats } from "../../shared";
import { useOpen } from "./api/open";
import classes from "./Look.module.css";
import { Section } from "./Section";

/** Look counts by kind what a person must decide, and leads to it. */
export function Look() {
  const { t } = useTranslation("today");
  const { number } = useFormats();
  const open = useOpen();
  return (
    <Section
      title={t("look.title")}
      beside={open.data && open.data.length > 0 && <Badge color="orange">{number(open.data.reduce((sum, { count }) => sum + count, 0))}</Badge>}
      actions={
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.findings} />}>
          {t("look.all")}
        </Anchor>
      }
    >
      <Answer query={open}>
        {(kinds) =>
          kinds.length === 0 ? (
            <Empty icon={IconChecks} title={t("look.none")}>
              {t("look.noneHint")}
            </Empty>
          ) : (
            <Kinds kinds={kinds} />
          )
        }
      </Answer>
    </Section>
  );
}

function Kinds({ kinds }: { kinds: readonly FindingCount[] }) {
  const { findings } = useDefinitions();
  const nameOf = useFindingName();
  const { number } = useFormats();
  return (
    <ul className={classes.kinds}>
      {kinds.map(({ kind, count }) => (
        <li key={kind}>
          <Link to={routes.findings} search={{ kind }} className={classes.kind}>
            <Badge color="orange" variant="light" miw={34} className="tabular">
              {number(count)}
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
