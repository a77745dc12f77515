import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { follow, keys, problemOf, type Job, type Problem } from "../api";
import { native } from "../native";
import { tellEnd } from "./ended";
import { useGo } from "./routes";
import { homes, isSeen, noWork, type Work, type WorkName } from "./work";

/** lasting are those whose screens show what came of them also to who returns; the others say so themselves, wherever the person is by then. */
const lasting = new Set<WorkName>(["backup", "bulk", "import", "rebuild", "sync", "verify"]);

/** Aim is what a piece of work is for. */
export interface Aim<R> {
  /** about is what its screen wants to know again of what it asked for. */
  about?: string | null;
  /** take does with the result what only the page can; the work is done when that is, and failed if it fails. */
  take?: (result: R) => Promise<void>;
}

/** Pursue begins a piece of work and follows it to its end; it gives the last state, or null if it failed on the way, or another run took its place. */
export type Pursue = <R>(name: WorkName, start: () => Promise<Job>, aim?: Aim<R>) => Promise<Job | null>;

/** usePursue gives the function that follows work beyond the screen that began it, and tells of its end who does not see it. */
export function usePursue(): Pursue {
  const client = useQueryClient();
  const tell = useTell();
  return useCallback(
    async (name, start, { about = null, take } = {}) => {
      const key = keys.work(name);
      const token = Symbol(name);
      const show = (part: Partial<Work>) => client.setQueryData<Work>(key, (work) => (work?.token === token ? { ...work, ...part } : work));
      notifications.hide(name);
      client.setQueryData<Work>(key, { ...noWork(name), token, about, running: true });
      let last: Job | null = null;
      let problem: Problem | null = null;
      try {
        last = await follow(await start(), (job) => show({ job }));
        problem = last.problem && problemOf(last.problem);
        if (last.state === "done") await take?.(last.result as never);
      } catch (cause) {
        problem = problemOf(cause);
      }
      if (show({ running: false, problem })?.token !== token) return null;
      const seen = isSeen(client, name);
      // What was cancelled, or cannot be followed any more because the record has locked, is no news.
      const news = last !== null && last.state !== "cancelled";
      if (news) tell(name, problem, seen);
      if (!seen && !(news && lasting.has(name))) client.setQueryData(key, noWork(name));
      return last?.state === "done" && problem ? null : last;
    },
    [client, tell],
  );
}

/** useTell gives the function that tells of an end: to who works in another program by the desktop, to who is on another screen by the page. */
function useTell() {
  const { t } = useTranslation();
  const go = useGo();
  return useCallback(
    (name: WorkName, problem: Problem | null, seen: boolean) => {
      const title = t(`job.kind.${name}`);
      const text = problem ? problem.message || t("failure.internal") : t("job.done");
      if (!document.hasFocus()) native.notify(title, text);
      if (seen || !(problem || lasting.has(name))) return;
      const { screen, search = {} } = homes[name];
      tellEnd({ id: name, title, text, failed: problem !== null, back: lasting.has(name) ? () => go(screen, { search }) : null });
    },
    [t, go],
  );
}
