#!/bin/sh
# 2,000 times `true` on two slots against xargs and GNU parallel, in turn; then the same with Karez killed at half time.
# Needs: GNU parallel (Debian: parallel).
set -eu
home=$(cd "${0%/*}/.." && pwd)
. "$home/bench/lib.sh"
jobs=${JOBS:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What parallel writes must not lie in the project, whose untracked files a run looks at.
mkdir "$work/project" && cd "$work/project"
"$home/karez" --version >/dev/null
"$home/karez" init . --yes >/dev/null 2>&1
in_turn "${ROUNDS:-3}" \
  "xargs -P2 -n1 true" "seq $jobs | xargs -P2 -n1 true" \
  "karez, 100 jobs" "$home/karez run --threads 2 -R '--i 0 100 1' -- true" \
  "karez run --threads 2" "$home/karez run --threads 2 -R '--i 0 $jobs 1' -- true" \
  "parallel --joblog --results -j2" "rm -rf ../par; seq $jobs | parallel --joblog ../par.log --results ../par -j2 true"
echo
echo "karez killed with -9 at about half of $jobs jobs:"
"$home/karez" run --threads 2 -R "--i 0 $jobs 1" -- true >/dev/null 2>&1 &
karez=$!
run=
while :; do
  run=$(ls -d results/_/run_* | sort -t_ -k3n | tail -n 1)
  [ "$(ls "$run/claims" 2>/dev/null | wc -l)" -ge $((jobs / 2)) ] && break
done
kill -9 "$karez"
while [ ! -e "$run/submissions/1/ended" ]; do sleep 0.1; done
echo "records with an end: $(cat "$run"/group_*/record.jsonl | grep -c '"event":"end"') of $jobs"
"$home/karez" status "${run##*_}" --json | python3 -c '
import json, sys
run = json.load(sys.stdin)["runs"][0]
print("status:", run["state"], run["counts"])'
echo
echo "time per job, and of each one more than in the line before:"
before=0
spent=0
for count in 100 1000 10000; do
  begin=$(date +%s%N)
  "$home/karez" run --threads 2 -R "--i 0 $count 1" -- true >/dev/null 2>&1
  took=$(($(date +%s%N) - begin))
  echo "$count jobs: $((took / 1000000)) ms, $((took / 1000 / count)) us each, $(((took - spent) / 1000 / (count - before))) us each further one"
  before=$count
  spent=$took
done
echo
echo "10,000 jobs in a heap of 256 MB:"
KAREZ_JAVA_OPTIONS=-Xmx256m "$home/karez" run --threads 2 -R "--i 0 10000 1" -- true 2>&1 | tail -n 1
