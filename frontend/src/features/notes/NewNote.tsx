import { Button, Chip, Drawer, Fieldset, Group, SimpleGrid, Stack } from "@mantine/core";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { elsewhere, problemOf } from "../../api";
import { AssetsPicker, FieldInput, useChoices, useDefinitions } from "../../record";
import { DraftNotice, Failure, Keys, tell, TimePick, useDraft, type Draft } from "../../shared";
import { useAdd } from "./api/write";

/** Writing is a note as far as it was typed. */
interface Writing {
  kind: string;
  text: string;
  assets: string[];
  observed: string | null; // RFC 3339; null is now
  fields: Record<string, string>;
}

interface Props {
  asset: string; // the one it is about, as when it is begun on an asset's page
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** NewNote writes a note: type it and save, all else is optional. What was typed is kept until it is saved. */
export function NewNote({ asset, onClose, onSaved }: Props) {
  const { t } = useTranslation("notes");
  const draft = useDraft<Writing>(asset ? `notes/new/${asset}` : "notes/new", {
    kind: "observation",
    text: "",
    assets: asset ? [asset] : [],
    observed: null,
    fields: {},
  });
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={t("new.title")}>
      {draft.ready && <NoteForm draft={draft} onClose={onClose} onSaved={onSaved} />}
    </Drawer>
  );
}

function NoteForm({ draft, onClose, onSaved }: Pick<Props, "onClose" | "onSaved"> & { draft: Draft<Writing> }) {
  const { t } = useTranslation("notes");
  const { t: common } = useTranslation();
  const { entities, fieldOf } = useDefinitions();
  const add = useAdd();
  const kinds = useChoices(fieldOf("kind", "note"));
  const { kind, text, assets, observed, fields } = draft.value;
  const put = (part: Partial<Writing>) => draft.set({ ...draft.value, ...part });
  const [missing, setMissing] = useState(false);
  const refused = add.error ? problemOf(add.error).fields : {};
  const measured = entities.note.filter(({ name }) => name.startsWith("measurement."));
  const measuring = kind === "measurement" || measured.some(({ name }) => fields[name]);
  const shown = (name: string) => ["text", "assets", "observed_at"].includes(name) || (measuring && measured.some((field) => field.name === name));
  const failed = elsewhere(add.error, shown);
  const save = () => {
    if (add.isPending) return;
    setMissing(!text.trim());
    if (!text.trim()) return;
    const given = Object.entries(fields).filter(([, value]) => value !== "");
    add.mutate(
      { kind, text, assets, fields: Object.fromEntries(given), ...(observed && { observed_at: observed }) },
      {
        onSuccess: ({ id }) => {
          draft.clear();
          tell(t("new.saved"));
          onSaved(id);
        },
      },
    );
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any of the inputs
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
      }}
      noValidate
    >
      <Stack>
        <DraftNotice restored={draft.restored} onDiscard={draft.clear} />
        <FieldInput
          field={fieldOf("text", "note")}
          value={text}
          onChange={(next) => put({ text: next })}
          error={missing && !text.trim() ? t("new.textRequired") : refused["text"]}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- a note begins with its words
          autoFocus
        />
        <Kind kinds={kinds} value={kind} onChange={(next) => put({ kind: next })} />
        <AssetsPicker
          label={t("new.assets")}
          description={t("new.assetsHelp")}
          value={assets}
          onChange={(next) => put({ assets: next })}
          error={refused["assets"]}
        />
        <TimePick
          label={fieldOf("observed_at", "note").label}
          description={t("new.observedHelp")}
          placeholder={t("new.now")}
          value={observed}
          edge="start"
          onChange={(next) => put({ observed: next })}
          error={refused["observed_at"]}
        />
        <Fieldset legend={t("new.measurement")} hidden={!measuring}>
          <SimpleGrid cols={3} spacing="xs">
            {measured.map((field) => (
              <FieldInput
                key={field.name}
                field={{ ...field, help: "" }}
                value={fields[field.name] ?? ""}
                onChange={(value) => put({ fields: { ...fields, [field.name]: value } })}
                error={refused[field.name]}
              />
            ))}
          </SimpleGrid>
        </Fieldset>
        {failed !== null && <Failure error={failed} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("actions.close")}
          </Button>
          <Button type="submit" loading={add.isPending} rightSection={<Keys keys="mod+enter" />}>
            {t("new.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface KindProps {
  kinds: { value: string; label: string }[];
  value: string;
  onChange: (kind: string) => void;
}

function Kind({ kinds, value, onChange }: KindProps) {
  const { fieldOf } = useDefinitions();
  return (
    <Fieldset variant="unstyled" legend={fieldOf("kind", "note").label}>
      <Chip.Group value={value} onChange={onChange}>
        <Group gap={6}>
          {kinds.map((each) => (
            <Chip key={each.value} value={each.value} size="xs" variant="outline">
              {each.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Fieldset>
  );
}
