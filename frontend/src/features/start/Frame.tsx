import { Anchor, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { routes } from "../../shared";
import classes from "./Start.module.css";
import mark from "./mark.svg";

interface Props {
  title: string;
  /** lead is a sentence below the title. */
  lead?: ReactNode;
  /** back shows the way back to the choice of ways. */
  back?: boolean;
  wide?: boolean;
  children: ReactNode;
}

/** Frame is the page before a workspace is open. */
export function Frame({ title, lead, back = false, wide = false, children }: Props) {
  const { t } = useTranslation("start");
  useDocumentTitle(`${title} · Fieldbook`);
  return (
    <main className={classes.frame} id="main" tabIndex={-1}>
      <Paper className={classes.card} data-wide={wide || undefined} withBorder>
        <Stack gap="lg">
          <Group justify="space-between">
            <Group gap="xs">
              <img src={mark} alt="" width={24} height={24} />
              <Text fw={650}>Fieldbook</Text>
            </Group>
            {back && (
              <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.start} search={{}} />}>
                <Group gap={4} component="span">
                  <IconArrowLeft size={16} aria-hidden />
                  {t("back")}
                </Group>
              </Anchor>
            )}
          </Group>
          <div>
            <Title order={1} fz="h2">
              {title}
            </Title>
            {lead && (
              <Text c="dimmed" mt={4} component="div">
                {lead}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </Paper>
    </main>
  );
}
