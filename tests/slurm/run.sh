#!/usr/bin/env bash
# Shards under a real Slurm on this machine: one is killed, the controller is restarted while jobs run, and the united result is that of one run.
# Needs slurmctld, slurmd, slurm-client and munge (Debian: apt-get install slurmctld slurmd slurm-client munge) and root; says so and passes where they are missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
for program in slurmctld slurmd sbatch munged; do
  if ! command -v "$program" > /dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "SKIPPED: the test with Slurm needs root and $program (slurmctld, slurmd, slurm-client, munge)"
    exit 0
  fi
done

landscape=(dotnet "$PWD/src/LandscapeGpu.Cli/bin/Release/net10.0/landscape.dll")
work=$(mktemp -d)
host=$(hostname -s)
export SLURM_CONF=$work/slurm.conf
mkdir -p "$work"/{state,spool,munge}
chmod 711 "$work"
dd if=/dev/urandom of="$work/munge/key" bs=1024 count=1 status=none
chown -R munge: "$work/munge" && chmod 700 "$work/munge" && chmod 400 "$work/munge/key"
mkdir -p "$work/socket" && chown munge: "$work/socket" && chmod 711 "$work/socket"
cat > "$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/socket/munge.socket
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
CONF

# Ends a daemon and waits until it is gone (a minute at most): it writes its state until then.
end() {
  local pid
  [ -f "$1" ] && pid=$(cat "$1") && kill "$pid" 2> /dev/null && timeout 60 tail --pid="$pid" -f /dev/null || true
}
# What is left of a folder for temporary files decides nothing about the test.
clean() {
  end "$work/slurmd.pid"
  end "$work/slurmctld.pid"
  end "$work/munge/munged.pid"
  rm -rf "$work" 2> /dev/null || echo "left behind: $work"
}
trap clean EXIT
start_controller() { slurmctld -i; }
runuser -u munge -- munged --key-file="$work/munge/key" --socket="$work/socket/munge.socket" --pid-file="$work/munge/munged.pid" --log-file="$work/munge/log" --seed-file="$work/munge/seed"
start_controller
slurmd
for _ in $(seq 30); do sinfo -h -o %T 2> /dev/null | grep -q idle && break; sleep 1; done
sinfo

problem=(styblinski-tang --dimension 8 --restarts 800000)
set -x
"${landscape[@]}" explore "${problem[@]}" --out "$work/one.db" > "$work/one.txt"
"${landscape[@]}" slurm "${problem[@]}" --shards 4 --threads 1 --folder "$work/run" --submit
set +x
for _ in $(seq 120); do [ -s "$work/run/shard-1.db" ] && break; sleep 0.2; done
sleep 1
victim=$(pgrep -f "landscape.dll explore.*--out $work/run/shard-1.db" | head -1 || true)
if [ -n "$victim" ]; then
  echo "killing shard 1 (SIGKILL)"
  kill -9 "$victim" || true
else
  echo "shard 1 ended before it could be killed: this run did not test that"
fi
set -x
"${landscape[@]}" slurm status "$work/run" || true
set +x
echo "restarting the controller"
end "$work/slurmctld.pid"
start_controller
for _ in $(seq 400); do
  [ -z "$(squeue -h 2> /dev/null || echo busy)" ] && break
  # A requeued job waits two minutes by default: not here.
  for job in $(squeue -h -t PENDING -o %A 2> /dev/null); do scontrol update jobid="$job" starttime=now 2> /dev/null || true; done
  sleep 1
done
set -x
"${landscape[@]}" slurm status "$work/run"
"${landscape[@]}" export "$work/one.db" --what minima --to "$work/one.csv"
"${landscape[@]}" export "$work/run/all.db" --what minima --to "$work/all.csv"
cmp "$work/one.csv" "$work/all.csv"
"${landscape[@]}" export "$work/one.db" --what endpoints --to "$work/one.npy"
"${landscape[@]}" export "$work/run/all.db" --what endpoints --to "$work/all.npy"
cmp "$work/one.npy" "$work/all.npy"
set +x
echo "PASSED: four shards under Slurm, one killed, the controller restarted: the same minima and endpoints, byte for byte, as one run"
