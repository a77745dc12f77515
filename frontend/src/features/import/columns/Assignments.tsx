import { Button, Group, Menu, Popover, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmark, IconChevronDown, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { tell } from "../../../shared";
import { useAssignments, useKeepAssignment, type Assignment } from "../api/kept";
import type { Plan } from "../plan";

interface Props {
  plan: Plan;
  onUse: (assignment: Assignment) => void;
}

/** Assignments keeps what was decided about a list for the next one from the same source, and takes it up again. */
export function Assignments({ plan, onUse }: Props) {
  const { t } = useTranslation("import");
  const kept = useAssignments();
  const { keep, forget } = useKeepAssignment();
  const keepAs = (name: string) => {
    keep({ name, plan });
    tell(t("mapping.saved", { name }));
  };
  return (
    <Group gap="xs">
      <Menu position="bottom-end" disabled={kept.length === 0}>
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />} disabled={kept.length === 0}>
            {kept.length === 0 ? t("mapping.none") : t("mapping.use")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kept.map((assignment) => (
            <Menu.Item key={assignment.name} onClick={() => onUse(assignment)}>
              {assignment.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {kept.map(({ name }) => (
            <Menu.Item key={name} leftSection={<IconTrash size={14} aria-hidden />} onClick={() => forget(name)}>
              {t("mapping.remove", { name })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Keep onKeep={keepAs} />
    </Group>
  );
}

function Keep({ onKeep }: { onKeep: (name: string) => void }) {
  const { t } = useTranslation("import");
  const [opened, { toggle, close }] = useDisclosure(false);
  const form = useForm({ initialValues: { name: "" } });
  const submit = form.onSubmit(({ name }) => {
    if (name.trim() === "") return;
    onKeep(name.trim());
    form.reset();
    close();
  });
  return (
    <Popover opened={opened} onChange={(open) => !open && close()} trapFocus withArrow>
      <Popover.Target>
        <Button size="xs" variant="default" onClick={toggle} leftSection={<IconBookmark size={14} aria-hidden />}>
          {t("mapping.keep")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Stack gap="xs">
            <TextInput size="xs" label={t("mapping.name")} maxLength={100} required {...form.getInputProps("name")} />
            <Button size="xs" type="submit">
              {t("mapping.save")}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
