import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../../../api";

/** NewRemote is what is said about a place to sync; what stays empty is not sent. */
export interface NewRemote {
  name: string;
  url: string;
  second: string;
  invitation: string;
  token_file: string;
  certificate: string;
  sealed: boolean;
  /** begin says that a folder may hold nothing of this record yet, or not be there. */
  begin?: boolean;
}

export const emptyRemote: NewRemote = { name: "", url: "", second: "", invitation: "", token_file: "", certificate: "", sealed: false };

/** useAddRemote keeps a place to sync; a service is asked for its keys and, by an owner, granted the workspace's unless sealed. */
export function useAddRemote() {
  return useMutation({
    mutationFn: ({ name, url, sealed, begin = false, ...rest }: NewRemote) =>
      ok(api.POST("/remotes", { body: { name: name.trim(), url: url.trim(), sealed, ...(begin && { begin }), ...given(rest) } })),
  });
}

function given<T extends Record<string, string>>(texts: T): Partial<T> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== "")) as Partial<T>;
}
