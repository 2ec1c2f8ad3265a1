#!/usr/bin/env bash
# Builds a folder that runs on a GPU machine as it is, without .NET installed and without a network: copy it there and run ./gpu-benchmark.
# Usage: benchmarks/gpu/bundle.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")"
folder=${1:-bin/bundle}
dotnet publish -c Release -r linux-x64 --self-contained true -o "$folder"
echo "The bundle is in $folder: copy it to the GPU machine and run ./gpu-benchmark [DEVICE] [RESULTS-FOLDER] [PART …] there; benchmarks/gpu/README.md says what it does."
