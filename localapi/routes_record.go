package localapi

import "net/http"

func (r *routes) record(s *Server) {
	handle(r, operation{id: "getDefinitions", method: http.MethodGet, path: "/definitions", tag: "record", summary: "The fields, labels, help texts and rules of forms"}, s.getDefinitions)
	handle(r, operation{id: "listAssets", method: http.MethodGet, path: "/assets", tag: "record", summary: "A part of the table of assets"}, on(s, listAssets))
	handle(r, operation{id: "listFacets", method: http.MethodGet, path: "/assets/facets", tag: "record", summary: "The values of a field and how many assets have each; at most 200"}, on(s, listFacets))
	handle(r, operation{id: "listHeaders", method: http.MethodGet, path: "/headers", tag: "record", summary: "The titles of the owner's own columns that assets have: fields named custom.<title>"}, on(s, listHeaders))
	handle(r, operation{id: "getAsset", method: http.MethodGet, path: "/assets/{ref}", tag: "record", summary: "One asset with all that belongs to it"}, on(s, getAsset))
	handle(r, operation{id: "addAsset", method: http.MethodPost, path: "/assets", tag: "record", summary: "Register a position"}, on(s, addAsset))
	handle(r, operation{id: "editAsset", method: http.MethodPatch, path: "/assets/{ref}", tag: "record", summary: "Change fields of one asset"}, on(s, editAsset))
	handle(r, operation{id: "addInterface", method: http.MethodPost, path: "/assets/{ref}/interfaces", tag: "record", summary: "Register a further interface of an asset"}, on(s, addInterface))
	handle(r, operation{id: "editAssets", method: http.MethodPost, path: "/assets/bulk", tag: "jobs", summary: "Change fields of many assets under one reason; result Bulk"}, s.editAssets)
	handle(r, operation{id: "retireAsset", method: http.MethodPost, path: "/assets/{ref}/retire", tag: "record", summary: "End the life of a position"}, on(s, retireAsset))
	handle(r, operation{id: "reinstateAsset", method: http.MethodPost, path: "/assets/{ref}/reinstate", tag: "record", summary: "Take a retired position back into service"}, on(s, reinstateAsset))
	handle(r, operation{id: "voidAsset", method: http.MethodPost, path: "/assets/{ref}/void", tag: "record", summary: "Strike an entry that should never have been made"}, on(s, voidAsset))
	handle(r, operation{id: "swapUnit", method: http.MethodPost, path: "/assets/{ref}/swap", tag: "record", summary: "Record that other hardware was put into a position"}, on(s, swapUnit))
	handle(r, operation{id: "mergeAsset", method: http.MethodPost, path: "/assets/{ref}/merge", tag: "record", summary: "Say that an asset is another one, registered twice"}, on(s, mergeAsset))
	handle(r, operation{id: "listSites", method: http.MethodGet, path: "/sites", tag: "record", summary: "List sites by code"}, on(s, listSites))
	handle(r, operation{id: "editSite", method: http.MethodPut, path: "/sites/{code}", tag: "record", summary: "Change a site, or make it"}, on(s, editSite))
	handle(r, operation{id: "listNotes", method: http.MethodGet, path: "/notes", tag: "record", summary: "A part of the journal, newest first"}, on(s, listNotes))
	handle(r, operation{id: "addNote", method: http.MethodPost, path: "/notes", tag: "record", summary: "Write a note"}, on(s, addNote))
	handle(r, operation{id: "getNote", method: http.MethodGet, path: "/notes/{ref}", tag: "record", summary: "One note, also one that was struck"}, on(s, getNote))
	handle(r, operation{id: "editNote", method: http.MethodPatch, path: "/notes/{ref}", tag: "record", summary: "Change the text of a draft"}, on(s, editNote))
	handle(r, operation{id: "signNote", method: http.MethodPost, path: "/notes/{ref}/sign", tag: "record", summary: "Put this member's name under a note as it is now"}, on(s, signNote))
	handle(r, operation{id: "amendNote", method: http.MethodPost, path: "/notes/{ref}/amend", tag: "record", summary: "Correct a signed note by a new one that names it"}, on(s, amendNote))
	handle(r, operation{id: "voidNote", method: http.MethodPost, path: "/notes/{ref}/void", tag: "record", summary: "Strike a note that should never have been written"}, on(s, voidNote))
	handle(r, operation{id: "listConflicts", method: http.MethodGet, path: "/conflicts", tag: "record", summary: "List fields that were set to different values at the same time"}, on(s, listConflicts))
	handle(r, operation{id: "resolveConflict", method: http.MethodPost, path: "/conflicts/{id}/resolve", tag: "record", summary: "Decide for one of the values, or a new one"}, on(s, resolveConflict))
	handle(r, operation{id: "listFindings", method: http.MethodGet, path: "/findings", tag: "record", summary: "List what a person must look at"}, on(s, listFindings))
	handle(r, operation{id: "settleFinding", method: http.MethodPost, path: "/findings/{id}/settle", tag: "record", summary: "Say that a finding needs no more attention, and why"}, on(s, settleFinding))
}

func (r *routes) trail(s *Server) {
	handle(r, operation{id: "listTrail", method: http.MethodGet, path: "/trail", tag: "trail", summary: "A page of the audit trail"}, on(s, listTrail))
	handle(r, operation{id: "getTrailSpan", method: http.MethodGet, path: "/trail/span", tag: "trail", summary: "Over which time a trail stretches and how it is spread"}, on(s, getTrailSpan))
	handle(r, operation{id: "listNews", method: http.MethodGet, path: "/news", tag: "trail", summary: "Entries of others that this laptop received after a position"}, on(s, listNews))
	handle(r, operation{id: "undo", method: http.MethodPost, path: "/undo", tag: "trail", summary: "Set back what one entry set, by a new entry that says so"}, on(s, undo))
}
