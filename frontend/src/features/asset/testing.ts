import type { Asset, Interface, TrailRow } from "../../api";
import { definitions, fakeProgram, rowOf, stateOf, type Answers } from "../../test";

const texts = { tag: "RAV-PLC-004", site: "RAV", role: "plc", criticality: "high", vendor: "Siemens", firmware: "V3.2.17", ip_address: "" };

/** assetOf is one asset with a unit, an interface and a field of the owner's own list. */
export function assetOf(part: Partial<Asset> = {}): Asset {
  return {
    id: "a1",
    tag: "RAV-PLC-004",
    site: "RAV",
    heads: [],
    lifecycle: "in_service",
    void: null,
    merged_into: null,
    unverified: false,
    fields: texts,
    custom: { "Panel no": "MCC-3" },
    conflicts: [],
    units: [{ id: "u1", installed: true, from: "2026-01-05T08:00:00Z", until: null, fields: { vendor: "Siemens", firmware: "V3.2.17" } }],
    interfaces: [interfaceOf("i1", { interface_name: "X1", ip_address: "10.20.1.13" })],
    notes: [],
    aliases: [],
    ...part,
  };
}

/** interfaceOf is the first interface of an asset, or a further one, which has names of its own. */
export function interfaceOf(id: string, fields: Record<string, string>, further = false): Interface {
  const names = { interface_name: "name", ip_address: "ip", vlan: "vlan" };
  const named = Object.entries(names).map(([name, key]) => [name, further ? `interfaces/${id}/${key}` : name] as const);
  return { id, removed: false, fields, names: Object.fromEntries(named), removal: `interfaces/${id}/removed` };
}

/** conflict is a field that two people set at the same time. */
export const conflict: Asset["conflicts"][number] = {
  id: "c1",
  entity: "asset",
  stream: "a1",
  tag: "RAV-PLC-004",
  field: "firmware",
  current: "V3.2.18",
  values: [
    { value: "V3.2.18", display: "V3.2.18", member: "Ada Okafor", device: "aaaaaaaa11", recorded_at: "2026-11-20T09:00:00Z", reason: "bulletin 12" },
    { value: "V3.2.19", display: "V3.2.19", member: "Jo Hargreaves", device: "bbbbbbbb22", recorded_at: "2026-11-20T09:05:00Z", reason: "read off the display" },
  ],
};

/** entryOf is a row of the trail. */
export function entryOf(part: Partial<TrailRow>): TrailRow {
  return rowOf({ position: 1, undoable: true, device: "aaaaaaaa11", epoch: "e1", seq: 1, hash: `h${part.seq ?? 1}`, member: "Ada Okafor", recorded_at: "2026-11-20T09:00:00Z", stream: "a1", reason: "vendor visit", ...part });
}

/** fakeAsset is a program that has this asset. */
export function fakeAsset(asset: Asset, answers: Answers = {}) {
  return fakeProgram({
    "GET /state": stateOf(),
    "GET /definitions": definitions,
    "GET /headers": ["Loop", "Panel no"],
    "GET /kept": [],
    "PUT /kept": undefined,
    "DELETE /kept": undefined,
    "GET /assets/{ref}": asset,
    "GET /trail": { items: [entryOf({})], next: null },
    "GET /assets": { total: 0, items: [] },
    ...answers,
  });
}

/** written is what a write to the asset answers. */
export const written = { id: "a1", tag: "RAV-PLC-004", events: 1, changes: [] };
