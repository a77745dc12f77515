import { Button, Fieldset, Group, Modal, SimpleGrid, Stack } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { elsewhere, problemOf, type Field } from "../../api";
import { FieldInput, useAssetFields } from "../../record";
import { DraftNotice, Failure, ReasonInput, tell, useDraft, useGo, useReasons, type Draft } from "../../shared";
import { useAdd } from "./api/add";

interface New {
  fields: Record<string, string>;
  reason: string;
}

/** first are fields that most people know of a new asset, beside those that must be given. */
const first = new Set(["name", "zone", "vendor", "model", "serial", "firmware", "ip_address", "location.room"]);

/** AddAsset registers a position. What must be given is asked for first, all else on demand; the draft stays until it is saved. */
export function AddAsset({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("assets");
  const draft = useDraft<New>("assets/new", { fields: {}, reason: "" });
  return (
    <Modal opened onClose={onClose} size="xl" title={t("add.title")}>
      {draft.ready && <AddForm draft={draft} onClose={onClose} />}
    </Modal>
  );
}

function AddForm({ draft, onClose }: { draft: Draft<New>; onClose: () => void }) {
  const { t } = useTranslation("assets");
  const { t: common } = useTranslation();
  const go = useGo();
  const add = useAdd();
  const reasons = useReasons();
  const headings = useAssetFields();
  const [every, setEvery] = useState(false);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  // The form is longer than the screen: whoever sends it comes to the first input that is refused.
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [missing, add.error]);
  const { fields, reason } = draft.value;
  const refused = add.error ? problemOf(add.error).fields : {};

  const must = (field: Field) => field.required && field.scope === "own";
  const asked = headings.flatMap(({ fields: members }) => members).filter((field) => field.editable || must(field));
  const shown = every ? asked : asked.filter((field) => must(field) || first.has(field.name));
  const failure = elsewhere(add.error, (name) => name === "reason" || shown.some((field) => field.name === name));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacking = Object.fromEntries(asked.filter((field) => must(field) && !fields[field.name]?.trim()).map(({ name }) => [name, t("add.required")]));
    const all = { ...lacking, ...(!reason.trim() && { reason: common("reason.required") }) };
    setMissing(all);
    if (Object.keys(all).length > 0) return;
    const { tag = "", ...rest } = fields;
    reasons.remember(reason.trim());
    add.mutate(
      { tag, fields: Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== "")), reason: reason.trim() },
      {
        onSuccess: (written) => {
          draft.clear();
          onClose();
          tell(t("add.saved", { tag }));
          go("asset", { ref: written.id });
        },
      },
    );
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack>
        <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
        {headings
          .map(({ label, fields: members }) => ({ label, members: members.filter((field) => shown.includes(field)) }))
          .filter(({ members }) => members.length > 0)
          .map(({ label, members }) => (
            <Fieldset key={label} legend={label} variant="unstyled">
              <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
                {members.map((field) => (
                  <FieldInput
                    key={field.name}
                    field={field}
                    required={must(field)}
                    value={fields[field.name] ?? ""}
                    onChange={(value) => draft.set({ ...draft.value, fields: { ...fields, [field.name]: value } })}
                    error={fields[field.name] ? refused[field.name] : (missing[field.name] ?? refused[field.name])}
                    // eslint-disable-next-line jsx-a11y/no-autofocus -- whoever opens this dialog is about to type the tag
                    autoFocus={field.name === "tag"}
                  />
                ))}
              </SimpleGrid>
            </Fieldset>
          ))}
        <Group>
          <Button variant="subtle" size="compact-sm" aria-expanded={every} onClick={() => setEvery(!every)}>
            {every ? t("add.less") : t("add.more")}
          </Button>
        </Group>
        <ReasonInput value={reason} onChange={(text) => draft.set({ ...draft.value, reason: text })} error={refused["reason"] ?? (reason.trim() ? undefined : missing["reason"])} required />
        {failure ? <Failure error={failure} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("actions.cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("add.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
