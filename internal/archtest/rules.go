package archtest

// module is the path of go.mod.
const module = "fieldbook"

// Sizes above which nobody sees a whole file or function at once.
const (
	maxFileLines = 500
	maxFuncLines = 80
)

// every stands for every package of ours.
const every = "*"

// mayImport says for each unit (top folder; two levels under apps and internal) which other units its code may import.
// A unit that is not listed is refused: a new folder starts with a decision.
var mayImport = map[string][]string{
	"wording":   {},
	"record":    {"wording"},
	"keyring":   {},
	"envelope":  {},
	"syncproto": {},
	"roster":    {"envelope", "keyring"},
	"frontend":  {},

	"eventstore":  {"envelope"},
	"crdt":        {"record"},
	"projections": {"wording", "record", "eventstore", "crdt", "envelope"},
	"syncclient":  {"wording", "syncproto"},
	"syncserver":  {"syncproto", "envelope", "crdt", "keyring", "record", "roster"},
	"sheet":       {"wording", "record"},
	"workspace": {"wording", "record", "keyring", "envelope", "eventstore", "crdt", "projections", "syncproto", "syncclient",
		"sheet", "roster"},
	"localapi": {"wording", "workspace", "record", "projections", "eventstore", "keyring", "sheet", "syncclient", "syncproto", "sample"},
	"sample":   {},

	"cli": {every},

	"apps/desktop":      {every},
	"apps/fieldbook":    {every},
	"apps/synclambda":   {every},
	"internal/testkit":  {every},
	"internal/archtest": {},
}

// testOnly are units that only tests and each other may import.
var testOnly = []string{"internal/testkit"}

// mains are units that nothing imports.
var mains = []string{"apps/desktop", "apps/fieldbook", "apps/synclambda", "internal/archtest"}

// rooms says for each third-party path prefix where its code may be imported. A package that is not listed is refused.
var rooms = map[string][]string{
	"filippo.io/age":                    {"keyring"},
	"github.com/zalando/go-keyring":     {"keyring"},
	"golang.org/x/crypto":               {"keyring"},
	"github.com/veraison/go-cose":       {"keyring", "envelope"},
	"github.com/automerge/automerge-go": {"crdt"},
	"github.com/ncruces/go-sqlite3":     {"eventstore", "projections", "internal/testkit"},
	"lukechampine.com/adiantum":         {"eventstore"},
	"github.com/gofrs/flock":            {"eventstore", "workspace", "localapi"},
	"github.com/xuri/excelize/v2":       {"sheet"},
	"github.com/spf13/cobra":            {"cli"},
	"github.com/spf13/pflag":            {"cli"},
	"github.com/schollz/progressbar/v3": {"cli"},
	"golang.org/x/term":                 {"cli"},
	"github.com/wailsapp/wails":         {"apps/desktop"},
	"github.com/gorilla/websocket":      {"apps/desktop"},
	"github.com/godbus/dbus":            {"apps/desktop"},
	"github.com/danielgtaylor/huma/v2":  {"localapi"},
	"github.com/aws":                    {"syncserver/s3", "apps/synclambda", "internal/testkit"},
	"github.com/yaronf/httpsign":        {"syncserver", "syncclient"},
	"github.com/coreos/go-oidc/v3":      {"syncserver"},
	"github.com/oauth2-proxy/mockoidc":  {"syncserver"},
	"github.com/prometheus":             {"syncserver", "cli"},
	"github.com/johannesboyne/gofakes3": {"syncserver"},
	"github.com/theupdateframework":     {"syncserver"},
	"github.com/sigstore":               {"syncserver"},
	"github.com/klauspost/compress":     {"envelope"},
	"golang.org/x/time/rate":            {"syncserver"},
	"golang.org/x/tools/go/packages":    {"internal/archtest"},
	"golang.org/x/text/unicode/norm":    {"keyring", "record", "sheet", "projections", "localapi"},
	"golang.org/x/text":                 {"sheet"},
	"golang.org/x/sys":                  {every},
	"github.com/fxamacker/cbor/v2":      {"keyring", "envelope", "eventstore", "projections", "syncproto", "syncclient", "syncserver", "workspace", "internal/testkit"},
	"pgregory.net/rapid":                {"internal/testkit", "crdt/crdttest", "syncserver/storetest"},
	"C":                                 {"crdt"},
}

// testRooms are third-party packages that any test may use besides.
var testRooms = []string{"pgregory.net/rapid"}

// pure units do no input or output, so that the same code runs in the laptop, the service and a verifier.
var pure = []string{"wording", "record", "envelope", "syncproto"}

// impure are the packages of the standard library that a pure unit leaves alone.
var impure = []string{"os", "net", "net/http", "os/exec", "syscall", "database/sql", "io/ioutil", "log", "log/slog"}

// unfinished are marks that no file may carry. They are put together here, so that this file carries none.
var unfinished = []string{"TO" + "DO", "FIX" + "ME"}
