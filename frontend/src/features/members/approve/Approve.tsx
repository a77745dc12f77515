import { Alert, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Approved, Me, Member } from "../../../api";
import { useInspect } from "../api/requests";
import { Compare } from "./Compare";
import { Grant } from "./Grant";
import { TakeRequest } from "./TakeRequest";

interface Props {
  members: readonly Member[];
  me: Me | null;
  onClose: () => void;
}

/** Approve lets a laptop in: take its request, compare the words, hand out the grant. */
export function Approve({ members, me, onClose }: Props) {
  const { t } = useTranslation("members");
  const inspect = useInspect();
  const [granted, setGranted] = useState<Approved | null>(null);
  const again = () => {
    inspect.reset();
    setGranted(null);
  };
  const title = granted ? t("granted.title", { name: granted.member }) : t("approve.title");
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeOnClickOutside={granted === null}>
      {me?.role !== "owner" ? (
        <Alert>
          <Text size="sm">{t("approve.notOwner", { owners: namesOf(members) })}</Text>
        </Alert>
      ) : granted ? (
        <Grant granted={granted} onAgain={again} onClose={onClose} />
      ) : inspect.data ? (
        <Compare request={inspect.data} members={members} onAgain={again} onGranted={setGranted} />
      ) : (
        <TakeRequest inspect={inspect} />
      )}
    </Modal>
  );
}

function namesOf(members: readonly Member[]): string {
  const owners = members.filter((member) => member.role === "owner");
  return owners.map((member) => member.name).join(", ");
}
