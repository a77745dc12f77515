import { Modal, SegmentedControl, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, type RemoteAdded } from "../../../api";
import { Failure } from "../../../shared";
import { emptyRemote, useAddRemote, type NewRemote } from "../api/add";
import { Added } from "./Added";
import { Begin } from "./Begin";
import { FolderForm } from "./FolderForm";
import { ServiceForm } from "./ServiceForm";

interface Props {
  onClose: () => void;
  onSync: (name: string) => void;
}

/** Add takes a stick, a folder or a service, and shows what came of it before it closes. */
export function Add({ onClose, onSync }: Props) {
  const { t } = useTranslation("sync");
  const [kind, setKind] = useState<"folder" | "service">("folder");
  const [added, setAdded] = useState<RemoteAdded | null>(null);
  const add = useAddRemote();
  const submit = (remote: NewRemote) => add.mutate(remote, { onSuccess: setAdded });
  const remote = add.variables ?? emptyRemote;
  const refused = add.isError ? problemOf(add.error).code : null;
  const Form = kind === "folder" ? FolderForm : ServiceForm;
  return (
    <Modal opened onClose={onClose} size="lg" title={added ? t("added.title", { name: added.remote.name }) : t("addForm.title")}>
      {added ? (
        <Added added={added} onClose={onClose} onSync={() => onSync(added.remote.name)} />
      ) : (
        <Stack>
          <SegmentedControl
            fullWidth
            aria-label={t("addForm.kind")}
            value={kind}
            onChange={setKind}
            data={[
              { value: "folder", label: t("addForm.folder") },
              { value: "service", label: t("addForm.service") },
            ]}
          />
          {refused === "missing" || refused === "empty" ? (
            <Begin absent={refused === "missing"} url={remote.url} busy={add.isPending} onBegin={() => submit({ ...remote, begin: true })} />
          ) : (
            add.isError && <Failure error={add.error} />
          )}
          <Form busy={add.isPending} onSubmit={submit} />
        </Stack>
      )}
    </Modal>
  );
}
