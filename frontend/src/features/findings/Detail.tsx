import { Badge, Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { entityNamed, useDefinitions, useFindingName } from "../../record";
import type { Conflict, Finding } from "../../api";
import { Decide } from "./Decide";
import { about, detailOf, type Item } from "./items";
import { Remedy } from "./Remedy";
import { Settle } from "./Settle";
import { Subjects } from "./Subjects";

interface Props {
  item: Item;
  /** onDone is called when the item was decided or settled and leaves the list. */
  onDone: () => void;
}

/** Detail shows one item with all that is needed to decide it. */
export function Detail({ item, onDone }: Props) {
  const { t } = useTranslation("findings");
  const nameOf = useFindingName();
  const { findings } = useDefinitions();
  const sentence = findings.find((known) => known.kind === item.kind)?.sentence ?? item.finding?.sentence;
  return (
    <Stack gap="md">
      <div>
        <Group gap="xs">
          <Title order={2} size="h4">
            {item.conflict ? <Conflicting conflict={item.conflict} /> : <About finding={item.finding} />}
          </Title>
          <Badge color="orange" variant="light">
            {nameOf(item.kind)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {sentence}
        </Text>
      </div>
      {item.conflict ? (
        <Decide conflict={item.conflict} onDone={onDone} />
      ) : (
        <>
          <Text size="sm">{detailOf(item.finding)}</Text>
          {item.finding.settled && <Text size="sm">{t("settle.reason", { reason: item.finding.reason ?? "" })}</Text>}
          <Subjects subjects={item.finding.subjects} more={item.finding.more} />
          {!item.finding.settled && (
            <>
              <Remedy finding={item.finding} />
              <Settle id={item.finding.id} onDone={onDone} />
            </>
          )}
        </>
      )}
    </Stack>
  );
}

/** named is how many of the things that a finding is about its heading names. */
const named = 3;

function About({ finding }: { finding: Finding }) {
  const { t } = useTranslation("findings");
  const nameOf = useFindingName();
  const all = about(finding);
  const names = all.slice(0, named).join(", ");
  const rest = Math.max(0, all.length - named) + finding.more;
  return rest > 0 ? t("about", { names, count: rest }) : names || nameOf(finding.kind);
}

function Conflicting({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation("findings");
  const { fieldOf } = useDefinitions();
  return t("conflict.heading", { field: fieldOf(conflict.field, entityNamed(conflict.entity)).label, subject: conflict.tag ?? t(`conflict.entity.${conflict.entity}`) });
}
