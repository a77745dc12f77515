import type { Icon } from "@tabler/icons-react";
import type { Me } from "../api";
import type { Go } from "./routes";

/** Context is what an action of the palette may use. */
export interface Context {
  go: Go;
  me: Me | null;
}

/**
 * Action is something the palette (Ctrl+K) offers. Features export theirs as `actions` from their index; the native menu names them by id, and
 * `keys` makes it a shortcut everywhere in the shell, as "N" or "mod+shift+E".
 */
export interface Action {
  /** id is <feature>.<what>, as notes.new. */
  id: string;
  /** label is a key of the catalogue with its namespace, as notes:actions.new. */
  label: string;
  icon: Icon;
  keys?: string;
  /** allowed hides what the acting member's role may not do. */
  allowed?: (me: Me | null) => boolean;
  run: (context: Context) => void;
}
