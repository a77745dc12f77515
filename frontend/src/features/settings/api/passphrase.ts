import { useMutation } from "@tanstack/react-query";
import { api, ok, type NewPassphrase } from "../../../api";

/** usePassphrase puts another passphrase on this laptop's identity. */
export function usePassphrase() {
  return useMutation({ mutationFn: (body: NewPassphrase) => ok(api.POST("/passphrase", { body })) });
}
