# mark RUN WHO: makes files whose names it reads, each unless it is there, and says which it has made. Whoever asks a second time,
# because the answer was lost, gets the same answer: the files say who has made them.
cd "$1" || exit 66
set -C
while IFS= read -r kz_name; do
  kz_who=
  if { printf '%s\n' "$2" >"$kz_name"; } 2>/dev/null; then
    printf '%s\n' "$kz_name"
  elif { read -r kz_who <"$kz_name"; } 2>/dev/null && [ "$kz_who" = "$2" ]; then
    printf '%s\n' "$kz_name"
  elif [ ! -e "$kz_name" ]; then
    echo "cannot make $1/$kz_name" >&2
    exit 73
  fi
done
