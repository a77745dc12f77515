#!/usr/bin/env bash
# Static checks, each reported in one line "ok NAME", "FAIL NAME" or "NOT CHECKED NAME" after its output. Exit code 1 if any
# failed.
set -uo pipefail
cd "$(dirname "$0")/.."

# Pinned: a newer linter must not fail a build that nobody changed.
STATICCHECK=honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK=golang.org/x/vuln/cmd/govulncheck@v1.9.0

failed=0
check() {
  local name=$1
  shift
  "$@"
  case $? in
    0) echo "ok   $name" ;;
    "$unchecked") echo "NOT CHECKED $name" ;;
    *) echo "FAIL $name"; failed=1 ;;
  esac
}
unchecked=77 # what a check returns that could not run

formatted() {
  local files
  files=$(find . -name '*.go' -not -path '*/node_modules/*' -print0 | xargs -0 gofmt -l) || return 1
  [ -z "$files" ] || { printf 'not formatted: %s\n' $files; return 1; }
}

# The lock files must not tie the project to the registry of the machine that wrote it.
hostless() { ! grep -nE '"resolved": "[a-z+]+:' package-lock.json bench/peer/package-lock.json; }

modules() {
  local dir
  for dir in . bench; do
    [ ! -e "$dir/go.mod" ] || (cd "$dir" && "$@") || return 1
  done
}

# The vulnerability database is a web site. Where it cannot be reached, nothing was checked, and that is what is said.
vulnerabilities() {
  local out
  out=$(timeout 300 go run "$GOVULNCHECK" ./... 2>&1) && return
  if grep -q 'fetching vulnerabilities' <<<"$out"; then
    echo "govulncheck's database cannot be reached from here: known vulnerabilities were not looked for"
    return $unchecked
  fi
  echo "$out"
  return 1
}

# Most engineers use Windows: everything but the second engine of verify --deep must build there, without cgo.
windows() { CGO_ENABLED=0 GOOS=windows go build -o /dev/null ./apps/fieldbook; }

check gofmt formatted
check "go vet" modules go vet ./...
check "go vet, window" go vet -tags desktop,production,webkit2_41 ./apps/desktop
check staticcheck modules go run "$STATICCHECK" ./...
check "builds for Windows" windows
check "lock file" hostless
check govulncheck vulnerabilities
exit $failed
