/** Step is something that a person can do about a finding. */
export type Step = "open" | "merge" | "notes" | "trail" | "verify" | "sync" | "members";

/** steps says for each kind what helps, the likeliest first; for kinds not named here the trail tells more. */
const steps: Partial<Record<string, readonly Step[]>> = {
  duplicate_serial: ["merge", "open", "trail"],
  duplicate_tag: ["merge", "open", "trail"],
  duplicate_ip: ["open", "trail"],
  duplicate_mac: ["merge", "open", "trail"],
  edit_after_retire: ["open", "trail"],
  dangling_reference: ["open", "notes", "trail"],
  stale_precondition: ["open", "trail"],
  policy_violation: ["notes", "trail"],
  clock_skew: ["members"],
  fork: ["verify", "members"],
  restored_device: ["verify", "members"],
  masked: ["trail", "members"],
  malformed: ["trail", "verify"],
  withheld: ["sync", "verify"],
  diverged: ["verify", "sync"],
};

export function stepsOf(kind: string): readonly Step[] {
  return steps[kind] ?? ["open", "trail"];
}
