import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from "@mantine/core";
import { IconChevronDown, IconTrash } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useKeep, useKeptUnder } from "../../../api";
import { tell } from "../../../shared";
import { readView, type View } from "../layout";

interface Props {
  current: View;
  onApply: (view: View) => void;
}

const prefix = "view/assets/";

/** ViewsMenu keeps what is listed and how under a name, on this device, and brings it back. */
export function ViewsMenu({ current, onApply }: Props) {
  const { t } = useTranslation("assets");
  const [opened, setOpened] = useState(false);
  const { data: kept = [] } = useKeptUnder(prefix);
  const { discard } = useKeep();
  const views = kept.map(({ key, value }) => ({ key, name: key.slice(prefix.length), view: readView(value) }));
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={300} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />} onClick={() => setOpened(!opened)}>
          {t("views.menu")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {views.length === 0 && <Text size="sm">{t("views.none")}</Text>}
          {views.map(({ key, name, view }) => (
            <Group key={key} gap={4} wrap="nowrap">
              <Button
                variant="subtle"
                justify="flex-start"
                flex={1}
                onClick={() => {
                  setOpened(false);
                  onApply(view);
                }}
              >
                {name}
              </Button>
              <ActionIcon aria-label={t("views.remove", { name })} onClick={() => discard.mutate(key)}>
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          ))}
          <SaveView current={current} onSaved={() => setOpened(false)} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function SaveView({ current, onSaved }: { current: View; onSaved: () => void }) {
  const { t } = useTranslation("assets");
  const [name, setName] = useState("");
  const [error, setError] = useState("");
  const { keep } = useKeep();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = name.trim();
    if (!chosen) {
      setError(t("views.nameRequired"));
      return;
    }
    keep.mutate(
      { key: prefix + chosen, value: current },
      {
        onSuccess: () => {
          tell(t("views.saved", { name: chosen }));
          onSaved();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} aria-label={t("views.saveTitle")} noValidate>
      <Stack gap="xs">
        <TextInput
          label={t("views.name")}
          description={t("views.nameHelp")}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setError("");
          }}
          error={error || keep.error?.message}
          maxLength={60}
          required
        />
        <Button type="submit" variant="default" loading={keep.isPending}>
          {t("views.save")}
        </Button>
      </Stack>
    </form>
  );
}
