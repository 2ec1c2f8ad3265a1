#!/usr/bin/env bash
# Measures ours, C++ and NumPy side by side and writes benchmarks/results/<processor>.md: benchmarks/compare.sh [--vector-bits 256] …
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

command -v g++ > /dev/null || { echo "g++ is missing: apt-get install g++" >&2; exit 1; }
# The distribution's Python has the distribution's NumPy, whichever Python comes first on the path.
python=
for candidate in python3 /usr/bin/python3; do
  if "$candidate" -c 'import numpy, scipy' 2> /dev/null; then python=$candidate; break; fi
done
[ -n "$python" ] || { echo "NumPy or SciPy is missing: apt-get install --no-install-recommends python3-numpy python3-scipy libopenblas0-pthread" >&2; exit 1; }

project=benchmarks/LandscapeGpu.Benchmarks
dotnet build -c Release "$project" --verbosity quiet
LANDSCAPE_PYTHON=$python dotnet run --no-build -c Release --project "$project" -- compare "$@"
