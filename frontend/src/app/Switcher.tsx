import { Menu, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown, IconLock, IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ok, useEnter, useProgramState } from "../api";
import { flushDrafts, tell, useGo } from "../shared";
import { useSwitcher } from "./overlays";
import classes from "./Switcher.module.css";

/** Switcher names the open workspace and leads to the others; the one that is left is locked. */
export function Switcher() {
  const { t } = useTranslation("app");
  const { workspace, current, known } = useProgramState();
  const { opened, set } = useSwitcher();
  const go = useGo();
  const select = useSelect();
  const others = known.filter(({ dir }) => dir !== current?.dir);
  return (
    <Menu opened={opened} onChange={set} width={280} position="bottom-start" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={t("switcher.label", { name: workspace?.name ?? "" })}>
          <span className={classes.name}>{workspace?.name}</span>
          <IconChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("switcher.title")}</Menu.Label>
        <Menu.Item leftSection={<IconCheck size={16} aria-hidden />} onClick={() => go("today")}>
          {workspace?.name}
          <Text size="xs" c="dimmed" className="path">
            {current?.dir}
          </Text>
        </Menu.Item>
        {others.map((other) => (
          <Menu.Item key={other.dir} leftSection={<IconLock size={16} aria-hidden />} onClick={() => select.mutate(other.dir)}>
            {other.name}
            <Text size="xs" c="dimmed" className="path">
              {other.dir}
            </Text>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go("start")}>
          {t("switcher.add")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSelect() {
  const client = useQueryClient();
  const enter = useEnter();
  const { t } = useTranslation("app");
  return useMutation({
    mutationFn: async (dir: string) => {
      await flushDrafts(client);
      return ok(api.POST("/workspaces/select", { body: { dir } }));
    },
    onSuccess: enter,
    onError: (error) => tell(error.message, t("switcher.failed")),
  });
}
