#!/bin/sh
# Start-up against what a Python program of the same kind imports, in turn, in one run.
# Needs: hyperfine, python3 with click, sqlalchemy and rich (Debian: python3-click python3-sqlalchemy python3-rich).
set -eu
home=$(cd "${0%/*}/.." && pwd)
. "$home/bench/lib.sh"
python=/usr/bin/python3
"$python" -c 'import click, sqlalchemy, rich' || { echo "python3 lacks click, sqlalchemy or rich" >&2; exit 1; }
. "$home/scripts/jdk.sh"
find_jdk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$home/karez" --version >/dev/null
"$home/karez" init . --yes >/dev/null 2>&1
n=0
while [ $n -lt 100 ]; do "$home/karez" run -- true >/dev/null 2>&1; n=$((n + 1)); done
mkdir empty && printf 'public class Empty { public static void main(String[] a) {} }' >empty/Empty.java
"$jdk/bin/javac" -d empty empty/Empty.java
in_turn "${ROUNDS:-20}" \
  "python imports" "$python -c 'import click, sqlalchemy, rich'" \
  "empty Java main" "$jdk/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -cp empty Empty" \
  "karez --help" "$home/karez --help" \
  "karez status, 100 runs" "$home/karez status"
