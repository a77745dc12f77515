import { AppShell, Burger, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../api";
import { native } from "../native";
import { useAppearance, usePath } from "../shared";
import { Commands } from "./Commands";
import { useKeptAppearance } from "./kept";
import { Gone } from "./Gone";
import { Sidebar } from "./Sidebar";
import classes from "./Shell.module.css";
import { StatusBar } from "./StatusBar";

/** Shell frames the screens of an open workspace: the ways to all of them, and what is always in sight. */
export function Shell() {
  const { t } = useTranslation("app");
  const { workspace } = useProgramState();
  const { appearance } = useAppearance();
  const [opened, { toggle, close }] = useDisclosure();
  const path = usePath();
  const main = useRef<HTMLDivElement>(null);
  useKeptAppearance();
  const name = workspace?.name ?? "";
  useEffect(() => native.setTitle(name), [name]);
  useEffect(() => {
    close();
    main.current?.scrollTo({ top: 0 });
  }, [path, close]);

  const skip = (event: React.MouseEvent) => {
    // The address belongs to the router, so the link moves the focus itself.
    event.preventDefault();
    main.current?.focus();
  };
  return (
    <>
      <a href="#main" className="skip" onClick={skip}>
        {t("skip")}
      </a>
      <AppShell
        layout="alt"
        header={{ height: { base: 44, sm: 0 } }}
        navbar={{ width: appearance.touch ? 240 : 208, breakpoint: "sm", collapsed: { mobile: !opened } }}
        footer={{ height: appearance.touch ? 48 : 30 }}
        transitionDuration={0}
      >
        <AppShell.Header hiddenFrom="sm" className="no-print">
          <Group h="100%" px="sm" gap="sm">
            <Burger opened={opened} onClick={toggle} size="sm" aria-label={t("menu")} aria-expanded={opened} />
            <Text fw={600}>{name}</Text>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar component="div" className={`${classes.side ?? ""} no-print`} data-closed={!opened || undefined}>
          <Sidebar onClose={close} />
        </AppShell.Navbar>
        <AppShell.Main component="div" className={classes.room}>
          <main id="main" ref={main} tabIndex={-1} className={classes.main}>
            <Gone />
            <Outlet />
          </main>
        </AppShell.Main>
        <AppShell.Footer className={`${classes.foot ?? ""} no-print`}>
          <StatusBar />
        </AppShell.Footer>
      </AppShell>
      <Commands />
    </>
  );
}
