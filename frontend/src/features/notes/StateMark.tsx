import { Badge } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconPencil, IconSignature, IconVersions, type Icon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Note } from "../../api";

/** Standing is what a person must know of a note's state at a glance; a signed note that was altered afterwards comes before all else. */
type Standing = "draft" | "signed" | "amended" | "void" | "altered";

const looks: Record<Standing, { icon: Icon; color: string }> = {
  draft: { icon: IconPencil, color: "gray" },
  signed: { icon: IconSignature, color: "teal" },
  amended: { icon: IconVersions, color: "blue" },
  void: { icon: IconBan, color: "red" },
  altered: { icon: IconAlertTriangle, color: "orange" },
};

export function standingOf(note: Note): Standing {
  if (note.void) return "void";
  if (note.signatures.some(({ altered }) => altered)) return "altered";
  return note.state;
}

/** StateMark says by a sign and a word how far a note can be relied on. */
export function StateMark({ note }: { note: Note }) {
  const { t } = useTranslation("notes");
  const standing = standingOf(note);
  const { icon: Mark, color } = looks[standing];
  return (
    <Badge size="sm" variant="light" color={color} leftSection={<Mark size={12} aria-hidden />}>
      {t(`state.${standing}`)}
    </Badge>
  );
}
