package localapi

import "time"

// moment is written as RFC 3339 in UTC.
type moment = time.Time

// State is what the program has open and who acts.
type State struct {
	Version    string   `json:"version"`
	Native     bool     `json:"native" doc:"Whether paths of this computer may be used: the window, not a browser"`
	Phase      string   `json:"phase" enum:"none,locked,requested,open" doc:"requested: asked to join and holds no grant yet"`
	Current    *Folder  `json:"current"`
	Workspace  *Plant   `json:"workspace" doc:"Null unless open"`
	Me         *Me      `json:"me" doc:"Null unless open"`
	Words      []string `json:"words" doc:"Of the request to join, in phase requested; empty when they are not known"`
	Known      []Known  `json:"known" doc:"Folders with a device of this computer, without the current one's content"`
	DataFolder string   `json:"data_folder" doc:"Where new workspaces go when no folder is named"`
	Revision   uint64   `json:"revision"`
}

// Folder is a folder that holds a device.
type Folder struct {
	Dir  string `json:"dir"`
	Name string `json:"name"`
}

// Plant is the workspace that is open.
type Plant struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Zone string `json:"zone" doc:"IANA time zone of times typed without an offset"`
}

// Me is who acts here, and in which role.
type Me struct {
	MemberID string `json:"member_id"`
	Member   string `json:"member"`
	Role     string `json:"role" enum:"owner,engineer,reviewer,auditor,recovery"`
	Device   string `json:"device"`
}

// Known is a folder that can be opened.
type Known struct {
	Dir   string `json:"dir"`
	Name  string `json:"name"`
	Phase string `json:"phase" enum:"locked,requested"`
}

// Token is the secret of the address that `fieldbook ui` printed.
type Token struct {
	Token string `json:"token" maxLength:"128"`
}

// Session is what every other request sends in the header Fieldbook-Session.
type Session struct {
	Session string `json:"session"`
}

// Change is the state's number, folder and phase, for who waits for news.
type Change struct {
	Revision uint64 `json:"revision"`
	Dir      string `json:"dir" doc:"The current folder, empty if there is none: another one is another record"`
	Phase    string `json:"phase" enum:"none,locked,requested,open"`
}

// Found is a workspace to be founded.
type Found struct {
	Name       string `json:"name" maxLength:"200"`
	Member     string `json:"member" maxLength:"200" doc:"The founder's full name"`
	Zone       string `json:"zone" maxLength:"64" doc:"IANA time zone; empty means UTC"`
	Dir        string `json:"dir,omitempty" maxLength:"4096" doc:"Folder for it; by default one in the data folder"`
	Passphrase Secret `json:"passphrase"`
}

// Founded is a new workspace. The recovery key is shown once and kept nowhere.
type Founded struct {
	RecoveryKey string `json:"recovery_key"`
	State       State  `json:"state"`
}

// Ask is a request to join to be made.
type Ask struct {
	Member     string `json:"member" maxLength:"200"`
	Dir        string `json:"dir,omitempty" maxLength:"4096"`
	Passphrase Secret `json:"passphrase"`
}

// Asked is a request to join, to be carried to an owner.
type Asked struct {
	File  []byte   `json:"file" doc:"The request"`
	Name  string   `json:"name" doc:"A name for its file"`
	Words []string `json:"words" doc:"The owner sees the same when approving"`
	State State    `json:"state"`
}

// Join is an owner's grant for the current folder.
type Join struct {
	Grant      []byte `json:"grant"`
	Passphrase Secret `json:"passphrase"`
}

// Joined says that the grant was taken.
type Joined struct {
	Words []string `json:"words" doc:"The owner's screen showed the same"`
	State State    `json:"state"`
}

// Open unlocks a folder.
type Open struct {
	Dir        string `json:"dir" maxLength:"4096"`
	Passphrase Secret `json:"passphrase"`
}

// Select makes a folder the current one, locked.
type Select struct {
	Dir string `json:"dir" maxLength:"4096"`
}

// Sample is a sample plant to be made.
type Sample struct {
	Dir        string `json:"dir,omitempty" maxLength:"4096"`
	Passphrase Secret `json:"passphrase"`
}

// Restore is a backup to be restored.
type Restore struct {
	Source      Source `json:"source"`
	Dir         string `json:"dir,omitempty" maxLength:"4096"`
	Passphrase  Secret `json:"passphrase" doc:"The backup's; with a recovery key a new one"`
	RecoveryKey Secret `json:"recovery_key,omitempty"`
}

// NewPassphrase changes the passphrase.
type NewPassphrase struct {
	Current Secret `json:"current"`
	Next    Secret `json:"next"`
}

// Kept is a small value that the user interface keeps in the device's encrypted database.
type Kept struct {
	Key   string `json:"key"`
	Value any    `json:"value"`
	At    moment `json:"at"`
}

// Keep is a value to be kept.
type Keep struct {
	Value any `json:"value"`
}

// Source is a file: one that was uploaded, or in the window a path.
type Source struct {
	Upload string `json:"upload,omitempty" maxLength:"64"`
	Path   string `json:"path,omitempty" maxLength:"4096" doc:"Only where State.native"`
}

// Upload is a file kept in memory for the next request.
type Upload struct {
	Upload string `json:"upload"`
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
}
