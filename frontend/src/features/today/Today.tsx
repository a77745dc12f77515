import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Page } from "../../shared";
import { Activity } from "./Activity";
import { Look } from "./Look";
import { News } from "./News";
import { Quick } from "./Quick";
import { Sending } from "./Sending";
import classes from "./Today.module.css";

/** Today says what waits for this person: what to decide, what others did, what has not left this laptop. */
export function Today() {
  const { t } = useTranslation("today");
  return (
    <Page title={t("title")}>
      <div className={classes.columns}>
        <Stack gap="sm" miw={0}>
          <Look />
          <News />
        </Stack>
        <Stack gap="sm" miw={0}>
          <Sending />
          <Quick />
          <Activity />
        </Stack>
      </div>
    </Page>
  );
}
