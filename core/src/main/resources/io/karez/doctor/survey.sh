# survey DIRECTORY [PROGRAM...]: what a site is like for a project in DIRECTORY, as lines `KEY VALUE`. What it makes there it removes.
LC_ALL=C
export LC_ALL
kz_say() { printf '%s %s\n' "$1" "$2"; }
kz_say time "$(date +%s.%N)"
kz_say user "$(id -un)"
kz_say host "$(uname -n)"
kz_say system "$(uname -s)"
kz_say login "${SHELL-}"
kz_say shell "$(readlink -f /bin/sh 2>/dev/null || echo /bin/sh)"
kz_soon=
if command -v timeout >/dev/null 2>&1; then kz_soon='timeout 10'; fi
kz_directory=$1
shift
for kz_name; do
  if kz_place=$(command -v "$kz_name"); then
    kz_say "program.$kz_name" "$kz_place $({ $kz_soon "$kz_name" --version </dev/null 2>&1 || true; } | head -n 1)"
  fi
done
kz_say time.gnu "$(/usr/bin/time -f 'rss %M' true 2>&1 | head -n 1)"
if command -v quota >/dev/null 2>&1; then
  # A star marks what is above its limit.
  $kz_soon quota -w 2>/dev/null </dev/null | grep '[0-9]\*' | while IFS= read -r kz_line; do kz_say quota "$kz_line"; done
fi
case $kz_directory in
  '~') kz_directory=$HOME ;;
  '~/'*) kz_directory=$HOME/${kz_directory#'~/'} ;;
  /*) ;;
  *) kz_directory=$HOME/$kz_directory ;;
esac
if [ -e "$kz_directory" ] || [ -h "$kz_directory" ]; then
  if [ ! -d "$kz_directory" ]; then
    kz_say directory "$kz_directory"
    kz_say trouble 'is not a directory'
    exit 0
  fi
else
  kz_say missing "$kz_directory"
  while [ ! -d "$kz_directory" ] && [ -n "$kz_directory" ]; do kz_directory=${kz_directory%/*}; done
  kz_directory=${kz_directory:-/}
fi
kz_say directory "$kz_directory"
kz_say disk "$(df -P -T -k -- "$kz_directory" 2>/dev/null | tail -n 1 | awk '{ print $2, $3, $5 }')"
kz_say files "$(df -P -i -- "$kz_directory" 2>/dev/null | tail -n 1 | awk '{ print $2, $4 }')"
kz_place=$kz_directory/.karez-doctor.$$
if ! kz_why=$(mkdir -m 700 -- "$kz_place" 2>&1); then
  kz_say trouble "${kz_why##*: }"
  exit 0
fi
trap 'rm -rf -- "$kz_place"' 0
trap 'exit 129' 1 2 15
kz_begin=$(date +%s%N)
kz_round=0
while [ "$kz_round" -lt 20 ]; do
  if ! { echo karez >"$kz_place/file.new"; } 2>/dev/null || ! mv -- "$kz_place/file.new" "$kz_place/file.$kz_round" ||
    ! mkdir -- "$kz_place/directory.$kz_round"; then
    kz_say trouble 'nothing can be written: no space, or a quota'
    exit 0
  fi
  kz_round=$((kz_round + 1))
done
kz_say work "$kz_begin $(date +%s%N)"
kz_say before "$(date +%s.%N)"
: >"$kz_place/stamp"
kz_say written "$(find "$kz_place/stamp" -printf '%T@' 2>/dev/null)"
