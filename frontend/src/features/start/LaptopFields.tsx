import { TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../../api";
import { FolderField } from "./FolderField";
import { PassphraseFields, usePassphraseRules, type Chosen } from "./PassphraseFields";

/** Laptop is what a form for a new laptop of a person holds. */
export interface Laptop extends Chosen {
  member: string;
  dir: string;
}

export const newLaptop: Laptop = { member: "", dir: "", passphrase: "", again: "" };

/** useLaptopRules are the checks of a new laptop: somebody writes on it, under a passphrase. */
export function useLaptopRules() {
  const { t } = useTranslation("start");
  return { member: (text: string) => (text.trim() ? null : t("create.memberMissing")), ...usePassphraseRules() };
}

interface Props<V extends Laptop> {
  form: UseFormReturnType<V>;
  /** first says that the form begins with these fields. */
  first?: boolean;
}

/** LaptopFields ask who writes on this laptop, under which passphrase, and where its copy of the record lies. */
export function LaptopFields<V extends Laptop>({ form, first = false }: Props<V>) {
  const { t } = useTranslation("start");
  const { data_folder } = useProgramState();
  return (
    <>
      <TextInput
        label={t("create.member")}
        description={t("create.memberHelp")}
        autoComplete="name"
        maxLength={200}
        required
        data-autofocus={first || undefined}
        {...form.getInputProps("member")}
      />
      <PassphraseFields form={form} />
      <FolderField label={t("folder.label")} description={t("folder.help", { folder: data_folder })} {...form.getInputProps("dir")} />
    </>
  );
}
