package e2e

import (
	"bufio"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestSecondProcess: while one process holds the workspace, another gets a clear
// error and exit code 1; once it is gone, all works again.
func TestSecondProcess(t *testing.T) {
	t.Parallel()
	l := plant(t)
	// A log that is written to a pipe nobody reads from keeps the workspace open.
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	holder := l.command("log", "--json")
	holder.Stdout = writer
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	if _, err := bufio.NewReaderSize(reader, 16).ReadByte(); err != nil { // it has begun to answer
		t.Fatal(err)
	}
	for _, args := range [][]string{{"status"}, {"asset", "set", "RAV-PLC-001", "firmware=1", "--reason", "r"}, {"verify"}} {
		l.refuses(1, []string{"another"}, args...)
	}
	if err := holder.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	reader.Close()
	_ = holder.Wait() // how an interrupted command ends is not asked here
	l.ok("status")
	if _, err := os.Stat(filepath.Join(l.dir, "fieldbook.db-wal")); err == nil {
		t.Error("an interrupted command left a write-ahead log")
	}
}
