import { Group, Paper, Title } from "@mantine/core";
import { useId, type ReactNode } from "react";

interface Props {
  title: string;
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** Section is one part of the day, with its own heading to jump to. */
export function Section({ title, beside, actions, children }: Props) {
  const id = useId();
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby={id}>
      <Group justify="space-between" gap="xs" mb="xs" mih={30}>
        <Group gap="xs" align="baseline">
          <Title order={2} size="h5" id={id}>
            {title}
          </Title>
          {beside}
        </Group>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}
