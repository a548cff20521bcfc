# probe DIRECTORY [MAKE]: says the absolute path of a project's directory there, which it makes if that is wanted; then how many cores
# and KiB of memory that machine has and the numbers of its GPUs; then which of the paths that it reads are missing.
case $1 in
  '~') set -- "$HOME" "${2-}" ;;
  '~/'*) set -- "$HOME/${1#'~/'}" "${2-}" ;;
  /*) ;;
  *) set -- "$HOME/$1" "${2-}" ;;
esac
if [ -n "${2-}" ]; then mkdir -p -- "$1" && cd -- "$1" && [ -w . ] || exit 73; fi
printf '%s\n' "$1"
kz_machine=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
kz_memory=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null)
kz_machine="$kz_machine ${kz_memory:-0}"
for kz_path in /dev/nvidia[0-9]*; do
  if [ -e "$kz_path" ]; then kz_machine="$kz_machine ${kz_path#/dev/nvidia}"; fi
done
printf '%s\n' "$kz_machine"
while IFS= read -r kz_path; do
  if [ ! -e "$kz_path" ]; then printf '%s\n' "$kz_path"; fi
done
