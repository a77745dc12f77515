import { Anchor, Badge, Button, Group, Stack, Table, Title } from "@mantine/core";
import { IconDeviceLaptop, IconKey } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device } from "../../api";
import { routes, useFormats } from "../../shared";
import { DeviceWords } from "./DeviceWords";

/** Devices lists the laptops that were let in, with how much each has written and how to know it again. */
export function Devices({ devices }: { devices: readonly Device[] }) {
  const { t } = useTranslation("members");
  const { number } = useFormats();
  const [compared, compare] = useState<Device | null>(null);
  return (
    <Stack gap="xs" component="section" aria-labelledby="devices">
      <Title order={2} size="h4" id="devices">
        {t("devices.title")}
      </Title>
      <Table verticalSpacing={4} aria-labelledby="devices">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("devices.device")}</Table.Th>
            <Table.Th>{t("devices.member")}</Table.Th>
            <Table.Th>{t("devices.role")}</Table.Th>
            <Table.Th ta="right">{t("devices.entries")}</Table.Th>
            <Table.Th>{t("devices.words")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {inOrder(devices).map((device) => (
            <Table.Tr key={device.device}>
              <Table.Th scope="row">
                <Group gap="xs" wrap="nowrap">
                  {device.role === "recovery" ? <IconKey size={16} aria-hidden /> : <IconDeviceLaptop size={16} aria-hidden />}
                  <span className="mono">{device.device.slice(0, 8)}</span>
                  {device.self && <Badge variant="light">{t("devices.this")}</Badge>}
                </Group>
              </Table.Th>
              <Table.Td>{device.role === "recovery" ? t("members.recovery") : device.member}</Table.Td>
              <Table.Td>{t(`roles.${device.role}`)}</Table.Td>
              <Table.Td ta="right" className="tabular">
                {device.events > 0 ? (
                  <Anchor renderRoot={(props) => <Link {...props} to={routes.trail} search={{ device: device.device }} />}>
                    {number(device.events)}
                  </Anchor>
                ) : (
                  number(0)
                )}
              </Table.Td>
              <Table.Td>
                {device.role !== "recovery" && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t("words.open", { device: device.device.slice(0, 8) })}
                    onClick={() => compare(device)}
                  >
                    {t("words.button")}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {compared && <DeviceWords device={compared} onClose={() => compare(null)} />}
    </Stack>
  );
}

/** inOrder lists this laptop first, then the others by member, and what is no laptop last. */
function inOrder(devices: readonly Device[]): Device[] {
  const rank = (device: Device) => (device.self ? 0 : device.role === "recovery" ? 2 : 1);
  return [...devices].sort((a, b) => rank(a) - rank(b) || a.member.localeCompare(b.member));
}
