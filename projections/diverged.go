package projections

import (
	"encoding/json"
	"fmt"

	"fieldbook/eventstore"
	"fieldbook/record"
	"fieldbook/wording"
)

// kindDiverged is a document that a sync service, holding the same entries, has otherwise than this device.
const kindDiverged = "diverged"

// divergedKey is where the log's settings keep what diverges, by the name of the remote. It is no part of the read models: a
// rebuild does not know what a service said.
const divergedKey = "projections.diverged"

// SetDiverged keeps which documents a remote has otherwise than this device, in place of what was kept of that remote before.
// Each is a finding until the next comparison says otherwise, on this device only: it is no part of the digest.
func (m *Models) SetDiverged(tx *eventstore.Tx, remote string, streams []record.ID) error {
	kept, err := readDiverged(tx)
	if err != nil {
		return err
	}
	if len(streams) == 0 && len(kept[remote]) == 0 {
		return nil
	}
	delete(kept, remote)
	for _, id := range streams {
		kept[remote] = append(kept[remote], id.String())
	}
	raw, err := json.Marshal(kept)
	if err == nil {
		err = tx.SetMeta(divergedKey, raw)
	}
	if err != nil {
		return fmt.Errorf("keeping what diverges: %w", err)
	}
	return nil
}

func readDiverged(tx *eventstore.Tx) (map[string][]string, error) {
	kept := map[string][]string{}
	raw, err := tx.Meta(divergedKey)
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, &kept)
	}
	if err != nil {
		return nil, fmt.Errorf("reading what diverges: %w", err)
	}
	return kept, nil
}

// diverged are the findings of documents that a remote has otherwise.
func diverged(tx *eventstore.Tx) (found []finding, err error) {
	kept, err := readDiverged(tx)
	for remote, ids := range kept {
		for _, id := range ids {
			found = append(found, finding{Kind: kindDiverged, Subjects: []string{id}, Key: remote})
		}
	}
	return found, err
}

// detailDiverged says which document it is, and what to do.
func (t table) detailDiverged(f *storedFinding) (wording.Sentence, error) {
	what := wording.Say("document {0}", f.Subjects[0])
	id, err := record.ParseID(f.Subjects[0])
	if err != nil {
		return wording.Sentence{}, err
	}
	_, row, err := t.readDoc(id)
	switch {
	case err != nil:
		return wording.Sentence{}, err
	case row.entity == record.Asset:
		what = wording.Say("{0}/{1}", row.site, row.tag)
	case row.entity != "":
		what = wording.Say("{0} {1}", wording.Say(wording.Pattern(row.entity)), f.Subjects[0])
	}
	return wording.Say("{0} is not the same at the remote {1}, which holds the same entries; nothing was overwritten. "+
		"Verifying deeply tells whether this laptop is right; then the service must be rebuilt", what, f.Key), nil
}
