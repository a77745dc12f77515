import { Accordion, Button, FileButton, PasswordInput, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { RemoteForm, useRemoteForm, type RemoteFormProps } from "./RemoteForm";

/** ServiceForm asks for a sync service: what every one needs first, what few need behind. */
export function ServiceForm(props: RemoteFormProps) {
  const { t } = useTranslation("sync");
  const form = useRemoteForm((url) => (/^https?:\/\/./.test(url.trim()) ? null : t("addForm.needUrl")));
  const certificate = async (file: File | null) => {
    if (file) form.setFieldValue("certificate", await file.text());
  };
  return (
    <RemoteForm form={form} {...props}>
      <TextInput
        required
        type="url"
        label={t("addForm.url")}
        placeholder={t("addForm.urlPlaceholder")}
        {...form.getInputProps("url")}
      />
      <PasswordInput
        label={t("addForm.invitation")}
        description={t("addForm.invitationHelp")}
        autoComplete="off"
        {...form.getInputProps("invitation")}
      />
      <Switch
        label={t("addForm.sealed")}
        description={t("addForm.sealedHelp")}
        {...form.getInputProps("sealed", { type: "checkbox" })}
      />
      <Accordion variant="contained">
        <Accordion.Item value="more">
          <Accordion.Control>{t("addForm.more")}</Accordion.Control>
          <Accordion.Panel>
            <Stack>
              <TextInput
                type="url"
                label={t("addForm.second")}
                description={t("addForm.secondHelp")}
                {...form.getInputProps("second")}
              />
              <Textarea
                label={t("addForm.certificate")}
                description={t("addForm.certificateHelp")}
                autosize
                minRows={2}
                maxRows={6}
                spellCheck={false}
                {...form.getInputProps("certificate")}
              />
              <FileButton accept=".pem,.crt,.cer" onChange={(file) => void certificate(file)}>
                {(props) => (
                  <Button {...props} variant="default" size="xs" w="fit-content">
                    {t("addForm.certificateFile")}
                  </Button>
                )}
              </FileButton>
              <TextInput
                label={t("addForm.token")}
                description={t("addForm.tokenHelp")}
                spellCheck={false}
                {...form.getInputProps("token_file")}
              />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </RemoteForm>
  );
}
