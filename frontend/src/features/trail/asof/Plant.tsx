import { Anchor, Button, Checkbox, Group, Pagination, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPrinter, IconSearch, IconTableOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty, Failure, Loading, routes, useFormats } from "../../../shared";
import { pageSize, usePlant } from "../api/plant";
import { PlantTable } from "./PlantTable";
import { useCompared } from "./useCompared";

/** Plant lists the assets as they stood at a time, and marks what differs from now. */
export function Plant({ at }: { at: string }) {
  const { t } = useTranslation(["trail", "common"]);
  const format = useFormats();
  const [page, setPage] = useState(0);
  const [typed, setTyped] = useState("");
  const [only, setOnly] = useState(false);
  const [search] = useDebouncedValue(typed.trim(), 200);
  const then = usePlant(at, page, search);
  const { present, total, ready, error } = useCompared(then.data?.items ?? [], page, search);
  if (then.error ?? error) return <Failure error={then.error ?? error} retry={() => void then.refetch()} />;
  if (!then.data) return <Loading />;
  const lines = then.data.items.map((asset) => ({ asset, compared: present(asset) }));
  const differing = lines.filter(({ compared }) => compared.state === "changed" || compared.state === "gone");
  const pages = Math.ceil(then.data.total / pageSize);
  return (
    <>
      <Group gap="sm" mb="xs" justify="space-between">
        <Text size="sm" role="status">
          {t("asof.count", { count: then.data.total })} · {t("asof.today", { count: total })} ·{" "}
          {ready ? (differing.length > 0 ? t("asof.differing", { count: differing.length }) : t("asof.same")) : t("asof.comparing")}
        </Text>
        <Group gap="sm" className="no-print">
          <TextInput
            size="xs"
            w={180}
            aria-label={t("asof.search")}
            placeholder={t("asof.search")}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setPage(0);
            }}
          />
          <Checkbox size="xs" label={t("asof.onlyDifferent")} checked={only} onChange={(event) => setOnly(event.currentTarget.checked)} />
          <Anchor size="sm" renderRoot={(props) => <Link {...props} to={routes.trail} search={{ since: new Date(Date.parse(at) + 1).toISOString() }} />}>
            {t("asof.trail")}
          </Anchor>
          <Button size="xs" variant="default" leftSection={<IconPrinter size={14} />} onClick={() => window.print()}>
            {t("common:actions.print")}
          </Button>
        </Group>
      </Group>
      {then.data.total === 0 ? (
        <Empty icon={IconTableOff} title={t(search ? "asof.noneFound" : "asof.none")}>
          {!search && t("asof.noneHint")}
        </Empty>
      ) : (
        <PlantTable lines={only ? differing : lines} at={at} caption={t("asof.caption", { time: format.utc(at) })} />
      )}
      {pages > 1 && <Pagination mt="xs" size="sm" total={pages} value={page + 1} onChange={(next) => setPage(next - 1)} aria-label={t("asof.page")} className="no-print" />}
    </>
  );
}
