import { PasswordInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

/** Chosen is what a form for a new passphrase holds. */
export interface Chosen {
  passphrase: string;
  again: string;
}

/** usePassphraseRules are the checks of a new passphrase: it is there, and typed the same twice. */
export function usePassphraseRules() {
  const { t } = useTranslation("start");
  return {
    passphrase: (text: string) => (text ? null : t("passphrase.missing")),
    again: (text: string, values: Chosen) => (text === values.passphrase ? null : t("passphrase.differs")),
  };
}

/** PassphraseFields ask for a new passphrase, twice: nobody can look it up or reset it. */
export function PassphraseFields<V extends Chosen>({ form }: { form: UseFormReturnType<V> }) {
  const { t } = useTranslation("start");
  return (
    <>
      <PasswordInput
        label={t("passphrase.new")}
        description={t("passphrase.help")}
        autoComplete="new-password"
        required
        {...form.getInputProps("passphrase")}
      />
      <PasswordInput label={t("passphrase.again")} autoComplete="new-password" required {...form.getInputProps("again")} />
    </>
  );
}
