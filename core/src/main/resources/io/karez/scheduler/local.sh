
# Karez's local scheduler: runs the jobs of one submission on this machine, a fixed number at a time, and outlives Karez.
#
#   /bin/sh local.sh supervise RUN SUBMISSION SLOTS [WORDS...]
#                                                      run the jobs; ends when all have ended; WORDS are for the slots: the GPUs of
#                                                      each, where there are some
#   /bin/sh local.sh start RUN SUBMISSION              start its script in a session of its own; prints who it is
#   /bin/sh local.sh alive                             reads identities, one a line; says of each: alive, gone or elsewhere
#   /bin/sh local.sh stop SIGNAL                       reads identities; sends the signal to the group of each; says the same;
#                                                      what is left of a group 3 s after TERM is killed
#
# An identity is HOST MACHINE BOOT PIDNS PID TICKS: a pid means something only on its machine, in its pid namespace, until the next
# boot, and while the process has the same start time.

kz_supervise() {
  kz_enter "$1"
  kz_submission=$2
  kz_slots=$3
  shift 3
  set -C
  if { true >"submissions/$kz_submission/started"; } 2>/dev/null; then set +C; else
    kz_say "submission $kz_submission was started before, or $kz_run/submissions/$kz_submission cannot be written"
    exit 125
  fi
  kz_survey
  kz_equip
  kz_self
  kz_identities="$kz_where $kz_pid ${kz_ticks:-?}"
  kz_publish "submissions/$kz_submission/supervisor" "$kz_identities" || exit 125
  kz_input
  exec 0</dev/null
  kz_plan
  kz_prepare
  kz_pids=
  kz_next=0
  while [ "$kz_next" -lt "$kz_slots" ]; do
    # shellcheck disable=SC2086 # words of ours
    $kz_reset /bin/sh "$kz_script" slot "$kz_run" "$kz_workdir" "$kz_submission" "$kz_next" "$kz_facts" "$kz_session" "$kz_time" "$kz_seek" "$kz_last" "$@" <&3 &
    kz_pids="$kz_pids $!"
    kz_ticks_of "$!"
    kz_identities="$kz_identities$kz_nl$kz_where $! ${kz_ticks:-?}"
    kz_next=$((kz_next + 1))
  done
  kz_end=ended
  # shellcheck disable=SC2064,SC2086 # the slots of now
  trap "kz_trapped=yes; kz_end=stopped; kill -s TERM $kz_pids 2>/dev/null" INT TERM HUP
  kz_publish "submissions/$kz_submission/supervisor" "$kz_identities"
  # shellcheck disable=SC2086 # numbers
  kz_watch $kz_pids &
  kz_watcher=$!
  kz_died=
  for kz_pid in $kz_pids; do
    kz_trapped=yes
    # A trapped signal ends `wait` early; what it then returns differs between shells.
    while [ -n "$kz_trapped" ]; do
      kz_trapped=
      wait "$kz_pid"
      kz_status=$?
      kill -0 "$kz_pid" 2>/dev/null || break
    done
    if [ "$kz_status" -gt 128 ]; then
      kz_died=yes
      kz_say "slot $kz_pid died (status $kz_status)"
    fi
  done
  kz_conclude
  # What a slot that was killed has left.
  if [ "$kz_end" = ended ] && kz_is_left; then
    kz_prepare
    /bin/sh "$kz_script" slot "$kz_run" "$kz_workdir" "$kz_submission" 0 "$kz_facts" "$kz_session" "$kz_time" "$kz_seek" "$kz_last" "$@" <&3
    kz_conclude
  fi
  kz_end_beside "$kz_watcher"
  rm -f "scheduler/.usage.$kz_submission".* scheduler/heartbeat
  kz_publish "submissions/$kz_submission/ended" "$kz_end"
}

# What other supervisors do: before slots start, after they have ended, which may change the word of the end, and whether anything
# may be left then.
kz_prepare() { :; }
kz_conclude() { :; }
kz_is_left() { :; }

# kz_publish FILE LINE: the file is there whole or not at all.
kz_publish() {
  printf '%s\n' "$2" >"$1.new" && mv "$1.new" "$1"
}

# Sets kz_last to the highest index and kz_seek when rows are to be sought. Reading them in order costs no process, but
# every slot reads every byte: too dear for long rows.
kz_plan() {
  # shellcheck disable=SC2046 # three numbers
  set -- $(tail -c 32 "submissions/$kz_submission/tasks")
  kz_last=${1:-0}
  kz_seek=
  kz_count=$(wc -c <"submissions/$kz_submission/tasks")
  kz_count=$((kz_count / 32))
  if [ "$((${3:-0} / kz_count * kz_slots))" -gt 8000 ]; then kz_seek=yes; fi
}

# Every free slot takes the next job that nobody has claimed: the claim is the queue. A slot that dies loses no job but its own.
# slot RUN WORKDIR SUBMISSION NUMBER FACTS SESSION TIME SEEK LAST [DEVICES...]
kz_slot() {
  kz_input
  exec 0</dev/null
  cd -P -- "$1" || exit 125
  kz_run=$1
  kz_workdir=$2
  kz_submission=$3
  kz_skip=$4
  # By the process, because a program whose slot was killed may still be measured.
  kz_usage=$kz_run/scheduler/.usage.$3.$$
  kz_facts=$5
  kz_session=$6
  kz_time=$7
  # The slot itself was started with the signals as they should be.
  kz_reset=
  kz_seek=$8
  kz_last=$9
  shift 9
  if [ $# -gt "$kz_skip" ]; then
    shift "$kz_skip"
    CUDA_VISIBLE_DEVICES=$1
    export CUDA_VISIBLE_DEVICES
  fi
  kz_native=local
  kz_restart=
  kz_signals=
  kz_missed=
  kz_measure=${kz_time:+time}
  kz_self
  kz_wrapper="$kz_pid $kz_ticks"
  kz_rows_of "$kz_submission"
  kz_stopping=
  trap kz_stopping=yes INT TERM HUP
  # The cancel of a whole submission is a file, so that it holds for jobs that nobody has taken yet.
  while [ -z "$kz_stopping" ] && read -r kz_index kz_attempt kz_offset <&4; do
    if [ -z "$kz_seek" ]; then IFS= read -r kz_row <&5 || kz_row=; fi
    # Slots that start together do not all try for the same job.
    if [ "$kz_skip" -gt 0 ]; then kz_skip=$((kz_skip - 1)); continue; fi
    if [ -e "claims/$kz_index.$kz_attempt" ]; then continue; fi
    if [ -e "submissions/$kz_submission/cancel" ]; then break; fi
    if [ -n "$kz_seek" ]; then kz_row_at "$kz_offset"; fi
    kz_one
  done 4<"submissions/$kz_submission/tasks" 5<"$kz_rows"
}

kz_one() {
  kz_lc=${LC_ALL-unset}
  LC_ALL=C
  $kz_guard eval "set -- $kz_row" 2>/dev/null || set --
  case $kz_lc in unset) unset LC_ALL ;; *) LC_ALL=$kz_lc ;; esac
  if [ $# -lt 4 ] || [ "$1" != "$kz_index" ]; then
    kz_no_row
    return
  fi
  kz_dir=$2
  kz_parameters=$3
  shift 3
  if [ ! -d "$kz_dir" ]; then kz_directories || return; fi
  kz_claim "$kz_index" "$kz_attempt" || return
  kz_begin "$kz_attempt" || return
  kz_clock
  kz_before=$kz_uptime
  if [ -e container.sh ]; then set -- /bin/sh "$kz_run/container.sh" "$kz_submission" "$kz_attempt" "$@"; fi
  if ! kz_runnable "$1"; then
    kz_note end '"status":127,"launch":"'$kz_why'","uptime":"'"$kz_uptime"'"'
    return
  fi
  # The program runs in the foreground: its signals come from `stop`, which knows it, and nothing need be handed on.
  if [ -n "$kz_measure" ]; then { true >"$kz_usage"; } 2>/dev/null; fi
  # Some shells say that a signal has ended it, which is no news; dash does so when the next command begins.
  {
    (exec 2>&6 6>&- <&3 >"$kz_dir/stdout.txt" 2>"$kz_dir/stderr.txt" && kz_become "$@")
    kz_status=$?
  } 6>&2 2>/dev/null
  kz_clock
  kz_await_orphan
  kz_finish
  if [ -e "$kz_dir/heartbeat" ]; then rm -f -- "$kz_dir/heartbeat"; fi
  kz_choose
}

# The one that watches may write the heartbeat until the end is recorded.
kz_clean() { :; }

# Measuring costs two processes: too dear for jobs that themselves take no longer. The last job of the slot tells.
kz_choose() {
  kz_after=${kz_uptime%.*}${kz_uptime#*.}
  kz_before=${kz_before%.*}${kz_before#*.}
  case $kz_after$kz_before in 0*) return ;; esac
  kz_measure=
  if [ -n "$kz_time" ] && [ "$((kz_after - kz_before))" -ge 10 ]; then kz_measure=time; fi
}

# One command makes the directories of this job and the next ones.
kz_directories() {
  set -- "$kz_dir"
  if [ "$kz_dir" = "group_$kz_index" ]; then
    kz_next=$kz_index
    while [ "$kz_next" -lt "$kz_last" ] && [ $# -lt 50 ]; do
      kz_next=$((kz_next + 1))
      set -- "$@" "group_$kz_next"
    done
  fi
  mkdir -p -- "$@"
}

# kz_watch PID...: touches the run's heartbeat for as long as one of the slots lives, and looks how much memory their programs take.
kz_watch() {
  kz_beside
  kz_alive=yes
  kz_pulse=1
  while [ -n "$kz_alive" ] && kz_sleep "$kz_pulse"; do
    kz_pulse=$((kz_pulse * 2))
    if [ "$kz_pulse" -gt 30 ]; then kz_pulse=30; fi
    kz_clock
    printf '%s\n' "$kz_uptime" >scheduler/heartbeat
    kz_alive=
    for kz_pid in "$@"; do
      kz_ticks_of "$kz_pid"
      if [ -n "$kz_ticks" ]; then
        kz_alive=yes
        kz_memory_of "$kz_pid"
      fi
    done
  done
}

# kz_memory_of SLOT: keeps the peak memory so far of its program in the job's heartbeat, unless it is measured. What runs is told
# by the environment of the process and the job's record, so that the jobs have nothing to do for it.
kz_memory_of() {
  kz_below=
  { read -r kz_below kz_rest <"/proc/$1/task/$1/children"; } 2>/dev/null
  kz_ticks_of "${kz_below:-none}"
  if [ -z "$kz_ticks" ]; then return; fi
  kz_dir=$(tr '\0' '\n' 2>/dev/null <"/proc/$kz_below/environ" | sed -n 's/^KAREZ_JOB_DIR=//p')
  case $kz_dir/ in "$kz_run"/*) ;; *) return ;; esac
  kz_line=
  while read -r kz_rest; do kz_line=$kz_rest; done <"$kz_dir/record.jsonl"
  case $kz_line in
    *'"event":"start"'*'"pid":'"$kz_below"',"ticks":"'"$kz_ticks"'",'*) ;;
    *) return ;;
  esac
  kz_peak=
  read -r kz_peak <"$kz_dir/heartbeat"
  kz_peak=${kz_peak:-0}
  kz_peak_of "$kz_below"
  kz_publish "$kz_dir/heartbeat" "$kz_peak"
} 2>/dev/null

# Whether the submission can be started, for other supervisors.
kz_may_start() { :; }

# start RUN SUBMISSION: what the program reads is what this command reads.
kz_start() {
  cd -P -- "$1" || exit 125
  kz_may_start "$2" || exit 69
  kz_survey
  if setsid true 2>/dev/null; then
    setsid /bin/sh "$PWD/submissions/$2/script.sh" <&0 >"scheduler/local.$2.txt" 2>&1 &
  else
    trap '' HUP
    /bin/sh "$PWD/submissions/$2/script.sh" <&0 >"scheduler/local.$2.txt" 2>&1 &
  fi
  kz_ticks_of "$!"
  printf '%s\n' "$kz_where $! ${kz_ticks:-?}"
}

# kz_state_of HOST MACHINE BOOT PIDNS PID TICKS: sets kz_state.
kz_state_of() {
  kz_state=elsewhere
  # shellcheck disable=SC2086 # four words
  set -- "$1" "$2" "$3" "$4" "$5" "$6" $kz_where
  if [ "$1 $2" != "$7 $8" ]; then return; fi
  if [ "$3" != "$9" ]; then
    # The same machine after a reboot; without a machine id it may be another of the same name.
    if [ "$2" != '?' ]; then kz_state=gone; fi
  elif [ "$4" = "${10}" ]; then
    kz_ticks_of "$5"
    if [ -n "$kz_ticks" ] && [ "$kz_ticks" = "$6" ]; then kz_state=alive; else kz_state=gone; fi
  fi
}

# kz_each SIGNAL: says the state of every process named, and sends the signal, if any, to those that live.
kz_each() {
  kz_survey
  kz_asked=
  while read -r kz_line; do
    # shellcheck disable=SC2086 # six words
    kz_state_of $kz_line
    if [ "$kz_state" = alive ] && [ -n "$1" ]; then
      # shellcheck disable=SC2086
      set -- "$1" $kz_line
      kz_asked="$kz_asked $6 $7"
      kill -s "$1" -- "-$6" 2>/dev/null || kill -s "$1" "$6" 2>/dev/null
      if [ "$1" = KILL ]; then kz_kill_session "$6"; fi
    fi
    printf '%s %s\n' "$kz_state" "$kz_line"
  done
  if [ "$1" = TERM ] && [ -n "$kz_asked" ]; then
    # shellcheck disable=SC2086 # pairs of numbers
    kz_reap $kz_asked &
  fi
}

# kz_reap PID TICKS...: kills, after the grace, what is left of the groups of these programs. A program may have ended and left
# children behind that do not listen; as long as one of them lives, no other process or group is given its number.
kz_reap() {
  # A redirection of the call would leave the caller's output open in some shells.
  exec </dev/null >/dev/null 2>&1
  trap '' HUP INT TERM
  sleep 3
  while [ $# -gt 0 ]; do
    kz_ticks_of "$1"
    if [ "$kz_ticks" = "$2" ]; then
      kill -s KILL -- "-$1" || kill -s KILL "$1"
      kz_kill_session "$1"
    elif [ ! -e "/proc/$1" ]; then
      kill -s KILL -- "-$1"
      kz_kill_session "$1"
    fi
    shift 2
  done
}

# kz_kill_session NUMBER: kills what is left of a session: apptainer has helpers with groups of their own, which stay when it is
# killed. As long as one of them lives, no other process or session is given its number.
kz_kill_session() {
  for kz_process in /proc/[0-9]*; do
    kz_stat=
    { read -r kz_stat <"$kz_process/stat"; } 2>/dev/null
    # shellcheck disable=SC2086 # numbers
    set -- "$1" ${kz_stat##*') '}
    if [ "${5-}" = "$1" ]; then kill -s KILL "${kz_process#/proc/}" 2>/dev/null; fi
  done
}
