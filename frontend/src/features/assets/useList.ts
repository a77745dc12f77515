import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useAddress, type Search } from "../../shared";
import type { ListQuery } from "./api/list";

/** settled is how long a query must stand before the address says it, in milliseconds: not every letter is a place to go back to. */
const settled = 300;

/**
 * useList holds what is listed. It answers at once, and the address follows, so that a link, going back and a reload bring the
 * same list; where the address leads elsewhere by itself, the list goes there.
 */
export function useList(): [ListQuery, (part: Partial<ListQuery>) => void] {
  const [address, write] = useAddress("assets");
  const [query, setQuery] = useState(() => queryOf(address));
  const told = useRef(JSON.stringify(query));
  const tell = useDebouncedCallback((next: ListQuery) => {
    told.current = JSON.stringify(next);
    write(addressOf(next));
  }, settled);

  const there = JSON.stringify(queryOf(address));
  const follow = useEffectEvent(() => {
    if (there === told.current) return;
    told.current = there;
    setQuery(queryOf(address));
  });
  useEffect(() => follow(), [there]);

  return [
    query,
    (part) => {
      const next = { ...query, ...part };
      setQuery(next);
      tell(next);
    },
  ];
}

function queryOf({ search = "", sort = "", site, where = [], as_of: asOf = "", struck = false }: Search["assets"]): ListQuery {
  return { search, sort, where: site ? [`site=${site}`, ...where] : where, asOf, struck };
}

function addressOf({ search, sort, where, asOf, struck }: ListQuery): Search["assets"] {
  const chosen = { search: search || undefined, sort: sort || undefined, where: where.length > 0 ? [...where] : undefined };
  return { ...chosen, site: undefined, as_of: asOf || undefined, struck: struck || undefined };
}
