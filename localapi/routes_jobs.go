package localapi

import "net/http"

func (r *routes) jobs(s *Server) {
	handle(r, operation{id: "verify", method: http.MethodPost, path: "/verify", tag: "jobs", summary: "Check the log against what its authors signed; result Verified"}, s.verify)
	handle(r, operation{id: "sync", method: http.MethodPost, path: "/sync", tag: "jobs", summary: "Exchange entries with one remote or all; result SyncReport"}, s.sync)
	handle(r, operation{id: "importAssets", method: http.MethodPost, path: "/import", tag: "jobs", summary: "Take an asset list, or show what would happen; result ImportReport"}, s.importAssets)
	handle(r, operation{id: "previewImport", method: http.MethodPost, path: "/import/preview", tag: "jobs", summary: "How a list would be read"}, s.previewImport)
	handle(r, operation{id: "writeRefused", method: http.MethodPost, path: "/jobs/{id}/refused", tag: "jobs", summary: "Write the rows that an import refused, each with the reason, to be mended and imported again; result Exported"}, s.writeRefused)
	handle(r, operation{id: "exportRecord", method: http.MethodPost, path: "/export", tag: "jobs", summary: "Write assets or the trail as a table; result Exported"}, s.exportRecord)
	handle(r, operation{id: "backup", method: http.MethodPost, path: "/backup", tag: "jobs", summary: "Write all of this laptop's record to a file; result Exported"}, s.backup)
	handle(r, operation{id: "rebuild", method: http.MethodPost, path: "/rebuild", tag: "jobs", summary: "Make the read models anew from the log; result Rebuilt"}, s.rebuild)
	handle(r, operation{id: "listJobs", method: http.MethodGet, path: "/jobs", tag: "jobs", summary: "List running and recent jobs, newest first"}, s.listJobs)
	handle(r, operation{id: "getJob", method: http.MethodGet, path: "/jobs/{id}", tag: "jobs", summary: "A job; with after and wait as soon as it has moved on"}, s.getJob)
	handle(r, operation{id: "cancelJob", method: http.MethodDelete, path: "/jobs/{id}", tag: "jobs", summary: "Cancel a job; what it has not finished leaves nothing behind"}, s.cancelJob)
	r.files(s)
}
