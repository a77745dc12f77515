package localapi

import (
	"context"
	"slices"

	"fieldbook/record"
	"fieldbook/workspace"
)

// interfaces shows the interfaces of an asset, those that were removed behind the others.
func interfaces(s record.Snapshot) (list []Interface) {
	present := s.Interfaces()
	for i, id := range slices.Concat(present, s.RemovedInterfaces()) {
		shown := Interface{ID: id, Removed: i >= len(present), Removal: "interfaces/" + id + "/removed", Names: map[string]string{}, Fields: map[string]string{}}
		for _, f := range scoped(record.Interface) {
			shown.Fields[f.Name] = record.ShowPart(s, f, id)
			shown.Names[f.Name] = record.NameOfKey(record.Asset, "interfaces/"+id+"/"+f.Key, s)
		}
		list = append(list, shown)
	}
	return list
}

func addInterface(ctx context.Context, w *workspace.Workspace, in *at[FieldsEdit]) (Written, error) {
	entry, err := entryOf(w, in.Body.Reason, in.Body.ObservedAt)
	if err != nil {
		return Written{}, err
	}
	done, err := w.AddInterface(ctx, entry, in.Ref, assignments(in.Body.Fields))
	return written(done, atFields(err, record.Asset, in.Body.Fields, w.Zone()))
}
