#!/usr/bin/env bash
# The main job in the terminal: two laptops without a network, one asset list,
# edits on both, a folder carried between them. Leaves both workspaces in demo/.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=$PWD/bin/fieldbook
rm -rf demo/{ada,jo,usb,jo.request,jo.grant}
mkdir -p demo
list=$PWD/testdata/inventory/assets.csv
cd demo
export FIELDBOOK_PASSPHRASE="correct horse battery staple"

ada() { "$bin" --dir ada "$@"; }
jo() { "$bin" --dir jo "$@"; }
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
tell() { printf '  $ fieldbook %s\n' "$*"; }
indent() { sed 's/^/    /'; }
field() { node -e 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>console.log(eval("("+process.argv[1]+")")(JSON.parse(t))))' "$1"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

say "1. Ada founds the record of two sites on her laptop and imports the asset list."
tell 'init --name "Ravensmere" --member "Ada Okafor" --tz Europe/London'
ada init --name "Ravensmere" --member "Ada Okafor" --tz Europe/London | sed -n 1p | indent
tell "import assets assets.csv --dry-run"
ada import assets "$list" --dry-run | tail -2 | indent
tell "import assets assets.csv"
ada import assets "$list" --reason "asset list rev 14" | tail -1 | indent

say "2. Jo's laptop asks to join; Ada approves; both see the same words."
tell 'join --member "Jo Hargreaves" --request jo.request'
jo join --member "Jo Hargreaves" --request jo.request | sed -n 3p | indent
tell "device approve jo.request --grant jo.grant"
ada device approve jo.request --grant jo.grant | sed -n 3p | indent
jo join --grant jo.grant >/dev/null
tell "sync usb      (Ada's laptop, then Jo's)"
ada sync usb --begin | sed -n 1p | indent
jo sync usb | sed -n 1p | indent

say "3. A week without a network. Both work on the same controller."
tell 'Ada: asset set RAV-PLC-004 firmware=V3.2.17 --reason "CR-0042 step 3"'
ada asset set RAV-PLC-004 firmware=V3.2.17 --reason "CR-0042 step 3" | indent
tell 'Jo:  asset set RAV-PLC-004 firmware=V3.2.19 --reason "vendor visit"'
jo asset set RAV-PLC-004 firmware=V3.2.19 --reason "vendor visit" | indent
jo asset set RAV-PLC-004 location.room="MCC room 2" --reason "label on the door" >/dev/null
jo note add --asset RAV-PLC-004 --kind visit "Vendor replaced the memory card and loaded V3.2.19." >/dev/null
ada asset swap RAV-PLC-007 order_no=6ES7516-3AN02-0AB0 serial="S C-X46507462026" firmware=V3.0.3 --reason "CPU failed" >/dev/null
jo asset set RAV-PLC-007 firmware=V3.2.9 --reason "read from the web page" >/dev/null

say "4. They meet and pass the USB stick around."
tell "sync usb      (Ada, Jo, Ada)"
ada sync usb | sed -n 1p | indent
jo sync usb | sed -n 1p | indent
ada sync usb | sed -n 1p | indent

say "5. Nothing was lost and nothing hidden: what collided is shown with who, when and why."
tell conflicts
ada conflicts | indent
tell findings
ada findings | indent

say "6. Ada decides; the decision is an entry itself."
id=$(ada conflicts --json | field 'c => c[0].id')
tell "resolve ${id:0:12} --keep V3.2.19 --reason \"read on the CPU's display\""
ada resolve "$id" --keep V3.2.19 --reason "read on the CPU's display" | indent
ada sync usb >/dev/null
jo sync usb >/dev/null

say "7. The audit trail of that controller, as Jo's laptop tells it."
tell "log --asset RAV-PLC-004 --since (today)"
jo log --asset RAV-PLC-004 | tail -5 | indent

say "8. Proof: every chain, signature, seal and document, on both laptops."
tell "verify --deep --against usb"
ada verify --deep --against usb | indent
jo verify --deep --against usb | indent

cat <<EOF

Two workspaces to play with are in demo/ada and demo/jo, the stick in demo/usb. For example:

  export FIELDBOOK_PASSPHRASE="$FIELDBOOK_PASSPHRASE"
  bin/fieldbook --dir demo/ada asset list --where site=RAV --where role=plc
  bin/fieldbook --dir demo/jo asset show RAV-PLC-007
  bin/fieldbook --dir demo/ada status
EOF
