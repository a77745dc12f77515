import { Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Asked } from "../../api";
import { Failure } from "../../shared";
import { useAsk } from "./api/ask";
import { putErrors } from "./errors";
import { Frame } from "./Frame";
import { LaptopFields, newLaptop, useLaptopRules } from "./LaptopFields";

/** AskForm makes the request to join. */
export function AskForm({ onAsked }: { onAsked: (asked: Asked) => void }) {
  const { t } = useTranslation("start");
  const ask = useAsk();
  const form = useForm({ initialValues: newLaptop, validate: useLaptopRules() });
  const submit = ({ member, dir, passphrase }: typeof form.values) =>
    ask.mutate({ member, passphrase, ...(dir && { dir }) }, { onSuccess: onAsked, onError: putErrors(form) });
  return (
    <Frame title={t("join.title")} lead={t("join.lead")} back>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="sm">
          <LaptopFields form={form} first />
          {ask.error && <Failure error={ask.error} />}
          <Button type="submit" loading={ask.isPending}>
            {t("join.submit")}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
