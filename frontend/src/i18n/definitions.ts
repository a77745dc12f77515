import i18next from "i18next";

interface Words {
  label: string;
  help: string;
}

/** Defined are the words of another language than English for what the program defines: fields, groups of facts, roles, choices and kinds of
 *  findings, by their names. English has none, since it comes from the program itself. */
export interface Defined {
  fields: Partial<Record<string, Partial<Record<string, Words>>>>;
  groups: Partial<Record<string, string>>;
  roles: Partial<Record<string, string>>;
  choices: Partial<Record<string, string>>;
  findings: Partial<Record<string, string>>;
}

/** namespace is where such words are kept beside the catalogue. */
export const namespace = "definitions";

/** definedWords gives the words of a language; undefined if the program's own are to be shown. */
export function definedWords(language: string): Defined | undefined {
  return i18next.getResourceBundle(language, namespace) as Defined | undefined;
}
