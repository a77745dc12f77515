import { Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconHourglass, IconLock, IconLockOpen } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../../api";
import { Failure, useGo } from "../../shared";
import { useSelect } from "./api/select";
import classes from "./Start.module.css";

/** KnownList are the records that this computer has, to be opened with a click and the passphrase. */
export function KnownList() {
  const { t } = useTranslation("start");
  const { known, current, phase } = useProgramState();
  const go = useGo();
  const select = useSelect();
  const others = known.filter(({ dir }) => dir !== current?.dir);
  const choose = (dir: string) =>
    select.mutate(dir, { onSuccess: (state) => (state.phase === "locked" ? go("unlock") : go("start")) });
  const resume = () => {
    if (phase === "open") go("today");
    else if (phase === "locked") go("unlock");
    else go("start", { search: { way: "join" } });
  };
  const marks = { locked: IconLock, requested: IconHourglass, open: IconLockOpen, none: IconLock };
  const rows = [...(current ? [{ ...current, phase }] : []), ...others];
  return (
    <Stack gap="xs" component="section" aria-labelledby="known">
      <Title order={2} fz="sm" id="known">
        {t("known.title")}
      </Title>
      {rows.map((row) => {
        const Mark = marks[row.phase];
        const enter = () => (row.dir === current?.dir ? resume() : choose(row.dir));
        return (
          <UnstyledButton key={row.dir} className={classes.way} onClick={enter} disabled={select.isPending}>
            <Mark size={20} stroke={1.6} aria-hidden />
            <span>
              <Text component="span" display="block" fw={600} size="sm">
                {row.name}
              </Text>
              <Text component="span" display="block" size="xs" c="dimmed" className="path">
                {t(`known.${row.phase}`)} · {row.dir}
              </Text>
            </span>
          </UnstyledButton>
        );
      })}
      {select.error && <Failure error={select.error} />}
    </Stack>
  );
}
