import { Modal, SimpleGrid, Stack, Table, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Keys, useAppearance } from "../shared";
import { useHelp } from "./overlays";
import { places } from "./places";
import { useShortcutGroups } from "./ShortcutRegistry";

/** HelpSheet lists the keys that work now: those of the shell, and those of the screen behind it. */
export function HelpSheet() {
  const { t } = useTranslation("app");
  const { opened, close } = useHelp();
  const { appearance } = useAppearance();
  const groups = useShortcutGroups().filter(({ items }) => items.length > 0);
  const jumps = places.map(({ screen, letter }) => ({ keys: `G ${letter}`, label: t(`screens.${screen}`) }));
  const shown = appearance.letters ? [...groups, { title: t("shortcuts.jump"), items: jumps }] : groups;
  return (
    <Modal opened={opened} onClose={close} title={t("actions.shortcuts")} size="xl">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {shown.map(({ title, items }) => (
          <Stack key={title} gap={4} component="section" aria-label={title}>
            <Title order={3} fz="sm">
              {title}
            </Title>
            <Table verticalSpacing={4} fz="sm" withRowBorders={false}>
              <Table.Tbody>
                {items.map(({ keys, label }) => (
                  <Table.Tr key={keys + label}>
                    <Table.Th scope="row" fw={400}>
                      {label}
                    </Table.Th>
                    <Table.Td ta="right">
                      <Keys keys={keys} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  );
}
