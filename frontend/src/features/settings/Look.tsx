import { Radio, Select, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { languages } from "../../i18n";
import { native } from "../../native";
import { themes, useAppearance } from "../../shared";
import { Section } from "./Section";

/** names are each language's own, so that whoever is lost in another one finds theirs. */
const names = { en: "English", de: "Deutsch" };

/** Look changes how the program looks on this device. */
export function Look() {
  const { t } = useTranslation("settings");
  const { appearance, change } = useAppearance();
  return (
    <Section title={t("look.title")} lead={t("look.lead")}>
      <Radio.Group
        label={t("look.theme")}
        value={appearance.theme}
        onChange={(value) => change({ theme: themes.find((theme) => theme === value) ?? "system" })}
      >
        <Stack gap={6} mt={6}>
          {themes.map((theme) => (
            <Radio key={theme} value={theme} label={t(`look.themes.${theme}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        label={t("look.language")}
        description={native.kind === "window" && t("look.languageHelp")}
        data={languages.map((language) => ({ value: language, label: names[language] }))}
        value={appearance.language}
        onChange={(value) => change({ language: languages.find((language) => language === value) ?? "en" })}
        allowDeselect={false}
      />
      <Switch
        label={t("look.touch")}
        description={t("look.touchHelp")}
        checked={appearance.touch}
        onChange={(event) => change({ touch: event.currentTarget.checked })}
      />
      <Switch
        label={t("look.utc")}
        description={t("look.utcHelp")}
        checked={appearance.times === "utc"}
        onChange={(event) => change({ times: event.currentTarget.checked ? "utc" : "local" })}
      />
      <Switch
        label={t("look.letters")}
        description={t("look.lettersHelp")}
        checked={appearance.letters}
        onChange={(event) => change({ letters: event.currentTarget.checked })}
      />
    </Section>
  );
}
