# probe DIRECTORY [MAKE]: says the absolute path of a project's directory there, which it makes if that is wanted, then which of the
# paths that it reads are missing.
case $1 in
  '~') set -- "$HOME" "${2-}" ;;
  '~/'*) set -- "$HOME/${1#'~/'}" "${2-}" ;;
  /*) ;;
  *) set -- "$HOME/$1" "${2-}" ;;
esac
if [ -n "${2-}" ]; then mkdir -p -- "$1" && cd -- "$1" && [ -w . ] || exit 73; fi
printf '%s\n' "$1"
while IFS= read -r kz_path; do
  if [ ! -e "$kz_path" ]; then printf '%s\n' "$kz_path"; fi
done
