package fleet

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// module is where the module's root is, seen from this package.
const module = "../../../.."

// TestSimFleet: whatever happens between laptops and two regions, what any command
// acknowledged is in every log in the end, all laptops come to one digest, and
// what each region has merged is what the laptops have.
//
// FIELDBOOK_SIM_RUNS asks for one history in two hundred; FIELDBOOK_FLEET_SEED
// plays the one whose seed a failure told. What the processes do between two
// steps is up to the machine, so that a seed repeats the steps, not each race.
func TestSimFleet(t *testing.T) {
	asked, err := strconv.Atoi(cmp.Or(os.Getenv("FIELDBOOK_SIM_RUNS"), "0"))
	if err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("FIELDBOOK_FLEET_SEED"); text != "" {
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	decks := 1
	if asked > 0 {
		decks = 4
	}
	p := build(t)
	for n := range max(1, asked/200) {
		t.Run(fmt.Sprint(seed+uint64(n)), func(t *testing.T) {
			w := found(t, p, rand.New(rand.NewPCG(seed+uint64(n), 0)))
			for range decks {
				w.play()
			}
			w.finish()
		})
	}
}

// programs are the binaries under test.
type programs struct {
	fieldbook, skewed, bootstrap string
}

// world is one history on its way.
type world struct {
	t        *testing.T
	r        *rand.Rand
	programs programs
	dir      string
	regions  [2]*region
	links    *replication
	secret   string // file with the invitation
	laptops  []*laptop
	made     int
	writes   int
	durable  map[string]string // of each write that a command acknowledged the reason, and who wrote it
	lost     bool              // a laptop is gone with its disk: some of what it wrote may lie with the service alone

	mu   sync.Mutex
	late []*held // requests that the network holds back
}

// founder is the owner's laptop, which admits the others.
func (w *world) founder() *laptop { return w.laptops[0] }

// say tells what happens, for whoever reads a failing history.
func (w *world) say(format string, args ...any) { w.t.Helper(); w.t.Logf(format, args...) }

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// found makes a plant with three laptops, of which two have clocks that are
// wrong by days, and connects them to the service.
func found(t *testing.T, p programs, r *rand.Rand) *world {
	w := &world{t: t, r: r, programs: p, dir: t.TempDir(), durable: map[string]string{}}
	w.open()
	w.secret = filepath.Join(w.dir, "invitation")
	w.must(os.WriteFile(w.secret, []byte(invitation+"\n"), 0o600))
	ada := w.laptop("Ada")
	w.laptops = append(w.laptops, ada)
	ada.must("init", "--name", "Ravensmere", "--member", ada.name, "--tz", "Europe/London")
	ada.cheapen()
	list, err := filepath.Abs(filepath.Join(module, "testdata", "inventory", "assets.csv"))
	w.must(err)
	ada.must("import", "assets", list, "--reason", "rev 14")
	ada.connect()
	ada.must("sync")
	for range 2 {
		w.admit()
	}
	return w
}

// admit has the founder let one more laptop in, which connects if it can.
func (w *world) admit() {
	l := w.laptop(fmt.Sprintf("Engineer %d", w.made))
	w.say("%s joins, with a clock that is wrong by %v", l.name, l.off)
	request, grant := filepath.Join(l.home, "request"), filepath.Join(l.home, "grant")
	l.must("join", "--member", l.name, "--request", request)
	w.founder().must("device", "approve", request, "--grant", grant)
	l.must("join", "--grant", grant)
	l.cheapen()
	w.laptops = append(w.laptops, l)
	l.connect()
}
