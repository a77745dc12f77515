import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { namespace as definitions } from "./definitions";
import { catalogue } from "./en";
import { localeOf } from "./locale";
import { sentences } from "./say";

/** languages are those that every text is there in. English is what the catalogue is written in and what a missing text falls back to. */
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof catalogue;
  }
}

/** startI18n prepares the one translator of the page, in English until {@link speak} says otherwise. */
export function startI18n(): i18n {
  if (!i18next.isInitialized) {
    void i18next.use(initReactI18next).init({
      resources: { en: catalogue },
      lng: "en",
      fallbackLng: "en",
      defaultNS: "common",
      ns: Object.keys(catalogue),
      initAsync: false,
      interpolation: { escapeValue: false },
      returnNull: false,
      showSupportNotice: false, // an advertisement in the console of every page
    });
    // Numbers in a text, as {{count, number}}, are written as everywhere else on the page.
    i18next.services.formatter?.addCached("number", (language) => {
      const format = new Intl.NumberFormat(localeOf(language ?? "en"));
      return (value: number) => format.format(value);
    });
  }
  return i18next;
}

/** speak changes the language; another one than English is loaded when it is first wanted. */
export async function speak(language: Language): Promise<void> {
  if (language === "de" && !i18next.hasResourceBundle("de", "common")) {
    const german = await import("./de");
    for (const [namespace, texts] of Object.entries(german.catalogue)) i18next.addResourceBundle("de", namespace, texts);
    i18next.addResourceBundle("de", definitions, german.definitions);
    i18next.addResourceBundle("de", sentences, german.sentences);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** languageOf is the language of ours that a locale asks for. */
export function languageOf(locale: string): Language {
  return languages.find((language) => locale.toLowerCase().startsWith(language)) ?? "en";
}
