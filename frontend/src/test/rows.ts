import type { TrailRow } from "../api";
import { me } from "./samples";

let last = 0;

/** rowOf makes a row of the trail; each is an entry of its own unless told its seq and hash. */
export function rowOf(part: Partial<TrailRow> = {}): TrailRow {
  const seq = ++last;
  return {
    position: seq,
    device: me.device,
    epoch: "10a29294fe967295",
    seq,
    hash: seq.toString(16).padStart(64, "0"),
    member: me.member,
    member_id: me.member_id,
    recorded_at: "2026-11-23T05:15:25.952Z",
    received_at: null,
    observed_at: null,
    type: "asset.field_changed",
    stream: "44".repeat(16),
    tag: "RAV-PLC-004",
    field: "firmware",
    before: "V3.2.16",
    after: "V3.2.17",
    reason: "CR-0042 step 3",
    source: "manual",
    source_name: null,
    state: "accepted",
    late: false,
    undoable: false,
    act: null,
    ...part,
  };
}
