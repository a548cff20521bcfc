#!/bin/bash
# record.sh SYSTEM [DIRECTORY]: has jobs of a real SYSTEM of the lab come to all the ends there are, and writes what its
# daemons say of them as transcripts into the directory: the system's of the tests, if none is named. What is there
# already is overwritten, so that a new version of a scheduler shows as a change; `=` lines have to be put back.
set -eu
system=${1-}
repository=$(cd "${0%/*}/.." && pwd)
scenario=$repository/tests/record/$system.sh
[ -n "$system" ] && [ -e "$scenario" ] || {
  echo "record: which system? There are: $(cd "$repository/tests/record" && ls | sed -n 's/\.sh$//p' | tr '\n' ' ')" >&2
  exit 2
}
to=${2-$repository/core/src/test/resources/transcripts/$system}
mkdir -p "$to"
export KAREZ_LAB_NAME=record-$$
trap '"$repository/lab/down"' EXIT

# What a scenario is written with. A file begins with `file`.
common='
set -u
file() { printf "=== %s\n# %s, recorded from real daemons on %s%s\n" "$1" "$title" "$(date +%F)" "${2:+: $2}"; }
ids() { echo "? $*"; }
ask() {
  echo "\$ $*"
  code=0
  "$@" >/tmp/out 2>/tmp/err </dev/null || code=$?
  cat /tmp/out
  sed "s/^/2> /" /tmp/err
  echo "! exit $code"
}
await() {
  local end=$((SECONDS + 60))
  until (eval "$1") >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { echo "did not come to pass in time: $1" >&2; return 1; }
    sleep 0.2
  done
}
mkdir -p work && cd work
'

# act ACT: runs a function of the scenario as the user, and puts what it says into the files.
act() {
  "$repository/lab/exec" bash -c "$common$(cat "$scenario")
$1" </dev/null | awk -v to="$to" '/^=== / { file = to "/" $2 ".txt"; printf "" >file; next } { print >file }'
}

"$repository/lab/up" "$system" --profile site >&2
act jobs
daemon=$(sed -n 's/^daemon=//p' "$scenario")
"$repository/lab/service" stop "$daemon"
act down
