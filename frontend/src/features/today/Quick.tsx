import { Button, Stack } from "@mantine/core";
import { IconFileImport, IconHistory, IconNotes, IconShieldCheck, IconTable } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { routes } from "../../shared";
import { Section } from "./Section";

/** Quick leads to what a day in the plant begins with. */
export function Quick() {
  const { t } = useTranslation("today");
  const look = { variant: "subtle", justify: "flex-start", size: "compact-sm", h: 30 } as const;
  return (
    <Section title={t("quick.title")}>
      <Stack gap={2} align="stretch">
        <Button {...look} leftSection={<IconNotes size={16} />} renderRoot={(props) => <Link {...props} to={routes.notes} search={{ new: true }} />}>
          {t("quick.note")}
        </Button>
        <Button {...look} leftSection={<IconTable size={16} />} renderRoot={(props) => <Link {...props} to={routes.assets} />}>
          {t("quick.assets")}
        </Button>
        <Button {...look} leftSection={<IconFileImport size={16} />} renderRoot={(props) => <Link {...props} to={routes.import} />}>
          {t("quick.import")}
        </Button>
        <Button {...look} leftSection={<IconHistory size={16} />} renderRoot={(props) => <Link {...props} to={routes.trail} />}>
          {t("quick.trail")}
        </Button>
        <Button {...look} leftSection={<IconShieldCheck size={16} />} renderRoot={(props) => <Link {...props} to={routes.trail} search={{ verify: true }} />}>
          {t("quick.verify")}
        </Button>
      </Stack>
    </Section>
  );
}
