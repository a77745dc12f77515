import { Badge, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Device, Me, Member } from "../../api";

interface Props {
  members: readonly Member[];
  devices: readonly Device[];
  me: Me | null;
}

/** Members lists the people of the record with what their role lets them do. */
export function Members({ members, devices, me }: Props) {
  const { t } = useTranslation("members");
  return (
    <Stack gap="xs" component="section" aria-labelledby="members">
      <Title order={2} size="h4" id="members">
        {t("members.title")}
      </Title>
      <Table verticalSpacing={4} aria-labelledby="members">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("members.name")}</Table.Th>
            <Table.Th>{t("members.role")}</Table.Th>
            <Table.Th ta="right">{t("members.laptops")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {byName(members, me).map((member) => (
            <Table.Tr key={member.id}>
              <Table.Th scope="row">
                <Group gap="xs">
                  {member.role === "recovery" ? t("members.recovery") : member.name}
                  {member.id === me?.member_id && <Badge variant="light">{t("members.you")}</Badge>}
                </Group>
              </Table.Th>
              <Table.Td>
                {t(`roles.${member.role}`)}
                <Text span size="sm" c="dimmed">
                  {" "}
                  · {t(`may.${member.role}`)}
                </Text>
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {member.role === "recovery" ? "–" : devices.filter((device) => device.member_id === member.id).length}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** byName lists oneself first, then the others by name. */
function byName(members: readonly Member[], me: Me | null): Member[] {
  const rank = (member: Member) => (member.id === me?.member_id ? 0 : 1);
  return [...members].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
