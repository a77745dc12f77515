import app from "./app.json";
import asset from "./asset.json";
import assets from "./assets.json";
import common from "./common.json";
import definitions from "./definitions.json";
import findings from "./findings.json";
import imports from "./import.json";
import members from "./members.json";
import notes from "./notes.json";
import record from "./record.json";
import sentences from "./sentences.json";
import settings from "./settings.json";
import start from "./start.json";
import sync from "./sync.json";
import today from "./today.json";
import trail from "./trail.json";

export const catalogue = {
  app,
  asset,
  assets,
  common,
  findings,
  import: imports,
  members,
  notes,
  record,
  settings,
  start,
  sync,
  today,
  trail,
};

/**
 * definitions are the German words for what the program defines, by name; sentences those for what it says, by the English. Tests of the
 * program hold both to it.
 */
export { definitions, sentences };
