import { Group, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./Page.module.css";
import { PrintHead } from "./PrintHead";

interface Props {
  title: string;
  /** beside is a short word after the title, as a count or a badge. */
  beside?: ReactNode;
  actions?: ReactNode;
  /** fill gives the content the whole height below the title, for tables that scroll inside. */
  fill?: boolean;
  children: ReactNode;
}

/** Page is the frame of every screen: one heading, its actions, the content. */
export function Page({ title, beside, actions, fill = false, children }: Props) {
  useDocumentTitle(`${title} · Fieldbook`);
  return (
    <div className={classes.page} data-fill={fill || undefined}>
      <PrintHead />
      <header className={classes.head}>
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          {beside}
        </Group>
        {actions && (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </header>
      <div className={classes.body}>{children}</div>
    </div>
  );
}
