export { say, type Sentence } from "./say";
export { definedWords, type Defined } from "./definitions";
export { languageOf, languages, speak, startI18n, type Language } from "./setup";
