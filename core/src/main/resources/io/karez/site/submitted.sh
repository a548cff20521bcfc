# submitted DIRECTORY STAMP: what became of a command that `submit` ran, or was to run: `never` when it has not and never will, which
# this sees to; else `running`, `gone`, or `elsewhere` when it is on another host, and after that the note that it has left.
# The directory may be still on its way.
cd "${1%/submissions/*}" && mkdir -p -- "$1" && cd "$1" || exit 66
kz_note=submit.$2
set -C
if { echo never >"$kz_note"; } 2>/dev/null; then
  echo never
  exit
fi
kz_host=
kz_process=
read -r kz_host kz_process <"$kz_note" || [ -e "$kz_note" ] || exit 73
if [ "$kz_host" = never ]; then
  echo never
elif [ "$kz_host" != "$(uname -n)" ]; then
  echo elsewhere
elif { tr '\0' ' ' <"/proc/$kz_process/cmdline" || ps -o args= -p "$kz_process"; } 2>/dev/null | grep -qF -- " submit $1 $2 "; then
  echo running
else
  echo gone
fi
cat "$kz_note"
