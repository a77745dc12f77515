package e2e

import (
	"os"
	"syscall"
)

// peak is the most memory that a process held, in KiB.
func peak(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss
}
