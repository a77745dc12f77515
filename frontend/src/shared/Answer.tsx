import type { ReactNode } from "react";
import { Failure } from "./Failure";
import { Loading } from "./Loading";

/** Asked is what Answer needs of a query of TanStack's. */
interface Asked<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface Props<T> {
  query: Asked<T>;
  children: (data: T) => ReactNode;
}

/** Answer shows a query: loading, what went wrong with a way to try again, or what children make of its data. */
export function Answer<T>({ query, children }: Props<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}
