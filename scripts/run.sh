#!/usr/bin/env bash
# The sample plant to work with, in demo/plant: founded at the first start, and kept. Opens the window, or without a display
# serves the same to a browser and prints the link.
set -euo pipefail
cd "$(dirname "$0")/.."

dir=$PWD/demo/plant
export FIELDBOOK_PASSPHRASE="correct horse battery staple"
if [ ! -e "$dir/identity.age" ]; then
  echo "Founding the sample plant in $dir"
  bin/fieldbook --dir "$dir" init --name "Ravensmere" --member "Ada Okafor" --tz Europe/London >/dev/null
  bin/fieldbook --dir "$dir" import assets testdata/inventory/assets.csv --reason "asset list rev 14" | tail -1
fi
echo "The passphrase of the sample plant: $FIELDBOOK_PASSPHRASE"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
  exec bin/fieldbook-desktop --dir "$dir"
fi
echo "There is no display here. Open this link in a browser, and stop with Ctrl+C:"
exec bin/fieldbook --dir "$dir" ui --no-browser
