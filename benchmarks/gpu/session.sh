#!/usr/bin/env bash
# Everything worth knowing on a GPU that is lent for minutes, ordered by worth: cut short anywhere, what is before stands.
# Usage: session.sh [DEVICE] [RESULTS-FOLDER]   (in the unpacked bundle; the results are results.tar.gz in that folder, written anew after every part)
# LIMIT: seconds in all (540); MOST: seconds of one command, where it is to be less than what its part gives it; N: restarts of a large survey (1000000);
# PARTS: those to run (all). N=500 MOST=15 session.sh reference rehearses all of it without a GPU.
set -u
cd "$(dirname "$0")" || exit 2
device=${1:-cuda}
mkdir -p "${2:-results}"
results=$(cd "${2:-results}" && pwd)
limit=${LIMIT:-540} n=${N:-1000000} parts=${PARTS:-host start speed warps networks steps surveys-of-all explore scale memory peers slots sanitizer}
work=$(mktemp -d)
begun=$(date +%s)
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 PYTHONUNBUFFERED=1 FAMILY_SECONDS=${FAMILY_SECONDS:-60}

wanted() { [[ " $parts " == *" $1 "* ]]; }

# run SECONDS NAME COMMAND …: no longer than that, nor than what is left; the last lines of what it said, and everything among the results.
run() {
    local most=$1 name=$2 left=$((limit - $(date +%s) + begun))
    shift 2
    ((left < 5)) && { echo "== no time left for $name"; return; }
    ((most > left)) && most=$left
    ((most > ${MOST:-most})) && most=$MOST
    local at
    at=$(date +%s.%N)
    timeout "$most" "$@" > "$work/$name.txt" 2> "$work/$name.err"
    echo "== $name: exit code $?, $(awk "BEGIN { printf \"%.1f\", $(date +%s.%N) - $at }") s, at $(($(date +%s) - begun)) s: $*" | tee -a "$work/log.txt"
    tail -n "${LINES_SHOWN:-2}" "$work/$name.txt" | cut -c1-600
    grep -v '%)' "$work/$name.err" | tail -n 2 | cut -c1-600
    cp "$work"/*.md "$results" 2> /dev/null
    tar czf "$results/results.tar.gz" -C "$work" .
}

explore() {
    local most=$1 restarts=$2
    shift 2
    local name
    name=explore-$(echo "$*" | tr -c 'a-z0-9\n' -)-$restarts
    run "$most" "$name" ./landscape explore "$@" --restarts "$restarts" --device "$device" --top 3 --json "$work/$name.json"
}

if wanted host; then
    run 10 nvidia-smi nvidia-smi
    run 10 lscpu lscpu
    run 20 devices ./landscape devices
    nvidia-smi --query-gpu=timestamp,utilization.gpu,clocks.sm,power.draw,memory.used --format=csv -lms 250 > "$work/utilisation.csv" 2> /dev/null &
    sampler=$!
fi
if wanted start; then
    # The driver keeps what it has compiled: cold, then warm.
    export CUDA_CACHE_PATH="$work/../cuda-cache.$$"
    run 60 cold ./landscape explore rastrigin --dimension 3 --restarts 10000 --device "$device" --top 3
    run 60 warm ./landscape explore rastrigin --dimension 3 --restarts 10000 --device "$device" --top 3
    run 60 lanes ./landscape explore rastrigin --dimension 3 --restarts 10000 --device lanes --top 3
fi
wanted speed && LINES_SHOWN=1 run 120 speed ./gpu-benchmark "$device" "$work" speed
wanted warps && run 60 warps ./gpu-benchmark "$device" "$work" warps
wanted networks && run 60 networks ./gpu-benchmark "$device" "$work" networks
wanted steps && run 120 steps ./gpu-benchmark "$device" "$work" steps
wanted surveys-of-all && run 120 surveys ./gpu-benchmark "$device" "$work" surveys
if wanted explore; then
    # By the default rule: where the time of a whole survey goes.
    explore 45 "$n" rastrigin --dimension 3
    explore 45 "$n" six-hump-camel
    explore 45 "$n" hartmann-6
    explore 45 "$((n / 10))" two-layer-relu
    explore 45 "$((n / 10))" lennard-jones --set atoms=13
    explore 45 "$((n / 10))" rastrigin --dimension 10
fi
wanted scale && explore 60 "$((100 * n))" rastrigin --dimension 3
if wanted memory; then
    for problem in "perceptron --set inputs=10 --set width=16 --set n=200" "pca --dimension 200" "lennard-jones --set atoms=38" "two-layer-relu"; do
        # shellcheck disable=SC2086
        run 30 "bench-$(echo "$problem" | tr -c 'a-z0-9\n' -)" ./landscape bench $problem --device "$device" --restarts $((n / 8)) --iterations 20 --reps 3
    done
fi
# Its weights are 0.4 MB a restart.
wanted memory && run 30 bench-network ./landscape bench perceptron --set inputs=784 --set width=128 --set n=64 --device "$device" --restarts $((n / 1000 + 1)) --iterations 20 --reps 3
wanted peers && run 180 peers ./gpu-benchmark "$device" "$work" peers
if wanted slots && command -v ncu > /dev/null; then
    run 40 slots ncu --clock-control none --launch-skip 3 --launch-count 2 --section SpeedOfLight --section SchedulerStats --section WarpStateStats --section Occupancy --section LaunchStats \
        ./landscape explore rastrigin --dimension 3 --restarts $((n / 4)) --device "$device" --top 3
fi
wanted sanitizer && command -v compute-sanitizer > /dev/null && run 60 sanitizer compute-sanitizer ./landscape explore himmelblau --restarts 2000 --device "$device" --top 3
[[ -n ${sampler:-} ]] && kill "$sampler" 2> /dev/null
tar czf "$results/results.tar.gz" -C "$work" .
rm -rf "$work" "${CUDA_CACHE_PATH:-$work}"
echo "== done at $(($(date +%s) - begun)) s"
