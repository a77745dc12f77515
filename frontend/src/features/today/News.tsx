import { Button, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { News as Told } from "../../api";
import { Answer, Empty, Failure, useFormats } from "../../shared";
import { useLooked } from "./api/looked";
import { useNews } from "./api/news";
import { actsOf, peopleOf, type Person } from "./digest";
import { Section } from "./Section";
import { Subjects } from "./Subjects";

/** News tells what others changed since this person last said that they had seen it. */
export function News() {
  const { t } = useTranslation("today");
  const format = useFormats();
  const { looked, error, mark, marking } = useLooked();
  const news = useNews(looked?.position ?? null);
  const count = news.data?.items.length ?? 0;
  return (
    <Section
      title={t("news.title")}
      beside={
        <Text size="xs" c="dimmed">
          {looked?.at ? t("news.since", { time: format.moment(looked.at) }) : t("news.ever")}
        </Text>
      }
      actions={
        count > 0 && (
          <Button size="xs" variant="default" leftSection={<IconCheck size={14} />} loading={marking} onClick={() => news.data && mark(news.data.position)}>
            {t("news.seen")}
          </Button>
        )
      }
    >
      {error ? <Failure error={error} /> : <Answer query={news}>{(told) => <Told told={told} />}</Answer>}
    </Section>
  );
}

function Told({ told }: { told: Told }) {
  const { t } = useTranslation("today");
  const acts = actsOf(told.items);
  const people = peopleOf(acts);
  const older = told.total - acts.length;
  if (people.length === 0) {
    return (
      <Empty icon={IconUsers} title={t("news.none")}>
        {t("news.noneHint")}
      </Empty>
    );
  }
  return (
    <Stack gap="md">
      {people.map((person) => (
        <By key={person.id} person={person} />
      ))}
      {older > 0 && (
        <Text size="sm" c="dimmed">
          {t("news.more", { count: older })}
        </Text>
      )}
    </Stack>
  );
}

function By({ person }: { person: Person }) {
  const { t } = useTranslation("today");
  const title = t("news.person", { name: person.name, count: person.count });
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {title}
      </Title>
      <Subjects person={person} label={title} />
    </div>
  );
}
