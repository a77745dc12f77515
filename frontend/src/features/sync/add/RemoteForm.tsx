import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { emptyRemote, type NewRemote } from "../api/add";

export interface RemoteFormProps {
  busy: boolean;
  onSubmit: (remote: NewRemote) => void;
}

/** useRemoteForm holds what is said about a new place to sync; check says what is wrong with its address. */
export function useRemoteForm(check: (url: string) => string | null) {
  const { t } = useTranslation("sync");
  return useForm({
    initialValues: emptyRemote,
    validate: { name: (name) => (name.trim() ? null : t("addForm.needName")), url: check },
  });
}

interface Props extends RemoteFormProps {
  form: UseFormReturnType<NewRemote>;
  placeholder?: string;
  /** children ask where it is, and what else there is to say. */
  children: ReactNode;
}

/** RemoteForm asks for a place to sync: what to call it, then what its kind needs. */
export function RemoteForm({ form, placeholder, busy, onSubmit, children }: Props) {
  const { t } = useTranslation("sync");
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack>
        <TextInput
          required
          data-autofocus
          label={t("addForm.name")}
          placeholder={placeholder}
          maxLength={64}
          {...form.getInputProps("name")}
        />
        {children}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t("addForm.submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
