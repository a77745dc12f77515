import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../../../api";
import { native, type Picked } from "../../../native";

/** Answered is an owner's grant as a person picked it, and what opens the laptop that asked. */
interface Answered {
  file: Picked;
  passphrase: string;
}

/** useJoin takes an owner's grant for the laptop that asked. */
export function useJoin() {
  return useMutation({
    mutationFn: async ({ file, passphrase }: Answered) => ok(api.POST("/workspaces/join", { body: { grant: await native.read(file), passphrase } })),
  });
}
