import { Button, Checkbox, Group, Radio, Select, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Approved, Member } from "../../../api";
import { Failure, Words } from "../../../shared";
import { useApprove, type Request } from "../api/requests";

interface Props {
  request: Request;
  members: readonly Member[];
  onAgain: () => void;
  onGranted: (granted: Approved) => void;
}

/** Compare shows a request's words, to be compared with the screen of the laptop that asked, and lets it in. */
export function Compare({ request: { file, says }, members, onAgain, onGranted }: Props) {
  const { t } = useTranslation("members");
  const approve = useApprove();
  const people = members.filter((member) => member.role !== "recovery");
  // Who asks under the name of a member most likely brings that member's further laptop.
  const same = people.find((member) => member.name === says.member);
  const form = useForm({
    initialValues: { compared: false, whose: same ? "existing" : "new", member: same?.id ?? null },
    validate: { member: (member, { whose }) => (whose === "existing" && member === null ? t("approve.needMember") : null) },
  });
  const submit = form.onSubmit(({ whose, member }) => {
    approve.mutate({ file, member: whose === "existing" ? member : null }, { onSuccess: onGranted });
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text fw={600}>{t("approve.from", { member: says.member })}</Text>
        <Words words={says.words} label={t("approve.words")} />
        <Text size="sm">
          {t("approve.compare")} {t("approve.differ")}
        </Text>
        <Radio.Group label={t("approve.whose")} {...form.getInputProps("whose")}>
          <Stack gap="xs" mt={4}>
            <Radio value="new" label={t("approve.new", { member: says.member })} />
            <Radio value="existing" label={t("approve.existing")} />
          </Stack>
        </Radio.Group>
        {form.values.whose === "existing" && (
          <Select
            label={t("approve.member")}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps("member")}
          />
        )}
        <Checkbox label={t("approve.checked")} {...form.getInputProps("compared", { type: "checkbox" })} />
        {approve.isError && <Failure error={approve.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onAgain}>
            {t("approve.other")}
          </Button>
          <Button type="submit" disabled={!form.values.compared} loading={approve.isPending}>
            {t("approve.button")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
