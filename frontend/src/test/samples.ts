import type { Change, Definitions, Field, Job, Me, State, Status } from "../api";

/** Samples of what the program answers, for tests that need a whole object and care about a part of it. */

export const me: Me = { member_id: "11".repeat(16), member: "Ada Okafor", role: "owner", device: "22".repeat(32) };

export function stateOf(part: Partial<State> = {}): State {
  return {
    version: "test",
    native: false,
    phase: "open",
    current: { dir: "/data/ravensmere", name: "Ravensmere" },
    workspace: { id: "33".repeat(32), name: "Ravensmere", zone: "Europe/London" },
    me,
    words: [],
    known: [],
    data_folder: "/data",
    revision: 1,
    ...part,
  };
}

/** changeOf is news of the record that stateOf has open. */
export const changeOf = (revision: number, part: Partial<Change> = {}): Change => ({ revision, dir: "/data/ravensmere", phase: "open", ...part });

export function statusOf(part: Partial<Status> = {}): Status {
  return {
    workspace: "Ravensmere",
    workspace_id: "33".repeat(32),
    device: me.device,
    member: me.member,
    role: me.role,
    events: 200,
    feeds: 1,
    documents: 199,
    waiting: 0,
    newer: 0,
    unsent: 0,
    findings: 0,
    conflicts: 0,
    unverified: 0,
    remotes: [],
    last_sync: null,
    saved: null,
    ...part,
  };
}

export function fieldOf(part: Partial<Field> & Pick<Field, "name">): Field {
  return {
    label: part.name,
    help: "",
    group: "",
    scope: "own",
    type: "line",
    enum: [],
    required: false,
    max: 0,
    editable: true,
    ...part,
  };
}

export const definitions: Definitions = {
  entities: {
    asset: [
      fieldOf({ name: "tag", label: "Tag", required: true, max: 64, editable: false, group: "identity" }),
      fieldOf({ name: "site", label: "Site", type: "code", required: true, editable: false, group: "identity" }),
      fieldOf({ name: "role", label: "Role", type: "role", enum: ["plc", "hmi"], required: true, group: "identity" }),
      fieldOf({ name: "description", label: "Description", type: "prose", group: "identity" }),
      fieldOf({ name: "criticality", label: "Criticality", type: "choice", enum: ["high", "medium", "low"], required: true, group: "identity" }),
      fieldOf({ name: "safety_related", label: "Safety related", type: "flag", group: "identity" }),
      fieldOf({ name: "vendor", label: "Vendor", scope: "unit", required: true, group: "unit" }),
      fieldOf({ name: "firmware", label: "Firmware", scope: "unit", help: "As the device shows it.", group: "unit" }),
      fieldOf({ name: "ip_address", label: "IP address", scope: "interface", type: "address", group: "network" }),
    ],
    note: [
      fieldOf({ name: "kind", label: "Kind", type: "choice", enum: ["observation", "maintenance", "fault"], required: true }),
      fieldOf({ name: "text", label: "Text", type: "prose", required: true }),
    ],
    site: [
      fieldOf({ name: "code", label: "Code", type: "code", required: true, editable: false }),
      fieldOf({ name: "name", label: "Name", required: true }),
    ],
    workspace: [fieldOf({ name: "name", label: "Name", required: true }), fieldOf({ name: "tz", label: "Time zone", type: "zone", required: true })],
    member: [fieldOf({ name: "name", label: "Name", required: true })],
  },
  groups: [
    { name: "identity", label: "Identity" },
    { name: "unit", label: "Unit" },
    { name: "network", label: "Network" },
  ],
  findings: [{ kind: "duplicate_serial", sentence: "Two assets have one serial number." }],
  roles: [
    { name: "plc", label: "PLC", attack: "A0003" },
    { name: "hmi", label: "HMI", attack: "A0002" },
  ],
  sources: ["manual", "import", "scan", "template", "control"],
  types: ["asset.registered", "asset.field_changed"],
};

export function jobOf(part: Partial<Job> = {}): Job {
  return {
    id: "job-1",
    kind: "import",
    state: "running",
    stage: "Reading the list",
    done: 0,
    total: 0,
    started_at: "2026-11-23T04:00:00Z",
    result: null,
    problem: null,
    revision: 1,
    ...part,
  };
}
