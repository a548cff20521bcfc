# submit DIRECTORY STAMP COMMAND ARGS...: runs the command that hands a submission to the scheduler, once, and leaves a note of that in
# the submission's directory, for those whom its answer does not reach: who runs it, and at the end its exit code and what it printed,
# and a full stop. The last line on standard error tells when the command was not run.
trap '' HUP INT PIPE
kz_give_up() {
  echo 'karez: not submitted' >&2
  exit 73
}
kz_note=$1/submit.$2
shift 2
set -C
printf '%s %s\n' "$(uname -n)" "$$" >"$kz_note" || kz_give_up
set +C
kz_out=$("$@")
kz_code=$?
printf '%s\n' "$kz_out"
printf '%s\n%s\n.\n' "$kz_code" "$kz_out" >>"$kz_note"
exit "$kz_code"
