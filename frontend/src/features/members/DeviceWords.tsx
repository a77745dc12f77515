import { Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Device } from "../../api";
import { Words } from "../../shared";

interface Props {
  device: Device;
  onClose: () => void;
}

/** DeviceWords shows the words over a laptop's keys, to know it again: the laptop itself shows the same ones. */
export function DeviceWords({ device, onClose }: Props) {
  const { t } = useTranslation("members");
  return (
    <Modal opened onClose={onClose} size="lg" title={t("words.title", { device: device.device.slice(0, 8) })}>
      <Stack>
        <Text size="sm">{t(device.self ? "words.self" : "words.other", { member: device.member })}</Text>
        <Words words={device.words} label={t("words.label")} />
      </Stack>
    </Modal>
  );
}
