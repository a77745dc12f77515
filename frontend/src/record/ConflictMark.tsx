import { Anchor, Badge, Popover, Stack, Table, Text, UnstyledButton } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Conflict } from "../api";
import { routes, Time } from "../shared";

interface Props {
  /** conflict lists the values; without it, as in a table, the mark only says how many fields have several. */
  conflict?: Conflict;
  count?: number;
}

/** ConflictMark says at a field that it holds several values, and shows each with who wrote it, when and why. */
export function ConflictMark({ conflict, count }: Props) {
  const { t } = useTranslation("record");
  const values = conflict?.values.length ?? count ?? 2;
  const mark = (
    <Badge color="orange" variant="light" size="sm" leftSection={<IconArrowsSplit2 size={12} aria-hidden />}>
      {t("conflict.mark", { count: values })}
    </Badge>
  );
  if (!conflict) return mark;
  return (
    <Popover width={420} withArrow trapFocus>
      <Popover.Target>
        <UnstyledButton aria-label={t("conflict.open", { count: values })}>{mark}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm">{t("conflict.sentence")}</Text>
          <Table fz="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("conflict.value")}</Table.Th>
                <Table.Th>{t("conflict.who")}</Table.Th>
                <Table.Th>{t("conflict.when")}</Table.Th>
                <Table.Th>{t("conflict.why")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {conflict.values.map((value, at) => (
                <Table.Tr key={`${value.device}-${value.value}`}>
                  <Table.Td fw={at === 0 ? 600 : undefined}>{value.display}</Table.Td>
                  <Table.Td>{value.member}</Table.Td>
                  <Table.Td>{value.recorded_at && <Time at={value.recorded_at} />}</Table.Td>
                  <Table.Td>{value.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.findings} search={{ finding: conflict.id }} />}>
            {t("conflict.decide")}
          </Anchor>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
