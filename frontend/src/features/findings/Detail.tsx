import { Badge, Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDefinitions, useFindingName } from "../../record";
import { Decide } from "./Decide";
import { detailOf, titleOf, type Item } from "./items";
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
            {item.conflict ? <Heading item={item} /> : titleOf(item) || nameOf(item.kind)}
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

function Heading({ item }: { item: Item & { finding: null } }) {
  const { t } = useTranslation("findings");
  const { fieldOf } = useDefinitions();
  const { conflict } = item;
  const entity = conflict.entity === "note" || conflict.entity === "site" ? conflict.entity : "asset";
  return t("conflict.heading", { field: fieldOf(conflict.field, entity).label, subject: conflict.tag ?? t(`conflict.entity.${conflict.entity}`) });
}
