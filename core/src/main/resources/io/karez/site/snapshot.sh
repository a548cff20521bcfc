# snapshot has|keep DRAFT PLACE PROJECT RESULTS: whether a snapshot is there; or makes one of what has been copied.
if [ -d "$3" ]; then exit 0; fi
if [ "$1" = has ]; then exit 1; fi
cd -- "$2" || exit 73
find . -type f -exec chmod a-w {} + || exit 73
for kz_path in "$4"/* "$4"/.*; do
  kz_name=${kz_path##*/}
  case $kz_name in . | .. | .git | .karez-unfinished*) continue ;; esac
  if [ "$kz_path" = "$5" ] || [ -e "$kz_name" ] || [ -L "$kz_name" ]; then continue; fi
  if [ -e "$kz_path" ]; then ln -s -- "$kz_path" "$kz_name" || exit 73; fi
done
mv -- "$2" "$3"
