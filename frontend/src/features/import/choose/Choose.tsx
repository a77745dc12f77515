import { Alert, Button, Loader, Paper, Stack, Text } from "@mantine/core";
import { IconFileSpreadsheet, IconFolderOpen } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { native, type Picked } from "../../../native";
import { Failure, useDroppedFiles } from "../../../shared";
import { useRead, type List } from "../api/read";

/** most is the size of a list that the program takes, in bytes. */
const most = 64 * 1024 * 1024;

/** Choose takes a list by a dialog or dropped anywhere on the page. */
export function Choose({ onChosen }: { onChosen: (list: List) => void }) {
  const { t } = useTranslation("import");
  const read = useRead();
  const [wrong, setWrong] = useState("");

  const take = (picked: Picked) => {
    const large = picked.file !== undefined && picked.file.size > most;
    setWrong(large ? t("choose.large", { name: picked.name }) : "");
    if (!large) read.mutate(picked, { onSuccess: onChosen });
  };
  useDroppedFiles(([first, second]) => {
    if (second) setWrong(t("choose.one"));
    else if (first) take(first);
  });
  const choose = async () => {
    const picked = await native.pickFile("list");
    if (picked) take(picked);
  };

  return (
    <Stack maw={720} mx="auto" w="100%">
      <Text>{t("lead")}</Text>
      <Paper withBorder p="xl" style={{ borderStyle: "dashed" }}>
        <Stack align="center" gap="xs">
          {read.isPending ? <Loader size={40} /> : <IconFileSpreadsheet size={40} stroke={1.4} aria-hidden />}
          <Text role="status">{read.isPending ? t("choose.reading", { name: read.variables.name }) : t("choose.drop")}</Text>
          <Button onClick={() => void choose()} leftSection={<IconFolderOpen size={16} aria-hidden />} disabled={read.isPending}>
            {t("choose.button")}
          </Button>
          <Text size="sm" c="dimmed" ta="center">
            {t("choose.hint")}
          </Text>
        </Stack>
      </Paper>
      {wrong && (
        <Alert color="orange" role="alert">
          {wrong}
        </Alert>
      )}
      {read.isError && <Failure error={read.error} />}
    </Stack>
  );
}
