/** localeOf: the machine's own variant of a language where it has one, as en-GB or de-AT. */
export function localeOf(language: string): string {
  const usual: Record<string, string> = { en: "en-GB", de: "de-DE" };
  return navigator.languages.find((locale) => locale.startsWith(`${language}-`)) ?? usual[language] ?? language;
}
