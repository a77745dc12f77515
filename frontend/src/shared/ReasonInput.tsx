import { Autocomplete, type AutocompleteProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useReasons } from "./reasons";

/** ReasonInput asks why, and offers the reasons given lately to who types or asks for them: a list that opened by itself would lie over the buttons. */
export function ReasonInput(props: AutocompleteProps) {
  const { t } = useTranslation();
  const { recent } = useReasons();
  return (
    <Autocomplete
      label={t("reason.label")}
      description={t("reason.help")}
      placeholder={t("reason.placeholder")}
      data={recent}
      autoComplete="off"
      maxLength={500}
      openOnFocus={false}
      {...props}
    />
  );
}
