import { Button } from "@mantine/core";
import { IconFilterOff, IconHistory } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Empty, Failure, Loading } from "../../../shared";
import { useTrail } from "../api/trail";
import { filterNames, type Filter } from "../filter/filter";
import { Filters } from "../filter/Filters";
import { Feed } from "./Feed";
import { batchesOf, entriesOf } from "./group";

interface Props {
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

/** Timeline shows the trail newest first, and loads older entries as one scrolls. */
export function Timeline({ filter, onFilter }: Props) {
  const { t } = useTranslation("trail");
  const trail = useTrail(filter);
  const pages = trail.data?.pages;
  const batches = useMemo(() => batchesOf(entriesOf(pages?.flatMap((page) => page.items) ?? [])), [pages]);
  const narrow = filterNames.some((name) => filter[name] !== undefined);
  return (
    <>
      <Filters filter={filter} onChange={onFilter} />
      {trail.isPending ? (
        <Loading />
      ) : trail.error ? (
        <Failure error={trail.error} retry={() => void trail.refetch()} />
      ) : batches.length > 0 ? (
        <Feed
          batches={batches}
          filter={filter}
          onFilter={onFilter}
          more={trail.hasNextPage}
          loading={trail.isFetchingNextPage}
          onMore={() => void trail.fetchNextPage()}
        />
      ) : narrow ? (
        <Empty icon={IconFilterOff} title={t("timeline.empty")} action={<Button onClick={() => onFilter({})}>{t("filter.reset")}</Button>}>
          {t("timeline.emptyHint")}
        </Empty>
      ) : (
        <Empty icon={IconHistory} title={t("timeline.none")}>
          {t("timeline.noneHint")}
        </Empty>
      )}
    </>
  );
}
