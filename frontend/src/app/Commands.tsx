import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { native } from "../native";
import { useGo, useShortcuts } from "../shared";
import { useCommands, type Command } from "./commands";
import { HelpSheet } from "./HelpSheet";
import { Palette } from "./Palette";
import { places } from "./places";
import { useSequence } from "./sequence";

/** Commands makes what can be done from anywhere reachable: by the palette, by keys, by the native menu. */
export function Commands() {
  const { t } = useTranslation("app");
  const go = useGo();
  const commands = useCommands();
  useShortcuts(
    t("shortcuts.everywhere"),
    commands.filter(isKeyed).map(({ keys, label, run }) => ({ keys, label, run })),
  );
  useSequence("G", Object.fromEntries(places.map(({ screen, letter }) => [letter, () => go(screen)])));
  const chosen = useEffectEvent((id: string) => commands.find((command) => command.id === id)?.run());
  useEffect(() => native.onMenu((id) => chosen(id)), []);
  return (
    <>
      <Palette commands={commands} />
      <HelpSheet />
    </>
  );
}

/** isKeyed leaves out the sequences, which {@link useSequence} hears. */
function isKeyed(command: Command): command is Command & { keys: string } {
  return command.keys !== undefined && !command.keys.includes(" ");
}
