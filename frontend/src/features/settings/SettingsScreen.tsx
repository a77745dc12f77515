import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Page } from "../../shared";
import { About } from "./About";
import { Backup } from "./Backup";
import { Doctor } from "./Doctor";
import { Locking } from "./Locking";
import { Look } from "./Look";
import { Passphrase } from "./Passphrase";
import classes from "./Settings.module.css";

/** SettingsScreen holds what belongs to this device alone. */
export function SettingsScreen() {
  const { t } = useTranslation("settings");
  return (
    <Page title={t("title")}>
      <div className={classes.grid}>
        <Stack gap="md">
          <Look />
          <About />
        </Stack>
        <Stack gap="md">
          <Locking />
          <Passphrase />
          <Backup />
          <Doctor />
        </Stack>
      </div>
    </Page>
  );
}
