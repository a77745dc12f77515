import { Outlet, useLocation, useRouter } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useProgramState, useRevision } from "../api";
import { native } from "../native";
import { flushDrafts, routes } from "../shared";

/** outside are the addresses that need no open workspace. */
const outside: string[] = [routes.start, routes.unlock];

/** Root keeps the page in step with the program: its revision, its phase, the window's wish to close. */
export function Root() {
  useRevision();
  useGuard();
  useEffect(() => native.onFlush(flushDrafts), []);
  useEffect(() => {
    const flush = () => void flushDrafts();
    window.addEventListener("blur", flush);
    return () => window.removeEventListener("blur", flush);
  }, []);
  return <Outlet />;
}

/** useGuard leads away from screens that the phase does not allow, and forgets what was read of a record that locked. */
function useGuard(): void {
  const { phase } = useProgramState();
  const client = useQueryClient();
  const { history } = useRouter();
  const { pathname, href } = useLocation();
  const inside = !outside.includes(pathname);
  useEffect(() => {
    if (phase === "open") return;
    for (const key of ["record", "kept", "draft", "definitions"]) client.removeQueries({ queryKey: [key] });
    if (!inside) return;
    const back = new URLSearchParams({ back: href });
    history.replace(phase === "locked" ? `${routes.unlock}?${back}` : routes.start);
  }, [phase, inside, href, client, history]);
}
