#!/usr/bin/env bash
# Makes the reports that docs/pictures.md shows, and photographs their beginnings in a headless Chromium. Run it from anywhere; LANDSCAPE names another program.
set -euo pipefail
cd "$(dirname "$0")"
landscape=${LANDSCAPE:-../../../src/LandscapeGpu.Cli/bin/Release/net10.0/landscape}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

photograph() {
  local name=$1
  shift
  "$landscape" "$@" --report "$work/$name.html" > "$work/$name.txt" 2>&1
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,1300 --screenshot="$PWD/$name.png" "file://$work/$name.html" > /dev/null 2>&1
}

photograph six-hump-camel explore six-hump-camel
photograph matrix-completion sweep matrix-completion --over p=0.2..0.8:0.1 --data-sets 3 --restarts 200
photograph perceptron explore perceptron --data samples.csv --target y --set width=2 --restarts 1000
photograph lennard-jones explore lennard-jones --set atoms=8 --identity fingerprint --restarts 2000
