import { useState } from "react";
import { useEnter, useProgramState, type Asked } from "../../api";
import { AskForm } from "./AskForm";
import { GrantForm } from "./GrantForm";

/** JoinWay is two visits: this laptop asks with a file, and later takes the owner's answer. */
export function JoinWay() {
  const { phase, words } = useProgramState();
  const enter = useEnter();
  const [asked, setAsked] = useState<Asked | null>(null);
  const take = (answer: Asked) => {
    setAsked(answer);
    enter(answer.state);
  };
  if (phase !== "requested") return <AskForm onAsked={take} />;
  return <GrantForm words={asked?.words ?? words} request={asked} />;
}
