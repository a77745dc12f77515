import i18next from "i18next";
import { definedWords } from "./definitions";

/**
 * Sentence is what the program says, in its parts: an English pattern with {0} to {9} where values stand, or a text as it is, or a field by
 * its public name (then text is its English label). One without any of them says nothing.
 */
export interface Sentence {
  pattern?: string;
  values?: readonly Sentence[] | null;
  text?: string;
  field?: string;
}

/** sentences is where another language than English keeps its words for the patterns of the program, by pattern. */
export const sentences = "sentences";

/**
 * say puts a sentence into the language of the page: what has no words there stays English. It begins with a capital and ends with a stop.
 * Where nothing is said in parts the English text stands.
 */
export function say(sentence: Sentence | undefined, english?: string | null): string {
  const { language } = i18next;
  const text = sentence ? render(sentence, language) : "";
  if (!sentence || text === "") return english ?? "";
  const begun = startsWithValue(sentence, language) ? text : text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
}

function render(sentence: Sentence, language: string): string {
  if (sentence.field) return labelOf(sentence.field, language) ?? sentence.text ?? "";
  if (!sentence.pattern) return sentence.text ?? "";
  const values = sentence.values ?? [];
  return wordsFor(sentence.pattern, language).replace(/\{(\d)\}/g, (place, at: string) => {
    const value = values[Number(at)];
    return value ? render(value, language) : place;
  });
}

/** What begins with a value keeps the value's own first letter: a tag is written as people write it. */
function startsWithValue({ pattern }: Sentence, language: string): boolean {
  return pattern !== undefined && wordsFor(pattern, language).startsWith("{");
}

function wordsFor(pattern: string, language: string): string {
  const known = i18next.getResourceBundle(language, sentences) as Readonly<Record<string, string>> | undefined;
  return known?.[pattern] ?? pattern;
}

function labelOf(field: string, language: string): string | undefined {
  const fields = definedWords(language)?.fields;
  return ["asset", "note", "site"].map((entity) => fields?.[entity]?.[field]?.label).find((label) => label !== undefined);
}
