package localapi

// Remote is where this laptop exchanges entries.
type Remote struct {
	Name     string  `json:"name"`
	URL      string  `json:"url"`
	Second   *string `json:"second" doc:"Another address of the same service"`
	Mode     string  `json:"mode" enum:"folder,merging,sealed"`
	LastSync *moment `json:"last_sync"`
	Unsent   int64   `json:"unsent" doc:"Entries of this laptop that it does not have, as far as is known"`
	// Unchecked is an address that nothing is sent to yet.
	Unchecked *string       `json:"unchecked" doc:"The one of its two addresses that has not shown the service's keys yet, and is not used before; null once both have"`
	Refused   []SyncRefusal `json:"refused"`
}

// NewRemote is a remote to be added.
type NewRemote struct {
	Name        string `json:"name" maxLength:"64"`
	URL         string `json:"url" maxLength:"4096" doc:"A folder's path or a service's address"`
	Second      string `json:"second,omitempty" maxLength:"4096"`
	Invitation  Secret `json:"invitation,omitempty"`
	TokenFile   string `json:"token_file,omitempty" maxLength:"4096"`
	Certificate string `json:"certificate,omitempty" maxLength:"65536" doc:"PEM of the service's certificate if no known authority vouches for it"`
	Sealed      bool   `json:"sealed,omitempty" doc:"Keep an owner from granting the service the keys"`
	Begin       bool   `json:"begin,omitempty" doc:"Begin in a folder that holds nothing of this record yet, and make it if it is not there; refused as missing or empty without"`
}

// RemoteAdded is what adding a remote did.
type RemoteAdded struct {
	Remote  Remote   `json:"remote"`
	Service *string  `json:"service" doc:"Id of the service; null for a folder"`
	Words   []string `json:"words" doc:"Of the service's keys; empty for a folder"`
	Granted bool     `json:"granted" doc:"It was granted the workspace's keys just now"`
}

// RemoteRemoved is what removing a remote did.
type RemoteRemoved struct {
	Name   string  `json:"name"`
	Ended  bool    `json:"ended" doc:"The service's grant was ended, and a new key made"`
	Told   bool    `json:"told" doc:"The service was told"`
	Reason *string `json:"reason" doc:"Why it was not"`
}

// Receipt is a service's word that it has the entries of a feed up to one.
type Receipt struct {
	Service string  `json:"service" doc:"Id of the service"`
	Remote  *string `json:"remote" doc:"Its name here; null when it is no remote any more"`
	Feed    string  `json:"feed"`
	Device  string  `json:"device"`
	Seq     uint64  `json:"seq"`
	Time    moment  `json:"time"`
}

// Member is a person.
type Member struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role" enum:"owner,engineer,reviewer,auditor,recovery"`
}

// Device is an admitted laptop.
type Device struct {
	Device   string   `json:"device"`
	Member   string   `json:"member"`
	MemberID string   `json:"member_id"`
	Role     string   `json:"role" enum:"owner,engineer,reviewer,auditor,recovery"`
	Self     bool     `json:"self"`
	Feeds    int      `json:"feeds"`
	Events   uint64   `json:"events"`
	Words    []string `json:"words" doc:"Eight words over its keys, the same on every laptop's screen"`
}

// RequestFile is a request to join.
type RequestFile struct {
	File []byte `json:"file"`
}

// Inspected is what a request to join says.
type Inspected struct {
	Words  []string `json:"words"`
	Member string   `json:"member"`
	Device string   `json:"device"`
}

// Approve admits the laptop of a request.
type Approve struct {
	File   []byte `json:"file"`
	Member string `json:"member,omitempty" maxLength:"200" doc:"Make it a further laptop of this person, by name or id"`
}

// Approved is the grant for a laptop that asked.
type Approved struct {
	File     []byte   `json:"file"`
	Name     string   `json:"name" doc:"A name for its file"`
	Words    []string `json:"words" doc:"Of the request: the laptop that asked shows the same"`
	Joined   []string `json:"joined" doc:"Of the grant: that laptop shows them when it joins"`
	Member   string   `json:"member"`
	MemberID string   `json:"member_id"`
	Device   string   `json:"device"`
}

// Status is the state of this laptop's record at a glance.
type Status struct {
	Workspace   string   `json:"workspace"`
	WorkspaceID string   `json:"workspace_id"`
	Device      string   `json:"device"`
	Member      string   `json:"member"`
	Role        string   `json:"role"`
	Events      int64    `json:"events"`
	Feeds       int      `json:"feeds"`
	Documents   int64    `json:"documents"`
	Waiting     int64    `json:"waiting"`
	Newer       int64    `json:"newer" doc:"Entries made by a newer version of the program"`
	Unsent      int64    `json:"unsent" doc:"Entries of this laptop that no remote has taken yet"`
	Findings    int      `json:"findings"`
	Conflicts   int      `json:"conflicts"`
	Unverified  int64    `json:"unverified"`
	Remotes     []Remote `json:"remotes"`
	LastSync    *moment  `json:"last_sync"`
	Saved       *Saved   `json:"saved" doc:"The last entry of this laptop; null before the first"`
}

// Digest is what laptops compare.
type Digest struct {
	Digest string `json:"digest" doc:"The same on all laptops that hold the same feeds"`
}

// Saved says where the last entry of this laptop is.
type Saved struct {
	At     *moment `json:"at" doc:"Null of an entry about members and keys"`
	Device string  `json:"device"`
	Epoch  string  `json:"epoch"`
	Seq    uint64  `json:"seq"`
	State  string  `json:"state" enum:"saved,sent,received" doc:"saved: here alone; sent: a remote has it; received: a service has signed for it"`
}

// Check is one thing that was looked at in this laptop's set-up. The page says what to do about what was found.
type Check struct {
	Kind  string `json:"kind" enum:"files,files_missing,files_readable,database_missing,keychain,keychain_none,open,clock,clock_behind,waiting_none,waiting,newer_none,newer,verified,unverified,sent,unsent,findings_none,findings"`
	OK    bool   `json:"ok"`
	Count int64  `json:"count" doc:"How many: KiB of files, minutes of clock_behind, entries, documents or findings"`
	About string `json:"about" doc:"The folder, or of files_readable the file; empty for other kinds"`
}
