export { definedWords, type Defined } from "./definitions";
export { languageOf, languages, speak, startI18n, type Language } from "./setup";
export { localeOf } from "./locale";
export { say, type Sentence } from "./say";
