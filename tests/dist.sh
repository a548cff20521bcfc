#!/bin/sh
# Tests of ./dist: unpacks the tarball, moves it, and runs it as on a machine without Java.
repository=$(cd "${0%/*}/.." && pwd) || exit
. "$repository/tests/assert.sh"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/karez-dist-test.XXXXXX") || exit
chmod 755 "$scratch"
trap 'rm -rf "$scratch"' EXIT

tarball=$("$repository/dist") || exit
expected=$("$repository/karez" --help)
tar -C "$scratch" -xzf "$repository/$tarball" || exit
moved=$scratch/'moved "here" $once'
mv "$scratch"/karez-*-linux-* "$moved"

mkdir "$scratch/bin"
ln -s "$(command -v readlink)" "$scratch/bin/readlink"
ln -s "$moved/bin/karez" "$scratch/bin/karez"

# bare COMMAND...: with nothing on PATH but `readlink` and `karez`.
bare() { /usr/bin/env -i PATH="$scratch/bin" HOME="$scratch" "$@"; }

same 'it runs from where it was moved to, without any Java' "$expected" "$(bare "$moved/bin/karez" --help 2>&1)"
same 'it runs through a symbolic link' "$expected" "$(bare karez --help 2>&1)"
same 'it runs from its own directory' "$expected" "$(cd "$moved/bin" && bare ./karez --help 2>&1)"
same 'it runs with 4 GB of address space and 200 processes' "$expected" \
  "$(limited "$moved/bin/karez" --help 2>&1)"
same 'its start-up cache is used' 'source: shared objects file' \
  "$(bare KAREZ_JAVA_OPTIONS=-Xlog:class+load:stdout "$moved/bin/karez" --help | sed -n 's/.*io.karez.cli.Main //p')"
(cd "$moved" && find . -name '*.jar' -o -name modules) | while read -r file; do touch "$moved/$file"; done
same 'also after the dates of its files were lost' 'source: shared objects file' \
  "$(bare KAREZ_JAVA_OPTIONS=-Xlog:class+load:stdout "$moved/bin/karez" --help | sed -n 's/.*io.karez.cli.Main //p')"
printf garbage >"$moved/app/karez.aot"
same 'a broken cache changes nothing that is printed' "$expected" "$(bare "$moved/bin/karez" --help 2>&1)"
finish tarball
