import { AppShell } from "@mantine/core";
import { Outlet } from "@tanstack/react-router";
import { useRevision } from "../api";
import { Navigation } from "./Navigation";
import { StatusBar } from "./StatusBar";

/** Shell frames the screens of an open workspace. */
export function Shell() {
  useRevision();
  return (
    <AppShell navbar={{ width: 200, breakpoint: 0 }} footer={{ height: 30 }} padding={0}>
      <AppShell.Navbar>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="main">
        <Outlet />
      </AppShell.Main>
      <AppShell.Footer>
        <StatusBar />
      </AppShell.Footer>
    </AppShell>
  );
}
