import type { Job } from "../api";
import { say } from "../i18n";

/** stageOf says what a long piece of work is doing now; empty before it has said so. */
export function stageOf(job: Job | null): string {
  return say(job?.doing, job?.stage).replace(/\.$/, "…");
}
