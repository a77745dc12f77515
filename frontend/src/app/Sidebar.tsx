import { ActionIcon, Badge, CloseButton, Group, NavLink, ScrollArea, Tooltip, UnstyledButton } from "@mantine/core";
import { IconKeyboard, IconLock, IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useStatus } from "../api";
import { Keys, routes, useFormats, usePath } from "../shared";
import { useHelp } from "./overlays";
import { useLock } from "./lock";
import { openPalette } from "./spotlight";
import { places } from "./places";
import classes from "./Sidebar.module.css";
import { Switcher } from "./Switcher";

/** Sidebar leads to every screen, to the palette, to other workspaces, and locks. */
export function Sidebar({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const { data: status } = useStatus();
  const path = usePath();
  const { number } = useFormats();
  const lock = useLock();
  const help = useHelp();
  const findings = status?.findings ?? 0;
  return (
    <div className={classes.side}>
      <Group gap={4} wrap="nowrap">
        <Switcher />
        <CloseButton hiddenFrom="sm" aria-label={t("closeMenu")} onClick={onClose} />
      </Group>
      <UnstyledButton className={classes.search} onClick={openPalette}>
        <IconSearch size={16} aria-hidden />
        <span>{t("search")}</span>
        <Keys keys="mod+K" />
      </UnstyledButton>
      <ScrollArea flex={1} type="auto">
        <nav aria-label={t("navigation")}>
          {places.map(({ screen, icon: Mark }) => {
            // An asset belongs to the assets, as its address says.
            const active = path === routes[screen] || path.startsWith(`${routes[screen]}/`);
            return (
              <NavLink
                key={screen}
                className={classes.link}
                active={active}
                aria-current={active ? "page" : undefined}
                label={t(`screens.${screen}`)}
                leftSection={<Mark size={18} stroke={1.6} aria-hidden />}
                rightSection={
                  screen === "findings" && findings > 0 ? (
                    <Badge size="sm" color="orange" variant="filled" circle={findings < 10}>
                      {number(findings)}
                    </Badge>
                  ) : null
                }
                renderRoot={(props) => <Link {...props} to={routes[screen]} />}
              />
            );
          })}
        </nav>
      </ScrollArea>
      <Group gap="xs" className={classes.foot}>
        <Tooltip label={t("actions.lock")}>
          <ActionIcon onClick={lock} aria-label={t("actions.lock")} color="gray">
            <IconLock size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("actions.shortcuts")}>
          <ActionIcon onClick={help.open} aria-label={t("actions.shortcuts")} color="gray">
            <IconKeyboard size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </div>
  );
}
