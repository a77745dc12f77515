package e2e

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"
)

// crashRuns is how often the program is killed: 20 times, or FIELDBOOK_CRASH_RUNS.
func crashRuns(t *testing.T) int {
	t.Helper()
	text := os.Getenv("FIELDBOOK_CRASH_RUNS")
	if text == "" {
		return 20
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestCrashKillsLoseNothing: the program is killed at random moments while it
// writes. What it had reported as saved (exit 0) is in the record, the next
// command works, and verify passes.
func TestCrashKillsLoseNothing(t *testing.T) {
	t.Parallel()
	l := plant(t)
	runs, random := crashRuns(t), rand.New(rand.NewPCG(7, 11))
	saved, imported, acknowledged := map[string]string{}, 0, 0
	usual := [2]time.Duration{}
	for run := range runs {
		tag, value, list := fmt.Sprintf("RAV-PLC-%03d", 1+run%40), fmt.Sprintf("V%d", run), run%4 == 3
		cmd, kind := l.command("asset", "set", tag, "firmware="+value, "--reason", "crash"), 0
		if list {
			cmd, kind = l.command("import", "assets", crashList(t, run)), 1
		}
		delay := time.Hour // the first of its kind ends, and tells how long one takes
		if usual[kind] > 0 {
			delay = usual[kind]/3 + time.Duration(random.Int64N(int64(usual[kind])*3/2))
		}
		started := time.Now()
		if killed(t, cmd, delay) {
			usual[kind], acknowledged = time.Since(started), acknowledged+1
			if list {
				imported = run
			} else {
				saved[tag] = value
			}
		}
		if run%5 == 4 || run == runs-1 {
			checkSaved(t, l, saved, imported)
		}
	}
	t.Logf("%d of %d writes were acknowledged before the kill", acknowledged, runs)
}

// checkSaved: whatever was acknowledged is there.
func checkSaved(t *testing.T, l *laptop, saved map[string]string, imported int) {
	t.Helper()
	equal(t, "verified after a kill", l.one("verify")["ok"], any(true))
	list := l.many("asset", "list")
	for tag, value := range saved {
		trail := l.many("log", "--asset", tag)
		if row(t, list, "tag", tag)["unit"].(object)["firmware"] != value {
			row(t, trail, "after", value) // a later write that was not acknowledged may have come through
		}
	}
	if imported > 0 {
		row(t, list, "tag", fmt.Sprintf("CRASH-%d-299", imported))
	}
}

func crashList(t *testing.T, run int) string {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("tag,site,role,criticality,lifecycle,owner_department,vendor,model\n")
	for i := range 300 {
		fmt.Fprintf(&b, "CRASH-%d-%d,RAV,plc,low,spare,C,V,M\n", run, i)
	}
	return file(t, "crash.csv", b.String())
}

// killed runs a command and kills it after the delay; true: it had ended well
// before that.
func killed(t *testing.T, cmd *exec.Cmd, delay time.Duration) bool {
	t.Helper()
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	timer := time.AfterFunc(delay, func() { once.Do(func() { _ = cmd.Process.Kill() }) }) // it may be gone already
	err := cmd.Wait()
	timer.Stop()
	if err != nil && cmd.ProcessState.ExitCode() != -1 {
		t.Errorf("not killed but failed: %v\n%s", err, errs.String())
	}
	return err == nil
}
