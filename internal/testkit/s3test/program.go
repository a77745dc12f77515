package s3test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// version is the versitygw that scripts/setup.sh builds.
const version = "v1.8.0"

// program finds versitygw, and builds it if it is not there.
func program(ctx context.Context) (string, error) {
	if named := os.Getenv("FIELDBOOK_VERSITYGW"); named != "" {
		return named, nil
	}
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	built := filepath.Join(root, "bin", "tools", "versitygw-"+version)
	if _, err := os.Stat(built); err == nil {
		return built, nil
	}
	if out, err := exec.CommandContext(ctx, filepath.Join(root, "scripts", "setup.sh"), "s3").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build versitygw: %w: %s", err, out)
	}
	return built, nil
}

// moduleRoot is the nearest folder above that has a scripts/setup.sh.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the checkout: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "scripts", "setup.sh")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("find the checkout: not inside it; set FIELDBOOK_VERSITYGW")
		}
		dir = up
	}
}
