# create RUN CLIENT STAMP: makes a run from an archive that it reads: it is there whole or not at all. One that the same client has made
# before is left as it is, and the answer is `there`.
case $1 in */*) ;; *) exit 64 ;; esac
kz_parent=${1%/*}
kz_name=${1##*/}
mkdir -p -- "$kz_parent" && cd "$kz_parent" || exit 73
if [ -e "$kz_name" ]; then
  for kz_stamp in "$kz_name/.fetched.$2".*; do
    if [ -e "$kz_stamp" ]; then cat >/dev/null && echo there; exit; fi
  done
  echo "$1 is there already" >&2
  exit 75
fi
kz_draft=.$kz_name.new.$$
mkdir "$kz_draft" || exit 73
trap 'rm -rf -- "$kz_draft"' 0
trap 'exit 129' 1 2 15
tar -xof - -C "$kz_draft" && true >"$kz_draft/.fetched.$2.$3" && mv -- "$kz_draft" "$kz_name" || exit 73
trap - 0
