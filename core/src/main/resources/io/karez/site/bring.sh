# bring RUN: what has been added to files since the last time. Reads lines `BYTES INODE NAME` of what is there already; a name that ends
# with `/*` stands for the latest 50 files of a directory. Answers for each file with a line `INODE FROM BYTES SIZE NAME` and so many
# bytes of the SIZE that it has, from FROM on: 0 when it is another file than before. An answer has 8 MiB of all files at most.
LC_ALL=C
export LC_ALL
cd "$1" || exit 66
kz_left=8388608
kz_bring() {
  if [ ! -f "$3" ] || [ -h "$3" ]; then return; fi
  kz_inode=$(ls -di -- "$3" 2>/dev/null) || return
  kz_inode=${kz_inode% "$3"}
  kz_inode=${kz_inode##* }
  kz_size=$(wc -c <"$3") || return
  kz_size=$((kz_size))
  kz_from=$1
  if [ "$kz_inode" != "$2" ] || [ "$kz_size" -lt "$kz_from" ]; then kz_from=0; fi
  kz_bytes=$((kz_size - kz_from))
  if [ "$kz_bytes" -gt "$kz_left" ]; then kz_bytes=$kz_left; fi
  kz_left=$((kz_left - kz_bytes))
  printf '%s %s %s %s %s\n' "$kz_inode" "$kz_from" "$kz_bytes" "$kz_size" "$3"
  if [ "$kz_bytes" -gt 0 ]; then tail -c "+$((kz_from + 1))" -- "$3" | head -c "$kz_bytes"; fi
}
while IFS= read -r kz_line; do
  kz_done=${kz_line%% *}
  kz_line=${kz_line#* }
  case ${kz_line#* } in
    *'/*')
      kz_place=${kz_line#* }
      kz_place=${kz_place%'/*'}
      while IFS= read -r kz_name; do kz_bring 0 - "$kz_place/$kz_name"; done <<EOF
$(ls -t "$kz_place" 2>/dev/null | head -n 50)
EOF
      ;;
    *) kz_bring "$kz_done" "${kz_line%% *}" "${kz_line#* }" ;;
  esac
done
