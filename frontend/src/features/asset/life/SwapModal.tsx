import { Button, Group, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, type Asset } from "../../../api";
import { FieldInput, useDefinitions } from "../../../record";
import { DraftNotice, Failure, ReasonInput, tell, useDraft, useReasons, type Draft } from "../../../shared";
import { useSwap } from "../api/life";
import { useRenew } from "../api/renew";

interface Swap {
  fields: Record<string, string>;
  reason: string;
}

interface Props {
  asset: Asset;
  onClose: () => void;
}

/** SwapModal says what was put into a position in place of the unit that was there: one entry, not many edits. */
export function SwapModal({ asset, onClose }: Props) {
  const { t } = useTranslation("asset");
  const draft = useDraft<Swap>(`asset/${asset.id}/swap`, { fields: {}, reason: "" });
  return (
    <Modal opened onClose={onClose} size="lg" title={t("life.swap.title", { tag: asset.tag })}>
      {draft.ready && <SwapForm asset={asset} draft={draft} onClose={onClose} />}
    </Modal>
  );
}

/** inherited are fields that a like-for-like swap leaves alone; empty they are taken over from the old unit. */
const inherited = new Set(["vendor", "model", "order_no", "end_of_support"]);

function SwapForm({ asset, draft, onClose }: Props & { draft: Draft<Swap> }) {
  const { t } = useTranslation("asset");
  const { t: common } = useTranslation();
  const { entities } = useDefinitions();
  const swap = useSwap(asset.id);
  const renew = useRenew(asset.id);
  const reasons = useReasons();
  const [missing, setMissing] = useState(false);
  const { fields, reason } = draft.value;
  const refused = swap.error ? problemOf(swap.error).fields : {};
  // The hardware address goes with the hardware; all else of an interface belongs to the position.
  const asked = entities.asset.filter(({ scope, type }) => scope === "unit" || type === "mac");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const why = reason.trim();
    setMissing(why === "");
    if (why === "") return;
    reasons.remember(why);
    swap.mutate(
      { fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")), reason: why },
      {
        onSuccess: () => {
          draft.clear();
          onClose();
          tell(t("life.swap.done", { tag: asset.tag }));
          void renew();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t("life.swap.help")}</Text>
        <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
        <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
          {asked.map((field) => {
            const old = inherited.has(field.name) ? asset.fields[field.name] : "";
            return (
              <FieldInput
                key={field.name}
                field={{ ...field, help: old ? t("life.swap.inherited", { value: old }) : field.help }}
                required={false}
                value={fields[field.name] ?? ""}
                onChange={(value) => draft.set({ ...draft.value, fields: { ...fields, [field.name]: value } })}
                error={refused[field.name]}
                // eslint-disable-next-line jsx-a11y/no-autofocus -- the serial number is what tells the new unit apart
                autoFocus={field.name === "serial"}
              />
            );
          })}
        </SimpleGrid>
        <ReasonInput
          value={reason}
          onChange={(text) => draft.set({ ...draft.value, reason: text })}
          error={missing && !reason.trim() ? common("reason.required") : refused["reason"]}
          required
        />
        {swap.error && Object.keys(refused).length === 0 && <Failure error={swap.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("actions.cancel")}
          </Button>
          <Button type="submit" loading={swap.isPending}>
            {t("life.swap.item")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
