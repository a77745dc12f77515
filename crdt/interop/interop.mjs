// Reads one request as JSON from stdin and answers with JSON on stdout. A request holds the raw changes of a document and
// what to do to it; the answer shows the document as npm's Automerge sees it, and the change that it made.
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import * as Automerge from "@automerge/automerge";

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const unhex = (text) => new Uint8Array(Buffer.from(text, "hex"));

// plain writes a value as kind and text, so that nothing is lost in JSON.
function plain(value) {
  if (value === null) return "null";
  if (value instanceof Date) return `time ${value.getTime()}`;
  if (value instanceof Uint8Array) return `bytes ${hex(value)}`;
  if (value instanceof Automerge.Counter) return `number ${value.value}`;
  if (Automerge.isImmutableString(value)) return `string ${value.toString()}`;
  if (typeof value === "string") return `text ${value}`;
  if (typeof value === "bigint") return `number ${value}`; // how large whole numbers are shown
  return `${typeof value} ${value}`;
}

// loosely is plain without the difference between text and string, which getConflicts does not show.
const loosely = (value) => plain(value).replace(/^text /, "string ");

// show gives all concurrent values of every key, sorted, and the heads.
function show(doc) {
  const values = {};
  for (const key of Object.keys(doc)) {
    const all = Automerge.getConflicts(doc, key) ?? { only: doc[key] };
    values[key] = { winner: plain(doc[key]), all: Object.values(all).map(loosely).sort() };
  }
  return { values, heads: Automerge.getHeads(doc).sort() };
}

// put makes one edit of a request.
function put(doc, { key, kind, value }) {
  switch (kind) {
    case "string": doc[key] = new Automerge.ImmutableString(value); break;
    case "number": case "boolean": case "null": doc[key] = value; break;
    case "time": doc[key] = new Date(value); break;
    case "bytes": doc[key] = unhex(value); break;
    case "counter": doc[key] = new Automerge.Counter(value); break;
    case "increment": doc[key].increment(value); break;
    case "splice": Automerge.splice(doc, [key], value.at, value.cut, value.text); break;
    default: throw new Error(`unknown kind ${kind}`);
  }
}

const request = JSON.parse(readFileSync(0, "utf8"));
let doc = request.saved
  ? Automerge.load(unhex(request.saved), { actor: request.actor })
  : Automerge.init({ actor: request.actor });
[doc] = Automerge.applyChanges(doc, (request.changes ?? []).map(unhex));
const answer = {};
if (request.edits) {
  doc = Automerge.change(doc, { time: 0 }, (draft) => request.edits.forEach((edit) => put(draft, edit)));
  answer.change = hex(Automerge.getLastLocalChange(doc));
}
doc = Automerge.load(Automerge.save(doc)); // what is shown has also been saved and loaded
process.stdout.write(JSON.stringify({ ...answer, ...show(doc) }));
