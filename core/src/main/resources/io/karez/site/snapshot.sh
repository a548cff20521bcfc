# snapshot has DRAFT PLACE PROJECT: succeeds when a snapshot is there; else says what lies at the top of the project: `d` or `f`, a blank
# and its name.
# snapshot keep DRAFT PLACE PROJECT: makes one of what has been copied, with links to those of these whose names it reads.
if [ -d "$3" ]; then exit 0; fi
if [ "$1" = has ]; then
  for kz_path in "$4"/* "$4"/.*; do
    kz_name=${kz_path##*/}
    case $kz_name in . | ..) continue ;; esac
    if [ -d "$kz_path" ]; then printf 'd %s\n' "$kz_name"; elif [ -e "$kz_path" ]; then printf 'f %s\n' "$kz_name"; fi
  done
  exit 1
fi
cd -- "$2" || exit 73
find . -type f -exec chmod a-w {} + || exit 73
while IFS= read -r kz_name; do
  if [ -e "$4/$kz_name" ] && [ ! -e "./$kz_name" ] && [ ! -L "./$kz_name" ]; then
    ln -s -- "$4/$kz_name" "./$kz_name" || exit 73
  fi
done
mv -- "$2" "$3"
