# remove RESULTS RUN UID [DELETE]: says of a run of this uid that lies in RESULTS as EXPERIMENT/run_ID: `there FILES KILOBYTES`, `gone`,
# `link` when it is behind a symbolic link, or `other` when something else lies there; deletes it if that is wanted. What was left of it
# when an earlier call was cut off goes as well.
LC_ALL=C
export LC_ALL
cd -- "$1" || exit 66
kz_root=$(pwd -P)
kz_parent=${2%/*}
kz_name=${2##*/}
kz_hidden=.$kz_name.deleted-$3
if [ ! -e "./$kz_parent" ] && [ ! -h "./$kz_parent" ]; then
  echo gone
  exit
fi
cd -- "./$kz_parent" || exit 66
if [ "$(pwd -P)" != "${kz_root%/}/$kz_parent" ] || [ -h "$kz_name" ]; then
  echo link
  exit
fi
if [ ! -e "$kz_name" ]; then
  echo gone
elif ! tr -d ' \t\n' <"$kz_name/run.json" | grep -q -F "\"uid\":\"$3\""; then
  echo other
else
  kz_files=$(find "$kz_name" ! -type d -exec sh -c 'echo "$#"' sh {} + | awk '{ all += $1 } END { print all + 0 }')
  kz_size=$(du -sk "$kz_name" | awk '{ print $1 }')
  echo "there $kz_files $kz_size"
  if [ -n "${4-}" ]; then mv -- "$kz_name" "$kz_hidden" || exit 73; fi
fi
if [ -n "${4-}" ] && [ -d "$kz_hidden" ] && [ ! -h "$kz_hidden" ]; then rm -rf -- "$kz_hidden" || exit 73; fi
