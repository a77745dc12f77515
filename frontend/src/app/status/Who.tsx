import { IconUser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../../api";
import { Item } from "./Item";

/** Who says under which name and role entries are made here. */
export function Who() {
  const { t } = useTranslation("app");
  const { me } = useProgramState();
  if (!me) return null;
  const role = t(`roles.${me.role}`);
  return <Item icon={IconUser} label={`${me.member} · ${role}`} more={t("who", { member: me.member, role })} to="members" />;
}
