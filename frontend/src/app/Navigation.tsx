import { NavLink } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { routes } from "../shared";
import { places } from "./places";

/** Navigation leads to every screen. */
export function Navigation() {
  const { t } = useTranslation("app");
  return (
    <nav aria-label={t("navigation")}>
      {places.map(({ screen, icon: Mark }) => (
        <NavLink
          key={screen}
          label={t(`screens.${screen}`)}
          leftSection={<Mark size={18} stroke={1.6} aria-hidden />}
          renderRoot={(props) => <Link {...props} to={routes[screen]} />}
        />
      ))}
    </nav>
  );
}
