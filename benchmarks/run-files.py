#!/usr/bin/env python3
"""What a run file costs: explore with --out (in memory, on a disk) and without, in turns.

benchmarks/run-files.py [--restarts 10000000] [--turns 5] [--threads 2] [--disk FOLDER] [--memory FOLDER]

Times are those of the processor, user's and system's together: they change little where others use the machine. Each turn runs all three in an order
of its own; printed are the middle one of the turns' ratios, and the least and the largest. Python's own library is enough.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

WHERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(WHERE, "src", "LandscapeGpu.Cli", "bin", "Release", "net10.0", "landscape.dll")


def run(words, restarts, threads):
    """Runs one survey: seconds of the processor, of them the system's, seconds by the clock, the most memory in MB, and seconds of the thread that writes."""
    command = ["dotnet", PROGRAM, "explore", "rastrigin", "--dimension", "10", "--restarts", str(restarts), "--threads", str(threads), "--device", "lanes", *words]
    begun, writing = time.monotonic(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        writing = max(writing, of_writer(process.pid))
        time.sleep(0.2)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with exit status {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024, writing


def of_writer(process):
    """Seconds of the processor that the thread which writes the file has had: what it takes is known far better than a difference of whole runs. Linux has them."""
    seconds = 0.0
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{thread}/stat", encoding="utf-8") as stat:
                name, _, rest = stat.read().partition("(")[2].rpartition(")")
            if name == "run file":
                seconds += sum(int(ticks) for ticks in rest.split()[11:13]) / os.sysconf("SC_CLK_TCK")
    except OSError:
        # It has ended meanwhile.
        pass
    return seconds


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--restarts", type=int, default=10_000_000)
    ask.add_argument("--turns", type=int, default=5)
    ask.add_argument("--threads", type=int, default=os.cpu_count())
    ask.add_argument("--disk", default=os.getcwd(), help="a folder on a disk; the working folder unless said otherwise")
    ask.add_argument("--memory", default="/dev/shm", help="a folder in memory (tmpfs)")
    given = ask.parse_args()
    if not os.path.exists(PROGRAM):
        sys.exit("build it first: dotnet build -c Release")

    folders = {"without a file": None, "file in memory": given.memory, "file on a disk": given.disk}
    found = {name: [] for name in folders}
    size = 0
    for turn in range(given.turns):
        # Whoever comes first in a turn comes last in another: what changes slowly cancels.
        names = list(folders)[turn % 3:] + list(folders)[:turn % 3]
        for name in names:
            with tempfile.TemporaryDirectory(dir=folders[name]) as folder:
                out = os.path.join(folder, "run.db")
                found[name].append(run([] if folders[name] is None else ["--out", out], given.restarts, given.threads))
                size = max(size, os.path.getsize(out)) if os.path.exists(out) else size
            print(f"turn {turn + 1}, {name}: {found[name][-1][0]:.1f} s of the processor, {found[name][-1][2]:.1f} s by the clock", file=sys.stderr, flush=True)

    print(f"rastrigin, dimension 10, {given.restarts:,} restarts, {given.threads} threads, {given.turns} turns; the file has {size / 1e6:,.0f} MB")
    print("| | processor | of it the system's | of it the thread that writes | against without: middle (least to largest) | most memory |")
    print("|---|---|---|---|---|---|")
    for name, times in found.items():
        ratios = [t[0] / base[0] for t, base in zip(times, found["without a file"])]
        middle = [statistics.median(t[k] for t in times) for k in range(5)]
        against = "" if folders[name] is None else f"{statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})"
        print(f"| {name} | {middle[0]:.1f} s | {middle[1]:.1f} s | {middle[4]:.1f} s | {against} | {middle[3]:,.0f} MB |")


if __name__ == "__main__":
    main()
