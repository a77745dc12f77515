import { Button, Menu } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconArrowMerge, IconBan, IconChevronDown, IconReplace } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Asset } from "../../../api";
import { MergeModal } from "./MergeModal";
import { StepModal } from "./StepModal";
import { SwapModal } from "./SwapModal";

type Turn = "retire" | "reinstate" | "void" | "swap" | "merge";

const icons = { retire: IconArchive, reinstate: IconArchiveOff, void: IconBan, swap: IconReplace, merge: IconArrowMerge };

/** LifeMenu is what can happen to a position beside edits of its fields. */
export function LifeMenu({ asset }: { asset: Asset }) {
  const { t } = useTranslation("asset");
  const [turn, setTurn] = useState<Turn | null>(null);
  const retired = asset.lifecycle === "retired";
  const turns: Turn[] = retired ? ["reinstate", "merge", "void"] : ["swap", "retire", "merge", "void"];
  const close = () => setTurn(null);
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
            {t("life.menu")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {turns.map((each) => {
            const Mark = icons[each];
            return (
              <Menu.Item key={each} leftSection={<Mark size={16} aria-hidden />} onClick={() => setTurn(each)}>
                {t(`life.${each}.item`)}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      {(turn === "retire" || turn === "reinstate" || turn === "void") && <StepModal asset={asset} step={turn} onClose={close} />}
      {turn === "swap" && <SwapModal asset={asset} onClose={close} />}
      {turn === "merge" && <MergeModal asset={asset} onClose={close} />}
    </>
  );
}
