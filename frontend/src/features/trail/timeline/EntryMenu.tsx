import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowBackUp, IconDevices, IconDots, IconEraser, IconFingerprint, IconHistory, IconTag, IconUser } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../../../api";
import { useGo } from "../../../shared";
import { targetOf } from "../api/strike";
import type { Filter } from "../filter/filter";
import type { Entry } from "./group";
import { Proof } from "./Proof";
import { Strike } from "./Strike";
import { Undo } from "./Undo";

interface Props {
  entry: Entry;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

/** EntryMenu holds what one can do about an entry: take it back by a new one, strike what it entered, or ask further. */
export function EntryMenu({ entry, filter, onFilter }: Props) {
  const { t } = useTranslation("trail");
  const { me } = useProgramState();
  const go = useGo();
  const [shown, setShown] = useState<"undo" | "strike" | "proof" | null>(null);
  const { head } = entry;
  const writes = me?.role !== "auditor";
  const target = targetOf(head);
  const close = () => setShown(null);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={t("entry.actions")}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {writes && head.undoable && (
            <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => setShown("undo")}>
              {t("entry.undo")}
            </Menu.Item>
          )}
          {writes && target && (
            <Menu.Item leftSection={<IconEraser size={16} />} onClick={() => setShown("strike")}>
              {t(target.kind === "asset" ? "entry.strikeAsset" : "entry.strikeNote")}
            </Menu.Item>
          )}
          {head.tag !== null && head.stream !== null && (
            <Menu.Item leftSection={<IconTag size={16} />} onClick={() => onFilter({ ...filter, asset: head.stream ?? "" })}>
              {t("entry.onlyAsset")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconUser size={16} />} onClick={() => onFilter({ ...filter, member: head.member_id })}>
            {t("entry.onlyPerson")}
          </Menu.Item>
          <Menu.Item leftSection={<IconDevices size={16} />} onClick={() => onFilter({ ...filter, device: head.device })}>
            {t("entry.onlyDevice")}
          </Menu.Item>
          {head.recorded_at !== null && (
            <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => go("trail", { search: { as_of: head.recorded_at ?? "" } })}>
              {t("entry.asOf")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconFingerprint size={16} />} onClick={() => setShown("proof")}>
            {t("entry.details")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {shown === "undo" && <Undo entry={entry} onClose={close} />}
      {shown === "strike" && target && <Strike target={target} name={head.tag} onClose={close} />}
      {shown === "proof" && <Proof row={head} onClose={close} />}
    </>
  );
}
