import { useMutation } from "@tanstack/react-query";
import { sourceOf, type Source } from "../../../api";
import type { Picked } from "../../../native";

/** List is a file that the program can read, with the name that people know it by. */
export interface List {
  name: string;
  source: Source;
}

/** useRead makes a picked file readable for the program: by its path in a window, by an upload from a browser. */
export function useRead() {
  return useMutation({
    mutationFn: async (picked: Picked): Promise<List> => ({ name: picked.name, source: await sourceOf(picked) }),
  });
}
