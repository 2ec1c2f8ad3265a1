#!/usr/bin/env bash
# Builds one archive that runs on a GPU machine without .NET installed and without a network: both programs on one runtime, the peers and session.sh.
# Usage: benchmarks/gpu/bundle.sh [ARCHIVE.tar.xz]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
archive=$(realpath -m "${1:-$here/bin/gpu-session.tar.xz}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for project in "$here" "$here/../../src/LandscapeGpu.Cli"; do
    dotnet publish -c Release -r linux-x64 --self-contained true -p:GenerateDocumentationFile=false -nodeReuse:false -clp:ErrorsOnly -o "$folder" "$project"
done
# What debuggers and crash dumps of the runtime need.
rm -f "$folder"/*.xml "$folder"/libmscordbi.so "$folder"/libmscordaccore.so "$folder"/libcoreclrtraceptprovider.so "$folder"/createdump
cp "$here/session.sh" "$folder"
mkdir -p "$(dirname "$archive")"
tar c -C "$folder" . | xz -T0 -6 > "$archive"
echo "$archive: $(($(stat -c %s "$archive") / 1048576)) MiB. On the GPU machine: tar xJf it and run ./session.sh; benchmarks/gpu/README.md says what it does."
