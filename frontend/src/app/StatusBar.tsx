import { Group } from "@mantine/core";
import { useProgramState } from "../api";

/** StatusBar is what is always in sight. */
export function StatusBar() {
  const { me } = useProgramState();
  return <Group px="sm">{me?.member}</Group>;
}
