import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSetting } from "../../shared";
import { Section } from "./Section";

/** choices are the minutes without a touch after which the record locks; 0 never locks. */
const choices = [5, 10, 15, 30, 60, 240, 0];

/** usual is what holds while nobody has chosen: the program's own usualIdle (localapi). */
const usual = { minutes: 15 };

/** Locking says after which rest the program forgets the keys. The program keeps the time itself, also when the page is gone. */
export function Locking() {
  const { t } = useTranslation("settings");
  const [{ minutes }, set] = useSetting("setting/lock", usual);
  return (
    <Section title={t("lock.title")} lead={t("lock.lead")}>
      <Select
        label={t("lock.after")}
        data={choices.map((choice) => ({
          value: String(choice),
          label: choice === 0 ? t("lock.never") : t("lock.minutes", { count: choice }),
        }))}
        value={String(minutes)}
        onChange={(value) => set({ minutes: Number(value) })}
        allowDeselect={false}
      />
    </Section>
  );
}
