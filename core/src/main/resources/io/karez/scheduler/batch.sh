
# Karez's wrapper for batch systems: runs one task of a submission and ends with the program's status.
#
#   /bin/sh wrapper.sh RUN SUBMISSION TASK NATIVE RESTART REQUEUE [WHY]
#
# NATIVE is the scheduler's name of the job, RESTART how many times the scheduler has started it before; REQUEUE is empty, or the
# signal that tells that the time is nearly over, and after a blank the command that puts the job back into the queue when it fails
# after that signal, or `-` inside of a pack; WHY says that the program must
# not be started, because its `directory` is missing or its `setup` failed.

kz_batch() {
  kz_enter "$1"
  kz_submission=$2
  kz_native=$4
  kz_restart=${5:-0}
  kz_requeue=${6-}
  kz_hindrance=${7-}
  kz_survey
  kz_equip
  kz_line=$(tail -c "+$((32 * $3 + 1))" "submissions/$2/tasks" | head -n 1)
  # shellcheck disable=SC2086 # three numbers
  set -- $kz_line
  if [ $# -ne 3 ]; then
    kz_say "submissions/$kz_submission/tasks has no such task"
    exit 125
  fi
  kz_index=$1
  kz_attempt=$2
  kz_rows_of "$kz_submission"
  kz_row_at "$3"
  kz_signals=
  kz_missed=
  kz_child=
  kz_killer=
  for kz_signal in HUP INT TERM USR1 USR2 CONT; do
    # shellcheck disable=SC2064 # the name is wanted now
    trap "kz_forward $kz_signal" "$kz_signal"
  done
  # Under a multibyte locale a shell may take a quote for part of a character.
  kz_lc=${LC_ALL-unset}
  LC_ALL=C
  $kz_guard eval "set -- $kz_row" 2>/dev/null || set --
  case $kz_lc in unset) unset LC_ALL ;; *) LC_ALL=$kz_lc ;; esac
  if [ $# -lt 4 ] || [ "$1" != "$kz_index" ]; then
    kz_no_row
    exit 125
  fi
  kz_dir=$2
  kz_parameters=$3
  shift 3
  if [ -e "submissions/$kz_submission/cancel" ]; then exit 143; fi
  mkdir -p -- "$kz_dir" || exit 125
  kz_take || exit 125
  kz_begin "$kz_attempt" || exit 125
  if [ -n "$kz_hindrance" ]; then
    kz_clock
    kz_note end '"status":125,"launch":"'"$kz_hindrance"'","uptime":"'"$kz_uptime"'"'
    exit 125
  fi
  kz_launch "$@"
  kz_tidy
  kz_put_back
  exit "$kz_status"
}

# A program that was warned that its time is nearly over, and did not end with success, goes on later from where it was. TERM is
# for one that is cancelled, or did not end in time.
kz_put_back() {
  case $kz_requeue in *' '*) ;; *) return ;; esac
  if [ "$kz_status" -eq 0 ]; then return; fi
  # A program that does not know the signal dies of it each time, and has saved nothing.
  if [ "$(kill -l "$kz_status" 2>/dev/null)" = "${kz_requeue%% *}" ]; then
    kz_say "job $kz_index: its program does nothing about ${kz_requeue%% *}, and was not put back into the queue"
    return
  fi
  if [ -e "submissions/$kz_submission/cancel" ] || [ -e "claims/$kz_index.$kz_attempt.cancel" ]; then return; fi
  case " $kz_signals " in
    *' TERM '*) ;;
    *" ${kz_requeue%% *} "*)
      # shellcheck disable=SC2086 # words of ours
      ${kz_requeue#* } "$kz_native" || kz_say "job $kz_index: could not be put back into the queue"
      ;;
  esac
}

# Takes the job. A scheduler that starts one of its jobs again finds the claim of the time before, and takes one of its own,
# unless the program had come to its end with success.
kz_take() {
  if kz_claim "$kz_index" "$kz_attempt"; then return; fi
  case $kz_restart in '' | 0 | *[!0-9]*) return 1 ;; esac
  # Cancelled since, or tried again by Karez.
  for kz_name in "$kz_index.$kz_attempt.cancel" "$kz_index.$kz_attempt.over" "$kz_index.$((kz_attempt + 1))"; do
    if [ -e "claims/$kz_name" ]; then return 1; fi
  done
  kz_last=
  kz_begun=
  while read -r kz_line; do
    case $kz_line in *'"attempt":'"$kz_attempt,"*) kz_last=$kz_line ;; esac
    case $kz_line in *'"event":"start","attempt":'"$kz_attempt",*) kz_begun=$kz_line ;; esac
  done <"$kz_dir/record.jsonl" 2>/dev/null
  case $kz_begun in *'"native":"'"$kz_native"'"'*) ;; *) return 1 ;; esac
  case $kz_last in *'"event":"end"'*'"status":0,'*) exit 0 ;; esac
  # Of a pack only what was asked to end goes on.
  case $kz_requeue$kz_last in
    *'"forwarded"'*) ;;
    '-'*'"event":"end"'*'"status":'*)
      kz_last=${kz_last##*'"status":'}
      exit "${kz_last%%[!0-9]*}"
      ;;
  esac
  kz_claim "$kz_index" "$kz_attempt.r$kz_restart" || return 1
  for kz_name in stdout stderr; do
    if [ -e "$kz_dir/$kz_name.txt" ]; then mv -- "$kz_dir/$kz_name.txt" "$kz_dir/$kz_name.$kz_attempt-r$((kz_restart - 1)).txt"; fi
  done
}

# The scheduler's own output is worth keeping when something is in it, or when the job did not end well.
kz_tidy() {
  if [ "$kz_status" -ne 0 ] || [ "$kz_requeue" = - ]; then return; fi
  for kz_name in scheduler/*"$kz_native".txt; do
    if [ ! -s "$kz_name" ]; then rm -f -- "$kz_name"; fi
  done
}

# kz_launch PROGRAM ARGS...: runs it in the background, so that signals can be handed on, and waits until it is gone.
kz_launch() {
  kz_self
  kz_wrapper="$kz_pid $kz_ticks"
  kz_usage=$KAREZ_JOB_DIR/.usage
  kz_measure=${kz_time:+time}
  kz_clock
  if [ -e container.sh ]; then set -- /bin/sh "$kz_run/container.sh" "$kz_submission" "$kz_attempt" "$@"; fi
  if ! kz_runnable "$1"; then
    kz_note end '"status":127,"launch":"'$kz_why'","uptime":"'"$kz_uptime"'"'
    kz_status=127
    return
  fi
  case $kz_signals in
    *INT* | *TERM* | *HUP*)
      kz_note end '"status":143,"launch":"signal","uptime":"'"$kz_uptime"'"'
      kz_status=143
      return
      ;;
  esac
  kz_input
  if [ -n "$kz_measure" ]; then { true >"$kz_usage"; } 2>/dev/null; fi
  (kz_become "$@") <&3 >"$kz_dir/stdout.txt" 2>"$kz_dir/stderr.txt" &
  kz_child=$!
  kz_heartbeat &
  kz_beat=$!
  # A signal that came before the child was known.
  for kz_signal in $kz_signals; do kz_send "$kz_signal"; done
  kz_trapped=
  wait "$kz_child"
  kz_status=$?
  # A trapped signal ends `wait` early; what it then returns differs between shells.
  while [ -n "$kz_trapped" ]; do
    kz_trapped=
    kz_there=
    if kill -0 "$kz_child" 2>/dev/null; then kz_there=yes; fi
    wait "$kz_child" 2>/dev/null
    kz_word=$?
    if [ -n "$kz_there" ] || [ "$kz_word" -ne 127 ]; then kz_status=$kz_word; fi
  done
  kz_clock
  kz_await_orphan
  for kz_pid in $kz_beat $kz_killer; do kz_end_beside "$kz_pid"; done
  kz_finish
}

# Before the end is recorded: whoever sees that may look through the directory at once.
kz_clean() { rm -f -- "$kz_dir/heartbeat" "$kz_usage"; }

kz_forward() {
  kz_signals="$kz_signals $1"
  kz_trapped=yes
  if [ -n "$kz_child" ]; then kz_send "$1"; fi
}

# kz_send SIGNAL: to the program's group where it has one.
kz_send() {
  kz_program_of "$kz_child" "$kz_measure"
  # Nothing is below `time` before it has started the program and after it has died, even as long as it is a zombie.
  if [ -n "$kz_measure" ] && [ "$kz_program" = "$kz_child" ]; then kz_missed="$kz_missed $1"; fi
  if [ -n "$kz_session" ] && kill -s "$1" -- "-$kz_program" 2>/dev/null; then :; else kill -s "$1" "$kz_program" 2>/dev/null; fi
  case $1 in
    INT | TERM)
      if [ -n "${kz_grace-}" ] && [ -z "$kz_killer" ]; then
        kz_kill_later &
        kz_killer=$!
      fi
      ;;
  esac
}

kz_kill_later() {
  kz_beside
  kz_sleep "$kz_grace" || exit 0
  if [ -n "$kz_session" ]; then kill -s KILL -- "-$kz_program" 2>/dev/null; fi
  kill -s KILL "$kz_program" 2>/dev/null
}

# Touches the job's heartbeat; what it holds is the highest memory seen so far, in KiB.
kz_heartbeat() {
  kz_beside
  kz_peak=0
  while kz_sleep "${kz_pulse:-300}"; do
    kz_program_of "$kz_child" "$kz_measure"
    kz_peak_of "$kz_program"
    printf '%s\n' "$kz_peak" >"$kz_dir/heartbeat"
    # The wrapper may have been killed.
    kz_ticks_of "$kz_child"
    [ -n "$kz_ticks" ] || exit 0
  done
}

kz_batch "$@"
