import { api, ok, type Job } from "../../../api";

/** Check is how far a verification looks and what it compares with; null compares with nothing. */
export interface Check {
  deep: boolean;
  against: { remote: string } | { path: string } | null;
}

/** startVerify begins a verification, which works on a copy and changes nothing. */
export function startVerify(body: Check): Promise<Job> {
  return ok(api.POST("/verify", { body }));
}
