package workspace_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fieldbook/workspace"
)

// fresh is the configuration of a laptop in an empty folder.
func fresh(t *testing.T) workspace.Config {
	return workspace.Config{
		Dir: t.TempDir(), Work: 1,
		Passphrase: func(context.Context) ([]byte, error) { return []byte("open sesame"), nil },
	}
}

// Given a founding that fails half way, then the folder is free for another try.
func TestFailedFoundingLeavesTheFolderFree(t *testing.T) {
	cfg := fresh(t)
	ctx, cancel := context.WithCancel(context.Background())
	ask := cfg.Passphrase
	cfg.Passphrase = func(ctx context.Context) ([]byte, error) {
		cancel() // the identity is written after this, the log can't be
		return ask(ctx)
	}
	founding := workspace.Founding{Name: "Plant", Member: "Ada Okafor"}
	if _, _, err := workspace.Create(ctx, cfg, founding); !errors.Is(err, context.Canceled) {
		t.Fatalf("founding with a cancelled context: %v", err)
	}
	if left, err := os.ReadDir(cfg.Dir); err != nil || len(left) != 0 {
		t.Fatalf("left behind: %v, %v", left, err)
	}
	cfg.Passphrase = ask
	w, _, err := workspace.Create(context.Background(), cfg, founding)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// Given a folder whose identity file was lost, then nothing new is made over the
// database that is left.
func TestFoundingSparesALostDatabase(t *testing.T) {
	cfg := fresh(t)
	database := filepath.Join(cfg.Dir, "fieldbook.db")
	if err := os.WriteFile(database, []byte("sealed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := workspace.Create(context.Background(), cfg, workspace.Founding{Name: "Plant", Member: "Ada Okafor"}); !errors.Is(err, workspace.ErrExists) {
		t.Fatalf("founding over a database: %v", err)
	}
	if left, err := os.ReadFile(database); err != nil || string(left) != "sealed" {
		t.Fatalf("the database became %q, %v", left, err)
	}
}
