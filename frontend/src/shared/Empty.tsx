import { Stack, Text, ThemeIcon } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  icon: Icon;
  title: string;
  /** children says in a sentence what would be here and how it gets here. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Empty is a screen or list that has nothing yet and says what to do about it. */
export function Empty({ icon: Mark, title, children, action }: Props) {
  return (
    <Stack align="center" gap="xs" p="xl" maw={480} mx="auto" ta="center">
      <ThemeIcon variant="light" size="xl" radius="xl" aria-hidden>
        <Mark size={22} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {children && (
        <Text c="dimmed" size="sm" component="div">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
