#!/bin/sh
# What grows and what does not: `status` of 10,000 ended runs with the index, right after it was deleted, and again; a million
# combinations in a dry run with 64 MB of heap.
set -eu
home=$(cd "${0%/*}/.." && pwd)
. "$home/bench/lib.sh"
runs=${RUNS:-10000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache"
mkdir "$work/project"
cd "$work/project"
"$home/karez" init . --yes >/dev/null 2>&1
"$home/karez" run -- true >/dev/null 2>&1
python3 - "$runs" <<'PY'
import os, shutil, sys
first = "results/_/run_1"
document = open(first + "/run.json").read()
event = os.listdir(first + "/events")[0]
for i in range(2, int(sys.argv[1]) + 1):
    run = f"results/_/run_{i}"
    os.makedirs(run + "/events")
    open(run + "/run.json", "w").write(document.replace('"id": 1,', f'"id": {i},'))
    shutil.copy(f"{first}/events/{event}", f"{run}/events/{event}")
PY
echo "status of $runs ended runs:"
in_turn "${ROUNDS:-7}" "with the index" "$home/karez status" "index deleted before" "rm -rf '$XDG_CACHE_HOME/karez'; $home/karez status"
"$home/karez" status >with
rm -rf "$XDG_CACHE_HOME/karez"
"$home/karez" status >without
cmp with without && echo "the same answer"
echo
echo "a million combinations, --dry-run --json, 64 MB of heap:"
begin=$(date +%s)
KAREZ_JAVA_OPTIONS=-Xmx64m "$home/karez" run --dry-run --json -R "--i 0 1000 1" -R "--j 0 1000 1" -- true | wc -c
echo "$(($(date +%s) - begin)) s"
