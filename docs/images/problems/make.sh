#!/usr/bin/env bash
# Makes the pictures of docs/problems by the commands that stand beside them. Run it from anywhere; LANDSCAPE names another program.
set -euo pipefail
cd "$(dirname "$0")"
landscape=${LANDSCAPE:-../../../src/LandscapeGpu.Cli/bin/Release/net10.0/landscape}
grep -hE '^landscape .* --picture [a-z0-9-]+\.svg$' ../../problems/*.md | while read -r _ words; do
  echo "$words"
  # shellcheck disable=SC2086
  "$landscape" $words > /dev/null 2>&1 < /dev/null
done
