import type { ReactNode } from "react";
import classes from "./Paper.module.css";

/** Paper is what is on paper and not on the screen; what stands on the screen in its place is marked no-print. */
export function Paper({ children }: { children: ReactNode }) {
  return <section className={classes.paper}>{children}</section>;
}
