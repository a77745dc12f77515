import type { UseFormReturnType } from "@mantine/form";
import { problemOf } from "../../api";

/** putErrors puts what the program says about single fields at these fields. */
export function putErrors<V extends object>(form: UseFormReturnType<V>): (error: unknown) => void {
  return (error) => form.setErrors({ ...problemOf(error).fields });
}
