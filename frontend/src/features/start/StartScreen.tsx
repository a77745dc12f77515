import { useProgramState } from "../../api";
import { useAddress } from "../../shared";
import { CreateWay } from "./CreateWay";
import { JoinWay } from "./JoinWay";
import { OpenWay } from "./OpenWay";
import { RestoreWay } from "./RestoreWay";
import { SampleWay } from "./SampleWay";
import { Ways } from "./Ways";

/** StartScreen is where a workspace comes from: made, joined, opened, restored, or the sample. */
export function StartScreen() {
  const [{ way }] = useAddress("start");
  const { phase } = useProgramState();
  switch (way) {
    case "create":
      return <CreateWay />;
    case "join":
      return <JoinWay />;
    case "open":
      return <OpenWay />;
    case "restore":
      return <RestoreWay />;
    case "sample":
      return <SampleWay />;
    default:
      return phase === "requested" ? <JoinWay /> : <Ways />;
  }
}
