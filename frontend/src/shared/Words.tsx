import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./Words.module.css";

interface Props {
  words: readonly string[];
  /** label says what the words are of. */
  label: string;
}

/** Words shows a fingerprint as words that two people compare aloud. */
export function Words({ words, label }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap={4}>
      <ol className={classes.words} aria-label={label}>
        {words.map((word, at) => (
          <li key={`${at}-${word}`}>{word}</li>
        ))}
      </ol>
      <Text size="xs" c="dimmed">
        {t("words_compare")}
      </Text>
    </Stack>
  );
}
