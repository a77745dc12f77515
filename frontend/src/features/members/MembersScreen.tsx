import { Button, Stack, Text } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useProgramState } from "../../api";
import { Answer, Page, useAddress } from "../../shared";
import { useDevices, useMembers } from "./api/people";
import { Approve } from "./approve/Approve";
import { Devices } from "./Devices";
import { Members } from "./Members";

/** MembersScreen shows who writes in this record and on which laptops, and lets new ones in. */
export function MembersScreen() {
  const { t } = useTranslation("members");
  const { me } = useProgramState();
  const members = useMembers();
  const devices = useDevices();
  const [{ request = false }, change] = useAddress("members");
  return (
    <Page
      title={t("title")}
      actions={
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => change({ request: true })}>
          {t("approve.open")}
        </Button>
      }
    >
      <Answer query={members}>
        {(people) => (
          <Answer query={devices}>
            {(laptops) => (
              <Stack maw={960} gap="lg">
                <Text size="sm" c="dimmed">
                  {t("lead")}
                </Text>
                <Members members={people} devices={laptops} me={me} />
                <Devices devices={laptops} />
                {request && <Approve members={people} me={me} onClose={() => change({ request: undefined })} />}
              </Stack>
            )}
          </Answer>
        )}
      </Answer>
    </Page>
  );
}
