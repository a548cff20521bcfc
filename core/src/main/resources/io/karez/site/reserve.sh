# reserve RESULTS LEAST: takes the lowest number of a run that is free there and not below LEAST, and says which.
mkdir -p -- "$1/.ids" && cd "$1/.ids" || exit 73
kz_next=$2
for kz_name in *; do
  case $kz_name in
    *[!0-9]* | '' | 0*) ;;
    *) if [ "$kz_name" -ge "$kz_next" ]; then kz_next=$((kz_name + 1)); fi ;;
  esac
done
# Runs that were copied there without their numbers.
for kz_name in ../*/run_*; do
  kz_name=${kz_name##*/run_}
  case $kz_name in
    *[!0-9]* | '' | 0*) ;;
    *) if [ "$kz_name" -ge "$kz_next" ]; then kz_next=$((kz_name + 1)); fi ;;
  esac
done
kz_tries=0
until mkdir "$kz_next" 2>/dev/null; do
  kz_tries=$((kz_tries + 1))
  if [ "$kz_tries" -gt 1000 ]; then mkdir "$kz_next" || exit 73; fi
  kz_next=$((kz_next + 1))
done
printf '%s\n' "$kz_next"
