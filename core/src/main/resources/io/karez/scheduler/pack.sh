# Karez's pack: runs several tasks of a submission inside one job of a batch system, and ends with the highest of their statuses.
#
#   /bin/sh pack.sh ROOM CORES NUMBER SIZE TASKS RUN SUBMISSION NATIVE RESTART REQUEUE [WHY]
#
# ROOM is how many cores the job has here and CORES how many each task is to have: so many run at a time as there is room for, at
# least one. NUMBER is the place of the pack in the submission, SIZE how many tasks a pack has, TASKS how many the submission has;
# the rest is as for wrapper.sh.

kz_pack() {
  kz_slots=$(($1 / $2))
  kz_first=$(($3 * $4))
  kz_last=$((kz_first + $4 - 1))
  if [ "$kz_last" -ge "$5" ]; then kz_last=$(($5 - 1)); fi
  shift 5
  kz_run=$1
  kz_submission=$2
  kz_native=$3
  kz_restart=$4
  kz_requeue=$5
  kz_why=${6-}
  if [ "$kz_slots" -lt 1 ]; then kz_slots=1; fi
  if [ "$kz_slots" -gt "$((kz_last - kz_first + 1))" ]; then kz_slots=$((kz_last - kz_first + 1)); fi
  kz_place=$(mktemp -d) || exit 125
  trap 'rm -rf -- "$kz_place"' EXIT
  kz_signals=
  for kz_signal in HUP INT TERM USR1 USR2 CONT; do
    # shellcheck disable=SC2064 # the name is wanted now
    trap "kz_hand_on $kz_signal" "$kz_signal"
  done
  kz_workers=
  while [ "$kz_slots" -gt 0 ]; do
    kz_work &
    kz_workers="$kz_workers $!"
    kz_slots=$((kz_slots - 1))
  done
  for kz_pid in $kz_workers; do
    kz_trapped=yes
    # A trapped signal ends `wait` early.
    while [ -n "$kz_trapped" ]; do
      kz_trapped=
      wait "$kz_pid"
      kill -0 "$kz_pid" 2>/dev/null || break
    done
  done
  kz_weigh
  kz_tidy_up
  kz_put_pack_back
  exit "$kz_status"
}

# Takes one task after the other that no other worker has taken. Signals are for the wrappers; one that is ignored they could not
# trap.
kz_work() {
  trap - EXIT
  for kz_signal in HUP INT TERM USR1 USR2 CONT; do trap : "$kz_signal"; done
  kz_task=$kz_first
  while [ "$kz_task" -le "$kz_last" ] && [ ! -e "$kz_place/stop" ]; do
    if mkdir "$kz_place/$kz_task" 2>/dev/null; then
      # Either it sees that all are to stop, or who stops them sees its number.
      # shellcheck disable=SC2016,SC2086 # for the shell that it starts; WHY is a word or nothing
      /bin/sh -c 'echo "$$" >"$1/$2/pid"; [ ! -e "$1/stop" ] || exit 143; shift 2; exec /bin/sh "$@"' sh \
        "$kz_place" "$kz_task" "$kz_run/wrapper.sh" "$kz_run" "$kz_submission" "$kz_task" "$kz_native" "$kz_restart" - $kz_why
      echo "$?" >"$kz_place/$kz_task/status"
      rm -f -- "$kz_place/$kz_task/pid"
    fi
    kz_task=$((kz_task + 1))
  done
}

kz_hand_on() {
  kz_signals="$kz_signals $1"
  kz_trapped=yes
  # Whoever is asked to end, or warned that the time is nearly over, begins nothing.
  case $1 in TERM | INT | "${kz_requeue%% *}") true >"$kz_place/stop" ;; esac
  for kz_file in "$kz_place"/*/pid; do
    kz_wrapper=
    { read -r kz_wrapper <"$kz_file"; } 2>/dev/null
    if [ -n "$kz_wrapper" ]; then kill -s "$1" "$kz_wrapper" 2>/dev/null; fi
  done
}

# Sets kz_status to the highest status, and kz_left when a task was not begun.
kz_weigh() {
  kz_status=0
  kz_left=
  kz_task=$kz_first
  while [ "$kz_task" -le "$kz_last" ]; do
    kz_one=
    { read -r kz_one <"$kz_place/$kz_task/status"; } 2>/dev/null
    if [ -z "$kz_one" ]; then kz_left=yes; elif [ "$kz_one" -gt "$kz_status" ]; then kz_status=$kz_one; fi
    kz_task=$((kz_task + 1))
  done
  if [ -n "$kz_left" ] && [ "$kz_status" -eq 0 ]; then kz_status=143; fi
}

# The scheduler's own output is worth keeping when something is in it, or when the job did not end well.
kz_tidy_up() {
  if [ "$kz_status" -ne 0 ]; then return; fi
  for kz_name in "$kz_run"/scheduler/*"$kz_native".txt; do
    if [ ! -s "$kz_name" ]; then rm -f -- "$kz_name"; fi
  done
}

# As for a single job, see wrapper.sh: those that have ended by themselves are not run again.
kz_put_pack_back() {
  case $kz_requeue in *' '*) ;; *) return ;; esac
  if [ "$kz_status" -eq 0 ] || [ -e "$kz_run/submissions/$kz_submission/cancel" ]; then return; fi
  if [ "$(kill -l "$kz_status" 2>/dev/null)" = "${kz_requeue%% *}" ]; then
    echo "karez: a program does nothing about ${kz_requeue%% *}, so the pack was not put back into the queue" >&2
    return
  fi
  case " $kz_signals " in
    *' TERM '*) ;;
    *" ${kz_requeue%% *} "*)
      # shellcheck disable=SC2086 # words of ours
      ${kz_requeue#* } "$kz_native" || echo "karez: could not be put back into the queue" >&2
      ;;
  esac
}

kz_pack "$@"
