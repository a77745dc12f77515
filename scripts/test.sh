#!/usr/bin/env bash
# Everything that checks the project. Prints each check, package and fuzz target as it ends, the whole output of what failed, and
# last "N passed, N failed", counting single Go tests, fuzz targets and static checks.
set -uo pipefail
cd "$(dirname "$0")/.."
export FIELDBOOK_BIN=${FIELDBOOK_BIN:-$PWD/bin/fieldbook}
export FIELDBOOK_DESKTOP_BIN=${FIELDBOOK_DESKTOP_BIN:-$PWD/bin/fieldbook-desktop}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

section() { printf '\n== %s\n' "$1" | tee -a "$log"; }

section "static checks"
scripts/lint.sh 2>&1 | tee -a "$log"

section "binaries"
if make --no-print-directory build; then echo "ok   build"; else echo "FAIL build"; fi 2>&1 | tee -a "$log"

section "npm workspaces"
if npx turbo run build lint test; then echo "ok   turbo"; else echo "FAIL turbo"; fi 2>&1 | tee -a "$log"

section "pages: end to end in a browser with $FIELDBOOK_BIN"
if npm run --silent e2e --workspace @fieldbook/frontend; then echo "ok   pages"; else echo "FAIL pages"; fi 2>&1 | tee -a "$log"

section "tests: unit, property, imports, crash, power cut, simulation, and end to end with $FIELDBOOK_BIN"
go test -v -timeout 25m ./... 2>&1 | tee -a "$log" | awk -f scripts/gotest.awk
tests=${PIPESTATUS[0]}

section "fuzz targets, briefly"
scripts/fuzz.sh "${FUZZTIME:-5s}" 2>&1 | tee -a "$log"

# A package that does not build or that panics has no failed test, but has failed.
passed=$(grep -cE '^(--- PASS: |ok   )' "$log")
failed=$(grep -cE '^(--- FAIL: |FAIL )' "$log")
[ "$tests" = 0 ] || failed=$((failed + $(grep -cE $'^FAIL\t.*\\[' "$log")))
[ "$tests" = 0 ] || [ "$failed" != 0 ] || failed=1
echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
