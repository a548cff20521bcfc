# mark RUN: makes empty files whose names it reads, each unless it is there, and says which it has made.
cd "$1" || exit 66
set -C
while IFS= read -r kz_name; do
  if { true >"$kz_name"; } 2>/dev/null; then
    printf '%s\n' "$kz_name"
  elif [ ! -e "$kz_name" ]; then
    echo "cannot make $1/$kz_name" >&2
    exit 73
  fi
done
