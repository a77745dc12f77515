#!/usr/bin/env bash
# Checks for the tools the build needs. On Debian it installs the missing packages; elsewhere it names them.
#   setup.sh compiler   gcc, for Go programs with C in them
#   setup.sh build      what `make build` needs: also the libraries of the window, Node and the npm packages
#   setup.sh s3         the S3 server that tests use, into bin/tools
#   setup.sh lambda     what `make lambda` needs besides
#   setup.sh all        all of these and what tests drive windows and pages with
set -euo pipefail
cd "$(dirname "$0")/.."

die() { echo "setup: $*" >&2; exit 1; }

# need COMMAND PACKAGE...: install the packages if COMMAND is not there.
need() { command -v "$1" >/dev/null || provide "$@"; }

# library MODULE PACKAGE...: install the packages if pkg-config does not know MODULE.
library() { pkg-config --exists "$1" || provide "$@"; }

# provide WHAT PACKAGE...: install the packages for something that is missing.
provide() {
  command -v apt-get >/dev/null || die "$1 is missing; please install it"
  local sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo)
  echo "setup: installing ${*:2}"
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${@:2}" >/dev/null
}

# tool NAME VERSION PACKAGE: build a Go program once into bin/tools/NAME-VERSION. Several may do so at once.
tool() {
  local built=bin/tools/$1-$2 dir
  [ -x "$built" ] && return
  echo "setup: building $1 $2"
  mkdir -p bin/tools
  dir=$(mktemp -d -p "$PWD/bin/tools")
  GOBIN=$dir GOFLAGS= CGO_ENABLED=0 go install -trimpath "$3@$2" || { rm -rf "$dir"; die "$1 does not build"; }
  mv -f "$dir/$1" "$built"
  rm -rf "$dir"
}

command -v go >/dev/null || die "Go 1.26 or newer is missing, see https://go.dev/dl"
go list -m >/dev/null || die "this Go is older than go.mod asks for and cannot fetch a newer one"
if [ "${1:-all}" = all ] || [ "$1" = s3 ]; then
  tool versitygw v1.8.0 github.com/versity/versitygw/cmd/versitygw
  [ "${1:-all}" = s3 ] && exit 0
fi
need gcc gcc libc6-dev
if [ "${1:-all}" = lambda ]; then
  need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu libc6-dev-arm64-cross
  need zip zip
  exit 0
fi
[ "${1:-all}" = compiler ] && exit 0

if [ "$(uname)" = Linux ]; then
  need pkg-config pkg-config
  library gtk+-3.0 libgtk-3-dev
  library webkit2gtk-4.1 libwebkit2gtk-4.1-dev
fi
need node nodejs npm
need npm npm
# Vite, which builds the pages, asks for it.
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  die "Node 20.19 or newer is needed, this is $(node -v); see https://nodejs.org/en/download"
# npm notes what it installed in node_modules/.package-lock.json.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-progress
  touch node_modules/.package-lock.json
fi
[ "${1:-all}" = build ] && exit 0

# Tests drive the true window on a display of their own, and the pages in a browser.
if [ "$(uname)" = Linux ]; then
  need Xvfb xvfb
  need xauth xauth
  need xdotool xdotool
  need xwininfo x11-utils
  need openbox openbox
  need wmctrl wmctrl
  need dbus-daemon dbus-daemon
  need import imagemagick
  need chromium chromium
fi
