import { Stack, Text, Title } from "@mantine/core";
import { useId, type ReactNode } from "react";
import classes from "./Settings.module.css";

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** Section is one group of settings. */
export function Section({ title, lead, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <Stack gap="sm">
        <div>
          <Title order={2} fz="md" id={id}>
            {title}
          </Title>
          {lead && (
            <Text size="sm" c="dimmed">
              {lead}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </section>
  );
}
