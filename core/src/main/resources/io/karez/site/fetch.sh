# fetch RUN CLIENT BEFORE LAST NEXT ONLY: what has changed in a run since the time BEFORE the last. Reads the claims that are known to
# be over, one a line or as FIRST-LAST (of first attempts). Writes, compressed: the time here in seconds, the names of all other
# claims, an empty line, then an archive of the files that may have changed.
LC_ALL=C
export LC_ALL
cd "$1" || exit 66
kz_client=$2
kz_only=$6
kz_newer=
if [ -n "$3" ] && [ -e ".fetched.$kz_client.$3" ]; then kz_newer=".fetched.$kz_client.$3"; fi
# What changes while this looks counts as new the next time as well. Where nothing can be written all is new the next time.
{ true >".fetched.$kz_client.$5"; } 2>/dev/null
kz_claims=$(
  { cat && echo / && ls claims; } | awk '
    $0 == "/" { listing = 1; next }
    !listing && split($0, ends, "-") == 2 { for (i = ends[1]; i <= ends[2]; i++) known[i ".1"]; next }
    !listing { known[$0]; next }
    !($0 in known) { print }'
)
kz_files() {
  if [ -n "$kz_newer" ]; then
    find submissions events extensions -type f -newer "$kz_newer" ! -name "near~$kz_client~*" ! -name 'submit.*'
  else
    find submissions events extensions -type f ! -name "near~$kz_client~*" ! -name 'submit.*'
  fi 2>/dev/null
  echo scheduler/heartbeat
  printf '%s\n' "$kz_claims" | awk -F. -v only="$kz_only" '
    $1 != "" && !($1 in seen) {
      seen[$1]
      place = only != "" && $1 == 0 ? "" : "group_" $1 "/"
      print place "record.jsonl"
      print place "heartbeat"
    }'
}
# One `find` for all of them: there may be as many as jobs.
kz_progress() {
  printf '%s\n' "$kz_claims" | awk -F. -v only="$kz_only" '
    $1 != "" && !($1 in seen) {
      seen[$1]
      print (only != "" && $1 == 0 ? "" : "group_" $1 "/") "progress.txt"
    }' | xargs sh -c '[ $# = 0 ] || exec find "$@" -prune -type f -size -129' sh 2>/dev/null
}
kz_compress() { if command -v gzip >/dev/null 2>&1; then gzip -c; else cat; fi; }
{
  date +%s
  if [ -n "$kz_claims" ]; then printf '%s\n' "$kz_claims"; fi
  echo
  {
    kz_files | while IFS= read -r kz_name; do
      if [ -f "$kz_name" ]; then printf '%s\n' "$kz_name"; fi
    done
    kz_progress
  } | tar -cf - -T - 2>/dev/null
} | kz_compress
# The one before was still needed to tell what is newer.
for kz_name in ".fetched.$kz_client".*; do
  case $kz_name in *".$4" | *".$5") ;; *) rm -f -- "$kz_name" ;; esac
done
