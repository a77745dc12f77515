export { languageOf, languages, speak, startI18n, type Language } from "./setup";
