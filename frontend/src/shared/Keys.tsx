import { Kbd } from "@mantine/core";
import { Fragment } from "react";

/** Keys shows a shortcut as keys of the keyboard: "mod+K" as Ctrl K. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keys.split("+").map((key, at) => (
        <Fragment key={key}>
          {at > 0 && " "}
          <Kbd size="xs">{nameOf(key)}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}

const names: Record<string, string> = { arrowup: "↑", arrowdown: "↓", arrowleft: "←", arrowright: "→", shift: "⇧", enter: "↵", escape: "Esc" };

function nameOf(key: string): string {
  const lower = key.toLowerCase();
  if (lower === "mod") return /mac/i.test(navigator.userAgent) ? "⌘" : "Ctrl";
  return names[lower] ?? (key.length === 1 ? key.toUpperCase() : key);
}
