package localapi

import "context"

func (s *Server) createSession(ctx context.Context, in *body[Token]) (out Session, err error) {
	return out, errUnready
}
func (s *Server) getState(ctx context.Context, in *none) (out State, err error) {
	return out, errUnready
}
func (s *Server) waitForChange(ctx context.Context, in *waitInput) (out Change, err error) {
	return out, errUnready
}
func (s *Server) foundWorkspace(ctx context.Context, in *body[Found]) (out Founded, err error) {
	return out, errUnready
}
func (s *Server) askToJoin(ctx context.Context, in *body[Ask]) (out Asked, err error) {
	return out, errUnready
}
func (s *Server) joinWorkspace(ctx context.Context, in *body[Join]) (out Joined, err error) {
	return out, errUnready
}
func (s *Server) openWorkspace(ctx context.Context, in *body[Open]) (out State, err error) {
	return out, errUnready
}
func (s *Server) selectWorkspace(ctx context.Context, in *body[Select]) (out State, err error) {
	return out, errUnready
}
func (s *Server) makeSample(ctx context.Context, in *body[Sample]) (out Job, err error) {
	return out, errUnready
}
func (s *Server) restoreWorkspace(ctx context.Context, in *body[Restore]) (out Job, err error) {
	return out, errUnready
}
func (s *Server) lock(ctx context.Context, in *none) error { return errUnready }
func (s *Server) changePassphrase(ctx context.Context, in *body[NewPassphrase]) error {
	return errUnready
}
func (s *Server) listKept(ctx context.Context, in *keptInput) (out []Kept, err error) {
	return out, errUnready
}
func (s *Server) keep(ctx context.Context, in *keepInput) error       { return errUnready }
func (s *Server) discardKept(ctx context.Context, in *keyInput) error { return errUnready }
func (s *Server) listRemotes(ctx context.Context, in *none) (out []Remote, err error) {
	return out, errUnready
}
func (s *Server) addRemote(ctx context.Context, in *body[NewRemote]) (out RemoteAdded, err error) {
	return out, errUnready
}
func (s *Server) removeRemote(ctx context.Context, in *remoteInput) (out RemoteRemoved, err error) {
	return out, errUnready
}
func (s *Server) listReceipts(ctx context.Context, in *none) (out []Receipt, err error) {
	return out, errUnready
}
func (s *Server) listMembers(ctx context.Context, in *none) (out []Member, err error) {
	return out, errUnready
}
func (s *Server) listDevices(ctx context.Context, in *none) (out []Device, err error) {
	return out, errUnready
}
func (s *Server) inspectRequest(ctx context.Context, in *body[RequestFile]) (out Inspected, err error) {
	return out, errUnready
}
func (s *Server) approveRequest(ctx context.Context, in *body[Approve]) (out Approved, err error) {
	return out, errUnready
}
func (s *Server) getStatus(ctx context.Context, in *none) (out Status, err error) {
	return out, errUnready
}
func (s *Server) checkSetup(ctx context.Context, in *none) (out []Check, err error) {
	return out, errUnready
}
func (s *Server) getDefinitions(ctx context.Context, in *none) (out Definitions, err error) {
	return out, errUnready
}
func (s *Server) listAssets(ctx context.Context, in *assetsInput) (out AssetPage, err error) {
	return out, errUnready
}
func (s *Server) listFacets(ctx context.Context, in *facetsInput) (out []Facet, err error) {
	return out, errUnready
}
func (s *Server) getAsset(ctx context.Context, in *assetInput) (out Asset, err error) {
	return out, errUnready
}
func (s *Server) addAsset(ctx context.Context, in *body[NewAsset]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) editAsset(ctx context.Context, in *at[FieldsEdit]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) editAssets(ctx context.Context, in *body[AssetsEdit]) (out Job, err error) {
	return out, errUnready
}
func (s *Server) retireAsset(ctx context.Context, in *at[Reason]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) reinstateAsset(ctx context.Context, in *at[Reason]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) voidAsset(ctx context.Context, in *at[Reason]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) swapUnit(ctx context.Context, in *at[FieldsEdit]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) mergeAsset(ctx context.Context, in *at[Merging]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) listSites(ctx context.Context, in *none) (out []Site, err error) {
	return out, errUnready
}
func (s *Server) editSite(ctx context.Context, in *siteInput) (out Written, err error) {
	return out, errUnready
}
func (s *Server) listNotes(ctx context.Context, in *notesInput) (out NotePage, err error) {
	return out, errUnready
}
func (s *Server) addNote(ctx context.Context, in *body[NewNote]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) editNote(ctx context.Context, in *at[NoteEdit]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) signNote(ctx context.Context, in *at[Signing]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) amendNote(ctx context.Context, in *at[NoteEdit]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) voidNote(ctx context.Context, in *at[Reason]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) listConflicts(ctx context.Context, in *none) (out []Conflict, err error) {
	return out, errUnready
}
func (s *Server) resolveConflict(ctx context.Context, in *byID[Resolution]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) listFindings(ctx context.Context, in *findingsInput) (out []Finding, err error) {
	return out, errUnready
}
func (s *Server) settleFinding(ctx context.Context, in *byID[Reason]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) listTrail(ctx context.Context, in *trailInput) (out TrailPage, err error) {
	return out, errUnready
}
func (s *Server) getTrailSpan(ctx context.Context, in *spanInput) (out TrailSpan, err error) {
	return out, errUnready
}
func (s *Server) listNews(ctx context.Context, in *newsInput) (out News, err error) {
	return out, errUnready
}
func (s *Server) undo(ctx context.Context, in *body[Undo]) (out Written, err error) {
	return out, errUnready
}
func (s *Server) verify(ctx context.Context, in *body[Verification]) (out Job, err error) {
	return out, errUnready
}
func (s *Server) sync(ctx context.Context, in *body[Syncing]) (out Job, err error) {
	return out, errUnready
}
func (s *Server) importAssets(ctx context.Context, in *body[Import]) (out Job, err error) {
	return out, errUnready
}
func (s *Server) previewImport(ctx context.Context, in *body[Preview]) (out Previewed, err error) {
	return out, errUnready
}
func (s *Server) exportRecord(ctx context.Context, in *body[Export]) (out Job, err error) {
	return out, errUnready
}
func (s *Server) backup(ctx context.Context, in *body[Target]) (out Job, err error) {
	return out, errUnready
}
func (s *Server) rebuild(ctx context.Context, in *none) (out Job, err error) { return out, errUnready }
func (s *Server) listJobs(ctx context.Context, in *none) (out []Job, err error) {
	return out, errUnready
}
func (s *Server) getJob(ctx context.Context, in *jobInput) (out Job, err error) {
	return out, errUnready
}
func (s *Server) cancelJob(ctx context.Context, in *jobInput) (out Job, err error) {
	return out, errUnready
}

var errUnready = problem(503, "internal", "this is not served yet", "")
