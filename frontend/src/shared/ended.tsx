import { Anchor, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";

interface End {
  id: string;
  title: string;
  text: string;
  failed: boolean;
  /** back leads to what came of it. */
  back: (() => void) | null;
}

/** tellEnd says in a corner of the window what ended on a screen that was left, until the person has read it or is there again. */
export function tellEnd({ id, title, failed, ...said }: End): void {
  notifications.show({ id, title, message: <Ended {...said} />, autoClose: false, ...(failed && { color: "red" }) });
}

function Ended({ text, back }: Pick<End, "text" | "back">) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" c="var(--mantine-color-text)">
        {text}
      </Text>
      {back && (
        <Anchor component="button" type="button" size="sm" onClick={back}>
          {t("job.show")}
        </Anchor>
      )}
    </>
  );
}
