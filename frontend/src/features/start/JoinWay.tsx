import { useState } from "react";
import { useEnter, useProgramState, type Asked } from "../../api";
import { AskForm } from "./AskForm";
import { GrantForm } from "./GrantForm";

/** JoinWay is two visits: this laptop asks with a file, and later takes the owner's answer. */
export function JoinWay() {
  const { phase, words } = useProgramState();
  const enter = useEnter();
  const [asked, setAsked] = useState<Asked | null>(null);
  // Once it waits it stays here: taking the grant opens the record, and the words must still be compared.
  const [waits, setWaits] = useState(phase === "requested");
  const take = (answer: Asked) => {
    setAsked(answer);
    setWaits(true);
    enter(answer.state);
  };
  if (!waits) return <AskForm onAsked={take} />;
  return <GrantForm words={asked?.words ?? words} request={asked} />;
}
