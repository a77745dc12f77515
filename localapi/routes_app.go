package localapi

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// tags group the operations.
var tags = []*huma.Tag{
	{Name: "app", Description: "What is open, and how it is opened, locked and left"},
	{Name: "record", Description: "Assets, sites, notes, conflicts and findings"},
	{Name: "trail", Description: "The audit trail, and undoing"},
	{Name: "jobs", Description: "Long work: sync, import, export, verification"},
	{Name: "people", Description: "Remotes, members and laptops"},
}

func (r *routes) app(s *Server) {
	handle(r, operation{id: "createSession", method: http.MethodPost, path: "/session", tag: "app", summary: "Exchange the token of the address for a session; once"}, s.createSession)
	handle(r, operation{id: "getState", method: http.MethodGet, path: "/state", tag: "app", summary: "What is open and who acts"}, s.getState)
	handle(r, operation{id: "waitForChange", method: http.MethodGet, path: "/changes", tag: "app", summary: "Wait until the revision is beyond the one known, or for some seconds"}, s.waitForChange)
	handle(r, operation{id: "foundWorkspace", method: http.MethodPost, path: "/workspaces", tag: "app", summary: "Found a workspace and open it"}, s.foundWorkspace)
	handle(r, operation{id: "askToJoin", method: http.MethodPost, path: "/workspaces/ask", tag: "app", summary: "Make a request to join a workspace"}, s.askToJoin)
	handle(r, operation{id: "joinWorkspace", method: http.MethodPost, path: "/workspaces/join", tag: "app", summary: "Take an owner's grant and open the workspace"}, s.joinWorkspace)
	handle(r, operation{id: "openWorkspace", method: http.MethodPost, path: "/workspaces/open", tag: "app", summary: "Unlock a folder"}, s.openWorkspace)
	handle(r, operation{id: "selectWorkspace", method: http.MethodPost, path: "/workspaces/select", tag: "app", summary: "Make a folder the current one; the one before is locked"}, s.selectWorkspace)
	handle(r, operation{id: "makeSample", method: http.MethodPost, path: "/workspaces/sample", tag: "app", summary: "Make the sample plant and open it"}, s.makeSample)
	handle(r, operation{id: "restoreWorkspace", method: http.MethodPost, path: "/workspaces/restore", tag: "app", summary: "Restore a backup and open it"}, s.restoreWorkspace)
	act(r, operation{id: "lock", method: http.MethodPost, path: "/lock", tag: "app", summary: "Lock: close the workspace and wipe its secrets"}, s.lock)
	act(r, operation{id: "changePassphrase", method: http.MethodPost, path: "/passphrase", tag: "app", summary: "Change the passphrase of this laptop"}, s.changePassphrase)
	handle(r, operation{id: "listKept", method: http.MethodGet, path: "/kept", tag: "app", summary: "List drafts, views and settings by the beginning of their key"}, on(s, listKept))
	act(r, operation{id: "keep", method: http.MethodPut, path: "/kept", tag: "app", summary: "Keep a small value"}, alone(s, s.keep))
	act(r, operation{id: "discardKept", method: http.MethodDelete, path: "/kept", tag: "app", summary: "Forget a kept value"}, alone(s, s.discardKept))
}

func (r *routes) people(s *Server) {
	handle(r, operation{id: "listRemotes", method: http.MethodGet, path: "/remotes", tag: "people", summary: "List remotes by name"}, on(s, listRemotes))
	handle(r, operation{id: "addRemote", method: http.MethodPost, path: "/remotes", tag: "people", summary: "Keep a folder or a service as a remote"}, on(s, addRemote))
	handle(r, operation{id: "removeRemote", method: http.MethodDelete, path: "/remotes/{name}", tag: "people", summary: "Forget a remote; an owner ends what it was granted"}, on(s, removeRemote))
	handle(r, operation{id: "listReceipts", method: http.MethodGet, path: "/receipts", tag: "people", summary: "List the newest receipt of each service and feed"}, on(s, listReceipts))
	handle(r, operation{id: "listMembers", method: http.MethodGet, path: "/members", tag: "people", summary: "List the people"}, on(s, listMembers))
	handle(r, operation{id: "listDevices", method: http.MethodGet, path: "/devices", tag: "people", summary: "List the admitted laptops"}, on(s, listDevices))
	handle(r, operation{id: "inspectRequest", method: http.MethodPost, path: "/requests/inspect", tag: "people", summary: "Show the words of a request to join"}, on(s, inspectRequest))
	handle(r, operation{id: "approveRequest", method: http.MethodPost, path: "/requests/approve", tag: "people", summary: "Let the laptop of a request in (owners)"}, on(s, approveRequest))
	handle(r, operation{id: "getStatus", method: http.MethodGet, path: "/status", tag: "people", summary: "The state of this laptop's record"}, on(s, getStatus))
	handle(r, operation{id: "getDigest", method: http.MethodGet, path: "/digest", tag: "people", summary: "The digest of this laptop's record"}, on(s, getDigest))
	handle(r, operation{id: "checkSetup", method: http.MethodGet, path: "/doctor", tag: "people", summary: "Check this laptop's set-up"}, on(s, checkSetup))
}
