import { Popover } from "@mantine/core";
import type { ReactElement } from "react";
import type { ListQuery } from "../api/list";
import { ConditionForm } from "./ConditionForm";
import type { Condition } from "./condition";

interface Props {
  initial: Condition;
  query: ListQuery;
  opened: boolean;
  onOpened: (on: boolean) => void;
  onApply: (condition: Condition) => void;
  target: ReactElement;
}

/** ConditionPopover opens the form of one condition at a button. */
export function ConditionPopover({ initial, query, opened, onOpened, onApply, target }: Props) {
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-start" width={300} trapFocus returnFocus shadow="md">
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown>
        <ConditionForm
          initial={initial}
          query={query}
          onApply={(condition) => {
            onOpened(false);
            onApply(condition);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
