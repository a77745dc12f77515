#!/usr/bin/env bash
# Runs every fuzz target of the module for the given time each (default 5s). Targets are found, not listed, so that none is
# forgotten. What a failed run found stays in testdata/fuzz of its package and is a test from then on.
set -uo pipefail
cd "$(dirname "$0")/.."
time=${1:-5s}

# Minimising a large input takes Go up to a minute of the time there is; a few tries must do. Go sometimes reports its own
# deadline at the end of the time as a failure, without an input that fails: that run is made again.
fuzz() {
  local try out
  for try in 1 2 3; do
    out=$(go test -run '^$' -fuzz "^$2\$" -fuzztime "$time" -fuzzminimizetime 10x "./$1" 2>&1) && { echo "$out"; return 0; }
    grep -q 'context deadline exceeded' <<<"$out" && ! grep -q 'Failing input' <<<"$out" || break
  done
  echo "$out"
  return 1
}

failed=0
while read -r dir; do
  for target in $(grep -hoE '^func Fuzz[A-Za-z0-9_]+' "$dir"/*_test.go | cut -c6- | sort); do
    if out=$(fuzz "$dir" "$target"); then
      echo "ok   $dir $target $(grep -oE 'execs: [0-9]+' <<<"$out" | tail -1)"
    else
      echo "$out"
      echo "FAIL $dir $target"
      failed=1
    fi
  done
done < <(grep -rlE '^func Fuzz' --include='*_test.go' --exclude-dir=node_modules --exclude-dir=bench . | xargs -n1 dirname | sort -u | cut -c3-)
exit $failed
