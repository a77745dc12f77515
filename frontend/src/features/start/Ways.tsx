import { Stack, Text, Title } from "@mantine/core";
import { IconFilePlus, IconFlask, IconFolderOpen, IconRestore, IconUsersPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../../api";
import { routes } from "../../shared";
import { Frame } from "./Frame";
import { KnownList } from "./KnownList";
import classes from "./Start.module.css";

const ways = [
  { way: "create", icon: IconFilePlus },
  { way: "join", icon: IconUsersPlus },
  { way: "open", icon: IconFolderOpen },
  { way: "restore", icon: IconRestore },
  { way: "sample", icon: IconFlask },
] as const;

/** Ways offers the records of this computer and the ways to a new one. */
export function Ways() {
  const { t } = useTranslation("start");
  const { known, current } = useProgramState();
  const some = known.length > 0 || current !== null;
  return (
    <Frame title={t("title")} lead={t("lead")} wide={some}>
      <div className={classes.columns} data-two={some || undefined}>
        {some && <KnownList />}
        <Stack gap="xs" component="section" aria-labelledby="ways">
          <Title order={2} fz="sm" id="ways" className={some ? undefined : "visually-hidden"}>
            {t("ways")}
          </Title>
          {ways.map(({ way, icon: Mark }) => (
            <Link key={way} to={routes.start} search={{ way }} className={classes.way}>
              <Mark size={22} stroke={1.6} aria-hidden />
              <span>
                <Text component="span" display="block" fw={600} size="sm">
                  {t(`${way}.title`)}
                </Text>
                <Text component="span" display="block" size="sm" c="dimmed">
                  {t(`${way}.offer`)}
                </Text>
              </span>
            </Link>
          ))}
        </Stack>
      </div>
    </Frame>
  );
}
