import { Tabs } from "@mantine/core";
import { useProgramState, type Asset } from "../../api";
import { useAddress } from "../../shared";
import { AssetNotes } from "./AssetNotes";
import { Units } from "./Units";
import { Facts } from "./facts/Facts";
import { SaveBar } from "./facts/SaveBar";
import { hasLine } from "./facts/groups";
import { useEdits } from "./facts/useEdits";
import { useHeadings } from "./facts/useHeadings";
import { History } from "./history/History";
import { Interfaces } from "./interfaces/Interfaces";
import { textOf } from "./texts";

interface Props {
  tab: string; // the one that is shown
  asset: Asset;
  alive: boolean; // neither struck, merged nor of another time
  writes: boolean;
  onAsOf: (at: string) => void;
}

/** Panels are the tabs' contents and what is being edited in them. It is apart from the page so that typing and saving draw nothing around them again. */
export function Panels({ tab, asset, alive, writes, onAsOf }: Props) {
  const [{ field = "" }] = useAddress("asset");
  const role = useProgramState().me?.role;
  const headings = useHeadings(asset);
  const edited = writes && asset.lifecycle !== "retired";
  const onScreen = (name: string) => edited && hasLine(tab, name, asset, headings);
  const editing = useEdits(asset, (name) => textOf(asset, name), onScreen);
  const edits = edited ? editing : null;
  return (
    <>
      <Tabs.Panel value="facts">
        <Facts asset={asset} editing={edits} decides={writes} field={field} />
      </Tabs.Panel>
      <Tabs.Panel value="units">
        <Units units={asset.units} />
      </Tabs.Panel>
      <Tabs.Panel value="interfaces">
        <Interfaces asset={asset} editing={edits} decides={writes} />
      </Tabs.Panel>
      <Tabs.Panel value="notes">
        <AssetNotes asset={asset} writable={alive && role !== "auditor"} />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <History asset={asset} writable={writes} onAsOf={onAsOf} />
      </Tabs.Panel>
      {editing.count > 0 && writes && <SaveBar editing={editing} />}
    </>
  );
}
