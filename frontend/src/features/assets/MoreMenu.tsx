import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconFileImport, IconFileSpreadsheet, IconFileText, IconPrinter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useGo } from "../../shared";
import type { Format } from "./api/export";

interface Props {
  onExport: (format: Format) => void;
  onPrint: () => void;
}

/** MoreMenu takes the list out of the program, and lists in. */
export function MoreMenu({ onExport, onPrint }: Props) {
  const { t } = useTranslation("assets");
  const go = useGo();
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t("more.menu")}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileText size={16} aria-hidden />} onClick={() => onExport("csv")}>
          {t("more.csv")}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileSpreadsheet size={16} aria-hidden />} onClick={() => onExport("xlsx")}>
          {t("more.xlsx")}
        </Menu.Item>
        <Menu.Item leftSection={<IconPrinter size={16} aria-hidden />} onClick={onPrint}>
          {t("more.print")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => go("import")}>
          {t("more.import")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
