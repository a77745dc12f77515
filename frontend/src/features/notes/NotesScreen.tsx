import { Button } from "@mantine/core";
import { IconNotebook, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useProgramState, type Note } from "../../api";
import { Answer, Empty, Keys, Page, useAddress, usePinned, useShortcuts } from "../../shared";
import { Filters } from "./Filters";
import { NewNote } from "./NewNote";
import { NoteList } from "./NoteList";
import { NotePane } from "./NotePane";
import { useNote, useNotes } from "./api/list";
import styles from "./notes.module.css";

/** NotesScreen is the journal: what people saw and did, newest first, beside the note that is being read. */
export function NotesScreen() {
  const { t } = useTranslation("notes");
  const [address, change] = useAddress("notes");
  const { search = "", kind = "", state = "", asset = "", note = "" } = address;
  const notes = useNotes({ search, kind, state, asset });
  const pinned = usePinned(JSON.stringify([search, kind, state, asset]), notes.isPlaceholderData ? undefined : notes.data?.pages[0]?.items[0]?.id);
  const writes = (useProgramState().me?.role ?? "auditor") !== "auditor";
  const write = () => writes && change({ new: true });
  useShortcuts(t("title"), [{ keys: "C", label: t("new.open"), run: write }]);
  const filtered = search !== "" || kind !== "" || state !== "" || asset !== "";
  return (
    <Page
      fill
      title={t("title")}
      actions={
        writes && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} rightSection={<Keys keys="N" />} onClick={write}>
            {t("new.open")}
          </Button>
        )
      }
    >
      <Filters search={search} kind={kind} state={state} asset={asset} onChange={(part) => change({ ...part, note: undefined })} />
      <Answer query={notes}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0 && !note)
            return (
              <Empty icon={IconNotebook} title={t(filtered ? "empty.nothing" : "empty.none")}>
                {t(filtered ? "empty.nothingHelp" : "empty.noneHelp")}
              </Empty>
            );
          const open = note || pinned;
          return (
            <div className={styles.panes}>
              <NoteList
                items={items}
                total={pages[0]?.total ?? items.length}
                open={open}
                onOpen={(id) => change({ note: id })}
                more={notes.hasNextPage ? () => void notes.fetchNextPage() : undefined}
                loading={notes.isFetchingNextPage}
              />
              <Reading id={open} listed={items.find(({ id }) => id === open)} writes={writes} onOpen={(id) => change({ note: id })} />
            </div>
          );
        }}
      </Answer>
      {address.new && writes && (
        <NewNote asset={asset} onClose={() => change({ new: undefined })} onSaved={(id) => change({ new: undefined, note: id })} />
      )}
    </Page>
  );
}

interface Props {
  id: string;
  listed: Note | undefined;
  writes: boolean;
  onOpen: (id: string) => void;
}

/** Reading shows the note that was asked for, whether the list has it or not, or says why it cannot; never another in its place. */
function Reading({ id, listed, ...given }: Props) {
  const note = useNote(id, listed);
  return <Answer query={note}>{(found) => <NotePane key={found.id} note={found} {...given} />}</Answer>;
}
