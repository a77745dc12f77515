import { useMutation } from "@tanstack/react-query";
import { api, ok, type Inspected } from "../../../api";
import { native, type Picked } from "../../../native";

/** Request is a request to join: its file in base64, and what it says. */
export interface Request {
  file: string;
  says: Inspected;
}

/** useInspect reads a request to join and changes nothing. */
export function useInspect() {
  return useMutation({
    mutationFn: async (picked: Picked): Promise<Request> => {
      const file = await native.read(picked);
      return { file, says: await ok(api.POST("/requests/inspect", { body: { file } })) };
    },
  });
}

/** useApprove lets the laptop of a request in: as a new engineer's, or as a further one of the member named. */
export function useApprove() {
  return useMutation({
    mutationFn: ({ file, member }: { file: string; member: string | null }) =>
      ok(api.POST("/requests/approve", { body: member === null ? { file } : { file, member } })),
  });
}
