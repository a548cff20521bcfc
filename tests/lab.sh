#!/bin/sh
# Tests of lab/, on real daemons: what it promises to those who test with it, and that it leaves nothing behind. Prints
# one line a test; exit status 69 where there can be no lab.
repository=$(cd "${0%/*}/.." && pwd) || exit
. "$repository/tests/assert.sh"
. "$repository/scripts/jdk.sh"
find_jdk || exit 1
lab=$repository/lab
"$lab/available" || exit
cache=${KAREZ_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/karez-lab}
one=test-one-$$
two=test-two-$$
scratch=$(mktemp -d "${TMPDIR:-/tmp}/karez-lab-test.XXXXXX") || exit
chmod 755 "$scratch"
trap 'for name in $one $two; do "$lab/down" $name; done; rm -rf "$scratch"' EXIT
export KAREZ_LAB_NAME=$one

# within SECONDS COMMAND...: whether the command succeeds in that time.
within() {
  end=$(($(date +%s) + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$(date +%s)" -lt "$end" ] || return
    sleep 0.05
  done
}
in_lab() { "$lab/exec" "$@" </dev/null 2>&1; }
value() { sed -n "s/^$2=//p" "$scratch/$1"; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
states() { in_lab sacct -n -X -P -o State -j "$1" | sort -u; }
has_states() { [ "$(states "$1")" = "$2" ]; }

# left_of NAME: what there still is of a lab: its files, control groups, mounts and processes.
left_of() {
  ls -d "$cache/labs/$1" 2>/dev/null
  find /sys/fs/cgroup -type d -name "karez-lab-$1-*" 2>/dev/null
  grep -l "$cache/labs/$1/" /proc/[0-9]*/mountinfo 2>/dev/null
  pgrep -af "labs/$1|--name $1"
}
gone() { [ -z "$(left_of "$1")" ]; }
links() { ls /sys/class/net; }
links_before=$(links)

same 'an unknown system is refused with the known ones' "lab: no system \`lsf\`; there are: $(cd "$lab/systems" && ls | grep -vx base | tr '\n' ' ')
1" "$("$lab/up" lsf 2>&1; echo $?)"
same 'an unknown profile likewise' "lab: no profile \`tiny\`; there are: $(ls "$lab/systems/slurm/profiles" | tr '\n' ' ')
1" "$("$lab/up" slurm --profile tiny 2>&1; echo $?)"
same 'what runs in no lab is refused' "lab: there is no lab \`$one\`: start one with $lab/up
1" "$("$lab/exec" true 2>&1; echo $?)"

"$lab/up" slurm >"$scratch/$one" || exit
ssh_config=$(value $one LAB_SSH_CONFIG)
same 'Slurm has four nodes' 'n[01-04] idle 64' "$(in_lab sinfo -h -p debug -o '%N %t %c' | awk '{ print $1, $2, $3 * 4 }')"
same 'and answers through ssh as it does through exec' "$(in_lab sinfo)" "$(ssh -F "$ssh_config" lab sinfo </dev/null 2>&1)"
same 'the user is an ordinary one' 'researcher 2001 /home/researcher' "$(in_lab sh -c 'echo "$USER $(id -u) $PWD"')"
same 'there is another one' colleague "$(in_lab -u colleague whoami)"

hostile() {
  "$@" '' '  ' 'a b' "it's" '"' "\$HOME" '`id`' 'a
b' -n -- '*' '~' '\' '\n' A=b é 日本 "$(printf '\001\177\302\201\377')"
}
same 'arguments arrive byte for byte' "$(hostile printf '%s\0' | hex)" "$(hostile in_lab printf '%s\0' | hex)"
same 'standard input, output and error are handed on' 'in out
err' "$(echo in | "$lab/exec" sh -c 'read word; echo $word out; echo err >&2' 2>"$scratch/err"; cat "$scratch/err")"
same 'the exit status too' '0 7 7' "$(in_lab true; printf '%s ' $?; in_lab sh -c 'exit 7'; printf '%s ' $?; ssh -F "$ssh_config" lab exit 7; echo $?)"
"$lab/exec" sleep 61.5 &
command=$!
within 5 in_lab pgrep -f 'sleep 61.[5]'
kill -9 $command
same 'a command ends with the exec that it was started by' yes "$(within 5 eval '! in_lab pgrep -f "sleep 61.[5]"' && echo yes)"

job=$(in_lab sbatch --parsable --wrap 'hostname > seen; exit 3')
same 'a job runs and its accounting appears' FAILED "$(within 20 has_states "$job" FAILED; states "$job")"
same 'the host sees what it wrote' lab "$(cat "$(value $one LAB_HOME)/seen")"
same 'a job for an account that is not there is refused' 1 "$(in_lab sbatch -A nobody --wrap true >"$scratch/refused"; echo $?)"
if [ "$(value $one LAB_MEMORY_LIMITS)" = yes ]; then
  job=$(in_lab sbatch --parsable --mem 20M --wrap 'head -c 100M /dev/zero | tail -c 100M >/dev/null')
  same 'a job that takes more memory than it asked for is ended by the kernel' OUT_OF_MEMORY \
    "$(within 20 has_states "$job" OUT_OF_MEMORY; states "$job")"
else
  echo 'SKIPPED no memory limits: there is no cgroup v1 memory controller here'
fi

ping() { in_lab scontrol ping | sed 's/.* is //'; }
"$lab/service" stop slurmctld
same 'a daemon can be stopped' 'DOWN stopped' "$(ping) $("$lab/service" status slurmctld)"
"$lab/service" start slurmctld
same 'and started again' 'UP running' "$(ping) $("$lab/service" status slurmctld)"
"$lab/service" pause slurmd-n02
same 'one of the nodes can be paused' 'paused running' "$("$lab/service" status slurmd-n02) $("$lab/service" status slurmd-n01)"
"$lab/service" resume slurmd-n02
"$lab/service" kill slurmd-n02
same 'and killed' stopped "$("$lab/service" status slurmd-n02)"
in_lab -u root /lab/systems/slurm/set MaxArraySize=5 KillWait=
same 'a setting can be changed' '5 30 sec' "$(in_lab scontrol show config | sed -n 's/^\(MaxArraySize\|KillWait\) *= //p' | sort -n | paste -sd ' ')"

# started NAME OPTIONS...: starts a lab that lives as long as file descriptor 3 is open.
started() {
  mkfifo "$scratch/keep"
  "$lab/up" slurm --until-eof "$@" <"$scratch/keep" >"$scratch/$two" 2>"$scratch/said" &
  starter=$!
  exec 3>"$scratch/keep"
  rm "$scratch/keep"
}

echo shown >"$scratch/file"
version=$("$repository/karez" --version)
KAREZ_LAB_NAME=$two
started containers --profile site --profile no-accounting --bind "$scratch:/mnt/shown" --bind "$scratch/file:$scratch/file:ro" \
  --bind "$jdk:/opt/java:ro" --bind "$repository:/opt/karez:ro"
within 300 grep -q LAB_MEMORY_LIMITS "$scratch/$two" || cat "$scratch/said"
same 'another lab can be up at the same time, with jobs of its own' 1 "$(in_lab sbatch --parsable --hold --wrap true)"
same 'and other profiles' "QoS=limited Slurm accounting storage is disabled" \
  "$(in_lab scontrol show partition debug | grep -o QoS=.*) $(in_lab sacct)"
same 'a directory of this machine is shown in it' shown "$(in_lab cat /mnt/shown/file)"
same 'what is shown read-only cannot be written, also by root' 'Read-only file system' \
  "$(in_lab -u root tee -a "$scratch/file" </dev/null | grep -o 'Read-only.*')"
same 'an ordinary user runs containers in it with podman' '5 0 /data' "$(in_lab sh -c '
  podman import --quiet /opt/images/busybox.tar box:1 >import
  podman run --rm -v "$HOME":/data -w /data box:1 sh -c "id -u; pwd; exit 5" >ran
  echo $? $(cat ran)')"
if in_lab test -e /lab/missing/apptainer; then
  echo 'SKIPPED apptainer could not be had when the image was built'
else
  same 'and with apptainer' '5 2001' "$(in_lab sh -c '
    apptainer exec /opt/images/busybox.sif sh -c "id -u; exit 5" >ran
    echo $? $(cat ran)' | grep -v ^INFO:)"
fi
same 'Karez runs in it, with its start-up cache' "$version
source: shared objects file" "$(in_lab env JAVA_HOME=/opt/java /opt/karez/karez --version
  in_lab env JAVA_HOME=/opt/java KAREZ_JAVA_OPTIONS=-Xlog:class+load:stdout /opt/karez/karez --version |
    sed -n 's/.*io.karez.cli.Main //p')"
same 'its name is taken' "lab: the lab \`$two\` is already up: $lab/down $two ends it, --name starts another" \
  "$("$lab/up" slurm 2>&1)"
exec 3>&-
wait $starter
same 'it ends with the input of what started it' '' "$(left_of $two)"

# A starter that is killed, as early and as late as can be.
for file in lock process home/researcher env; do
  started
  within 30 test -e "$cache/labs/$two/$file"
  kill -9 $starter
  exec 3>&-
  wait $starter 2>/dev/null
  "$lab/down"
  same "an up that is killed when it has made \`$file\` leaves nothing after down" '' "$(within 20 gone $two; left_of $two)"
done
started
within 30 test -e "$cache/labs/$two/env"
process=$(cut -d ' ' -f 1 "$cache/labs/$two/process")
kill -9 $starter
exec 3>&-
wait $starter 2>/dev/null
same 'without down its lab ends by itself' ended "$(within 10 eval '! kill -0 $process' && echo ended)"
"$lab/down" nobody
same 'and the next command removes what it left' '' "$(left_of $two)"

sleep 60 &
stranger=$!
mkdir -p "$cache/labs/$two"
echo "$stranger 1" >"$cache/labs/$two/process"
"$lab/down"
same 'down kills nobody who has the number of a process of the lab' 'alive ' \
  "$(kill -0 $stranger && echo alive) $(left_of $two)"
kill $stranger

# The other systems, each by itself.
# ends SYSTEM SAID SCRIPT: what the user's script says of a job of that system that has come to its end.
ends() {
  "$lab/up" "$1" >"$scratch/$two" || return
  same "a job of the user ends in $1" "$2" "$(in_lab sh -c "$3")"
  same 'so it does through ssh' "$2" "$(ssh -F "$(value $two LAB_SSH_CONFIG)" lab "$3" </dev/null 2>&1)"
}

# outage DAEMON COMMAND...: a daemon without which the command fails.
outage() {
  daemon=$1
  shift
  "$lab/service" stop "$daemon"
  same "without $daemon there is no answer" no "$(in_lab "$@" >"$scratch/said" && cat "$scratch/said" || echo no)"
  "$lab/service" start "$daemon"
  same 'which comes back with it' yes "$(within 10 in_lab "$@" && echo yes || in_lab "$@")"
  "$lab/down"
  same 'and nothing is left after down' '' "$(left_of $two)"
}

ends htcondor 'researcher 3' '
  printf "%s\n" "executable = /bin/sh" "arguments = \"-c '"'exit 3'"'\"" "transfer_executable = false" "log = \$(Cluster).log" queue >job
  id=$(condor_submit -terse job) && id=${id%%.*} && condor_wait -wait 30 "$id.log" >waited && condor_history "$id" -af Owner ExitCode'
outage condor_schedd condor_q

ends gridengine 'researcher 3' '
  echo "exit 3" >job && id=$(qsub -terse job) || exit
  for _ in $(seq 300); do qacct -j "$id" >ended 2>unknown && break; sleep 0.1; done
  awk "/^(owner|exit_status) / { print \$2 }" ended | paste -sd " "'
outage sge_qmaster qstat

ends oar 'researcher 3' '
  id=$(oarsub -l /core=1,walltime=0:1:0 "exit 3" | sed -n s/OAR_JOB_ID=//p)
  for _ in $(seq 60); do oarstat -s -j "$id" | grep -q Terminated && break; sleep 0.5; done
  oarstat -J -j "$id" | jq -r ".[] | .owner + \" \" + (.exit_code / 256 | tostring)"'
outage oar-server oarsub -l /core=1 true

# The image. A copy of the scripts with a changed file, and a cache of its own with all that there is.
cp -R "$lab" "$scratch/lab"
echo MinJobAge=77 >>"$scratch/lab/systems/slurm/slurm.conf"
mkdir -p "$scratch/changed/layers"
ln -s "$cache"/layers/*-* "$scratch/changed/layers"
export KAREZ_LAB_CACHE="$scratch/changed"
"$scratch/lab/up" slurm >/dev/null 2>&1
same 'changed files make another image' 'MinJobAge = 77 sec' "$(in_lab scontrol show config | grep MinJobAge | tr -s ' ')"
"$scratch/lab/down"
same 'but for the changed layer of what there is' slurm "$(find "$scratch/changed/layers" -mindepth 1 -type d -prune | sed 's|.*/||; s/-.*//')"

export KAREZ_LAB_CACHE="$scratch/cache"
"$lab/up" slurm >/dev/null 2>&1 &
starter=$!
within 30 eval 'ls -d "$scratch"/cache/layers/.new.*/upper/*'
kill -9 $starter
wait $starter 2>/dev/null
same 'a build that is killed leaves no process' '' "$(within 10 eval '! pgrep -f "$scratch/cache"'; pgrep -af "$scratch/cache")"
same 'and no layer' '' "$(ls "$scratch/cache/layers")"

KAREZ_LAB_NAME=$one KAREZ_LAB_CACHE=$cache
same 'all the while the first lab is up' 'n[01-04]' "$(in_lab sinfo -h -p debug -o %N | head -n 1)"
"$lab/down"
same 'down leaves nothing' '' "$(left_of $one)"
same 'and no network link has come or gone' "$links_before" "$(links)"
finish lab
