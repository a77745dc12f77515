export { Today as TodayScreen } from "./Today";
