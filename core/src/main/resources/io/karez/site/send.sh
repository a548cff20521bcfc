# send RUN BYTES [COMMAND ARGS...]: puts an archive of so many bytes, which it reads, into a run, each file whole; then runs the
# command, which reads the rest. The last line on standard error tells when the command was not run.
kz_give_up() {
  trap - 0
  rm -rf -- "${kz_place-/nowhere}"
  echo 'karez: the files are not there' >&2
  exit 73
}
cd "$1" || kz_give_up
kz_place=$(pwd)/.sent.$$
mkdir "$kz_place" || kz_give_up
trap 'rm -rf -- "$kz_place"' 0
trap 'exit 129' 1 2 15
head -c "$2" | tar -xof - -C "$kz_place" || kz_give_up
(
  cd "$kz_place" || exit 73
  find . -type d -exec sh -c 'for kz_name; do mkdir -p -- "$0/$kz_name" || exit 73; done' "$1" {} + || exit 73
  # What a later one rests on comes last: a submission's script is there when all else of it is.
  find . -type f ! -name script.sh -exec sh -c 'for kz_name; do mv -f -- "$kz_name" "$0/$kz_name" || exit 73; done' "$1" {} + || exit 73
  find . -type f -exec sh -c 'for kz_name; do mv -f -- "$kz_name" "$0/$kz_name" || exit 73; done' "$1" {} +
) || kz_give_up
rm -rf -- "$kz_place"
trap - 0
shift 2
if [ $# -gt 0 ]; then exec "$@"; fi
