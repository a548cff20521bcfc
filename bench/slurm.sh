#!/bin/sh
# 10,000 jobs on the lab's real Slurm with limits that take them in one call: what `sbatch` takes by hand and what Karez takes, in
# turn, in one run; then what `status` of them costs. The jobs are to begin later, so that they do not disturb the measurement.
# Needs what lab/README.md names.
set -eu
home=$(cd "${0%/*}/.." && pwd)
. "$home/scripts/jdk.sh"
find_jdk
"$home/karez" --version >/dev/null
name=bench-$$
"$home/lab/up" slurm --name "$name" --profile generous --bind "$jdk:/opt/java:ro" --bind "$home:/karez:ro" >/dev/null
trap '"$home/lab/down" "$name"' EXIT
"$home/lab/exec" --name "$name" env JAVA_HOME=/opt/java PATH=/karez:/usr/local/bin:/usr/bin:/bin sh -eu -c '
mkdir -p "$HOME/bench" && cd "$HOME/bench"
karez init . --yes --no-git >/dev/null 2>&1
mkdir "$HOME/bin"
for program in sbatch squeue sacct scontrol; do
  printf "#!/bin/sh\necho %s >>%s/calls\nexec /usr/bin/%s \"\$@\"\n" "$program" "$HOME" "$program" >"$HOME/bin/$program"
done
chmod +x "$HOME"/bin/*
PATH=$HOME/bin:$PATH
printf "#!/bin/sh\n:\n" >job.sh
now() { date +%s.%N; }
timed() {
  what=$1
  shift
  : >"$HOME/calls"
  begin=$(now)
  /usr/bin/time -o used -f "%U %S" "$@" >/dev/null 2>&1
  end=$(now)
  echo "$begin $end $(cat used)" |
    awk -v what="$what" -v calls="$(sort "$HOME/calls" | uniq -c | tr -s " \n" "  ")" "{
      printf \"%-16s %5.2f s, of which %.2f s processor time of its own;%s\n\", what, \$2 - \$1, \$3 + \$4, calls
    }"
}
all_there() {
  there=$(squeue --me --array --noheader --format=%i | wc -l)
  [ "$there" = 10000 ] || { echo "$there jobs are in the queue instead of 10000"; exit 1; }
}
turn=0
while [ "$turn" -lt "$1" ]; do
  turn=$((turn + 1))
  timed "sbatch by hand:" sbatch --array=0-9999 --begin=now+1day --time=1 --mem=10M --output=/dev/null job.sh
  all_there
  scancel --me
  timed "karez run:" karez run -r slurm --yes --time 1m --memory 10M --native --begin=now+1day -R "--i 0 10000 1" -- true
  echo "files before the start: $(find "results/_/run_$turn" -type f | wc -l)"
  all_there
  timed "karez status:" karez status last
  scancel --me
  until [ -z "$(squeue --me --noheader --format=%i)" ]; do sleep 1; done
done' sh "${ROUNDS:-3}"
