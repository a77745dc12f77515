export { ReasonInput, ReasonModal } from "../shared";
export { AssetLink } from "./AssetLink";
export { useChoices, useShow } from "./choices";
export { ConflictMark } from "./ConflictMark";
export { definitionsQuery, useDefinitions, type EntityName, type Known } from "./definitions";
export { FieldInput } from "./FieldInput";
export { FieldValue } from "./FieldValue";
export { EntryChange } from "./EntryChange";
export { useEventName, useFindingName } from "./names";
