import { ActionIcon, Checkbox, Group, NumberInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useDefinitions } from "../../../record";
import { moved, narrowest, resized, shown, widest, widthOf, type Layout } from "../layout";

interface Props {
  name: string;
  layout: Layout;
  onLayout: (layout: Layout) => void;
}

/** ShownColumn takes one column out, moves it and sets its width. */
export function ShownColumn({ name, layout, onLayout }: Props) {
  const { t } = useTranslation("assets");
  const { fieldOf } = useDefinitions();
  const { label } = fieldOf(name);
  const at = layout.columns.indexOf(name);
  const fixed = name === "tag";
  return (
    <Group gap={4} wrap="nowrap" mt={4}>
      <Checkbox flex={1} label={label} checked disabled={fixed} onChange={() => onLayout(shown(layout, name, false))} />
      <ActionIcon aria-label={t("columns.left", { name: label })} disabled={at <= 1} onClick={() => onLayout(moved(layout, name, -1))}>
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={t("columns.right", { name: label })}
        disabled={fixed || at === layout.columns.length - 1}
        onClick={() => onLayout(moved(layout, name, 1))}
      >
        <IconArrowDown size={16} />
      </ActionIcon>
      <NumberInput
        w={84}
        size="xs"
        aria-label={t("columns.width", { name: label })}
        value={widthOf(layout, name)}
        min={narrowest}
        max={widest}
        step={10}
        clampBehavior="blur"
        onChange={(width) => {
          if (typeof width === "number" && width >= narrowest) onLayout(resized(layout, name, width));
        }}
      />
    </Group>
  );
}
