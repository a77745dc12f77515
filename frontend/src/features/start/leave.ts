import { useNavigate, useRouter } from "@tanstack/react-router";
import { routes, useAddress } from "../../shared";

/** useLeave gives the way back to the address that the record was locked at, or to Today. */
export function useLeave(): () => void {
  const [{ back }] = useAddress("unlock");
  const navigate = useNavigate();
  const { history } = useRouter();
  return () => {
    // Only a path of this page: the address may have been written by anybody.
    if (back?.startsWith("/") && !back.startsWith(routes.unlock)) history.replace(back);
    else void navigate({ to: routes.today, replace: true });
  };
}
