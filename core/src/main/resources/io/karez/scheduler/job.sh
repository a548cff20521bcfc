# Running one job and recording what happens to it: what the batch wrapper and the local supervisor share. It runs on dash, bash,
# busybox and ksh and needs nothing but mkdir, ls, tail and head; what it can use besides (setsid, env, time) it looks for. Every
# variable begins with `kz_`, because a shell exports what it assigns when the environment has a variable of that name.

# A row is one line: where it needs a newline it says "$kz_nl".
kz_nl='
'

# `command` keeps a shell from ending at a row that cannot be read. In mksh what it evaluates has no effect.
kz_guard=command
kz_probe() {
  command eval 'set -- yes'
  if [ "${1-}" != yes ]; then kz_guard=; fi
}
kz_probe

kz_say() {
  printf 'karez: %s\n' "$*" >&2
}

# kz_enter RUN: the program will run where the script has gone to; the wrapper works in the run's directory.
kz_enter() {
  kz_workdir=$PWD
  cd -P -- "$1" || exit 125
  kz_run=$PWD
  KAREZ_RUN_DIR=$PWD
  export KAREZ_RUN_DIR
}

# Facts about this machine, once for all jobs that this shell runs.
kz_survey() {
  kz_clock
  kz_wall0=$(date +%s.%N)
  case ${kz_wall0#*.} in *[!0-9]*) kz_wall0=${kz_wall0%%.*} ;; esac
  kz_host=$(uname -n)
  kz_machine=
  { read -r kz_machine </etc/machine-id; } 2>/dev/null
  kz_boot=
  { read -r kz_boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
  kz_pidns=$(readlink /proc/self/ns/pid 2>/dev/null)
  kz_pidns=${kz_pidns#pid:?}
  kz_pidns=${kz_pidns%?}
  set --
  for kz_word in "$kz_host" "$kz_machine" "$kz_boot" "$kz_pidns"; do
    case $kz_word in '' | *[!A-Za-z0-9._:-]*) kz_word='?' ;; esac
    set -- "$@" "$kz_word"
  done
  kz_where="$1 $2 $3 $4"
  kz_facts='"host":"'$1'","machine":"'$2'","boot":"'$3'","pidns":"'$4'","wall0":"'$kz_wall0'","uptime0":"'$kz_uptime'"'
}

# What this machine offers for running programs.
kz_equip() {
  # setsid gives the program a process group of its own: a signal reaches all of it and nothing else.
  kz_session=
  if setsid true 2>/dev/null; then kz_session=setsid; fi
  # A shell starts background commands with INT and QUIT ignored, which no POSIX means can undo.
  kz_reset=
  if env --default-signal=INT,QUIT true 2>/dev/null; then kz_reset='env --default-signal=INT,QUIT'; fi
  # GNU time knows the peak memory, and tells a signal from exit 128 + n.
  kz_time=
  case $(/usr/bin/time -f 'rss %M' true 2>&1) in
    'rss '[0-9]*) kz_time=/usr/bin/time ;;
  esac
}

# Sets kz_uptime: seconds since boot, with decimals; it goes on through suspends and never jumps.
kz_clock() {
  if { read -r kz_uptime kz_rest </proc/uptime; } 2>/dev/null; then :; else kz_uptime=$(date +%s); fi
}

# kz_ticks_of PID: sets kz_ticks to the start time of a process in clock ticks since boot, which with its pid names it for
# ever; empty when there is no such process. A zombie counts as gone.
kz_ticks_of() {
  kz_ticks=
  { read -r kz_stat <"/proc/$1/stat"; } 2>/dev/null || return 0
  kz_stat=${kz_stat##*') '}
  case $kz_stat in Z*) return 0 ;; esac
  # shellcheck disable=SC2086 # numbers
  set -- $kz_stat
  kz_ticks=${20}
}

# Sets kz_pid and kz_ticks to this very process; `$$` stays the parent's in a subshell.
kz_self() {
  kz_ticks=
  kz_pid=$$
  { read -r kz_stat </proc/self/stat; } 2>/dev/null || return 0
  kz_pid=${kz_stat%% *}
  kz_stat=${kz_stat##*') '}
  # shellcheck disable=SC2086 # numbers
  set -- $kz_stat
  kz_ticks=${20}
}

# kz_program_of PID MEASURED: sets kz_program to the program itself, which runs below `time` when it is measured.
kz_program_of() {
  kz_program=$1
  if [ -n "$2" ]; then
    kz_below=
    # the file has no newline, so `read` fails even when it reads
    { read -r kz_below kz_rest <"/proc/$1/task/$1/children"; } 2>/dev/null
    kz_program=${kz_below:-$1}
  fi
}

# kz_peak_of PID: raises kz_peak to the peak resident memory, in KiB (proc(5), VmHWM), of the largest process of all that are below
# this one, as `time` does; but those of a crowd would take long.
kz_peak_of() {
  kz_left=100
  while [ $# -gt 0 ] && [ "$kz_left" -gt 0 ]; do
    kz_left=$((kz_left - 1))
    kz_below=
    read -r kz_below <"/proc/$1/task/$1/children"
    while read -r kz_key kz_value kz_rest; do
      if [ "$kz_key" = VmHWM: ]; then
        if [ "$kz_value" -gt "$kz_peak" ]; then kz_peak=$kz_value; fi
        break
      fi
    done <"/proc/$1/status"
    shift
    # shellcheck disable=SC2086 # numbers
    set -- "$@" $kz_below
  done
} 2>/dev/null

# Makes descriptor 3 what the program will read: a shell gives what it runs in the background nothing to read otherwise.
kz_input() {
  if { true <&0; } 2>/dev/null; then exec 3<&0; else exec 3</dev/null; fi
}

# What runs below `time` until it becomes the program. The file that `time` writes to is open in it, and is closed. The record
# names this process, not `time`; when `time` has died before it was in the record nothing starts, so that whoever finds `time`
# dead finds the program in the record, or knows that it never runs. Its words: RECORD HEAD TAIL TIME PROGRAM ARGS...
# shellcheck disable=SC2016 # for the shell that it starts
kz_below_time='
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
kz_record=$1
kz_head=$2
kz_tail=$3
kz_parent=$4
kz_look() {
  set --
  { read -r kz_stat </proc/self/stat && set -- ${kz_stat##*") "}; } 2>/dev/null
  kz_above=${2-$kz_parent}
  kz_ticks=${20-}
}
kz_look
if printf "%s%s,\"ticks\":\"%s\"%s\n" "$kz_head" "$$" "$kz_ticks" "$kz_tail" >>"$kz_record"; then :; else
  printf "karez: cannot write %s; the program was not started\n" "$kz_record" >&2
  exit 125
fi
kz_look
[ "$kz_above" = "$kz_parent" ] || exit 125
shift 4
exec "$@"'

# kz_claim INDEX ATTEMPT: of all copies of a job only the one that makes this file runs it. Creation is exclusive (O_EXCL).
kz_claim() {
  set -C
  { true >"claims/$1.$2"; } 2>/dev/null
  kz_status=$?
  set +C
  if [ "$kz_status" -ne 0 ] && [ ! -e "claims/$1.$2" ]; then
    kz_say "job $1: cannot make claims/$1.$2; it was not started"
  fi
  return "$kz_status"
}

# kz_rows_of SUBMISSION: sets kz_rows to the file with its rows; the first submission has those of the run. Sets kz_mask to the
# umask, and kz_closed to the one for what comes from the rows: only who may read them may read that.
kz_rows_of() {
  kz_rows=submissions/$1/argv
  if [ ! -e "$kz_rows" ]; then kz_rows=argv; fi
  kz_mask=$(umask)
  kz_closed=077
  # the permissions of the group, or of all others
  case $(ls -lL -- "$kz_rows" 2>/dev/null) in ????r* | ???????r*) kz_closed=$kz_mask ;; esac
}

# kz_row_at OFFSET: sets kz_row to the line of the rows that begins at this byte, the first being 1; empty when it is not whole.
kz_row_at() {
  kz_row=$(
    tail -c "+$1" "$kz_rows" | head -n 1
    echo .
  )
  case $kz_row in
    *"$kz_nl.") kz_row=${kz_row%"$kz_nl."} ;;
    *) kz_row= ;;
  esac
}

kz_no_row() {
  kz_say "job $kz_index: $kz_rows does not hold its row at its place, or not the whole of it; it was not started"
}

# kz_begin ATTEMPT: makes ready the job's directory and its environment.
kz_begin() {
  kz_record=$kz_dir/record.jsonl
  if [ "$1" -gt 1 ]; then
    for kz_name in stdout stderr; do
      if [ -e "$kz_dir/$kz_name.txt" ]; then mv -- "$kz_dir/$kz_name.txt" "$kz_dir/$kz_name.$(($1 - 1)).txt"; fi
    done
    if [ -e "$kz_dir/heartbeat" ]; then rm -f -- "$kz_dir/heartbeat"; fi
  fi
  if [ -e "$kz_dir/.container" ]; then rm -f -- "$kz_dir/.container"; fi
  case $kz_dir in
    .) KAREZ_JOB_DIR=$kz_run ;;
    /*) KAREZ_JOB_DIR=$kz_dir ;;
    *) KAREZ_JOB_DIR=$kz_run/$kz_dir ;;
  esac
  KAREZ_JOB_INDEX=$kz_index
  KAREZ_PARAMETERS=$KAREZ_JOB_DIR/parameters.json
  export KAREZ_JOB_INDEX KAREZ_JOB_DIR KAREZ_PARAMETERS
  umask "$kz_closed"
  kz_written=
  if printf '%s\n' "$kz_parameters" >"$kz_dir/parameters.json"; then kz_written=yes; fi
  umask "$kz_mask"
  # `true`, because a redirection that fails ends a shell when it stands with `:`.
  if [ -n "$kz_written" ] && true >"$kz_dir/stdout.txt" && true >"$kz_dir/stderr.txt"; then
    return
  fi
  kz_say "job $kz_index: cannot write its files in $kz_dir; it was not started"
  kz_clock
  kz_note end '"status":125,"launch":"files","uptime":"'"$kz_uptime"'"'
  return 1
}

# kz_note EVENT FIELDS: adds a line to the job's own record.
kz_note() {
  printf '{"event":"%s","attempt":%s,%s}\n' "$1" "$kz_attempt" "$2" >>"$kz_record"
}

# kz_become PROGRAM ARGS...: to be called in the process that becomes the program, or `time` above it. Without a record of the
# start nothing starts.
kz_become() {
  kz_self
  if [ "$kz_pid" = "$$" ]; then
    # ksh93 runs a subshell in its own process, until something like this forces it to fork.
    ulimit -S -c "$(ulimit -S -c)"
    kz_self
  fi
  kz_head='{"event":"start","attempt":'"$kz_attempt,$kz_facts"',"uptime":"'"$kz_uptime"'","wrapper":"'"$kz_wrapper"'","pid":'
  kz_tail=',"native":"'"$kz_native"'","restart":"'"$kz_restart"'"}'
  # shellcheck disable=SC2086 # words of ours
  if [ -n "$kz_measure" ]; then
    set -- $kz_time -f '%M %U %S' -o "$kz_usage" -- $kz_session $kz_reset \
      /bin/sh -c "$kz_below_time" sh "$KAREZ_JOB_DIR/record.jsonl" "$kz_head" "$kz_tail" "$kz_pid" "$@"
  elif printf '%s%s,"ticks":"%s"%s\n' "$kz_head" "$kz_pid" "$kz_ticks" "$kz_tail" >>"$kz_record"; then
    # `env` would read words with = as assignments.
    case $kz_reset,$1 in ?*,*=*) set -- /bin/sh -c 'exec "$@"' sh "$@" ;; esac
    set -- $kz_session $kz_reset "$@"
  else
    printf 'karez: cannot write %s; the program was not started\n' "$kz_record" >&2
    exit 125
  fi
  cd -- "$kz_workdir" && exec "$@" 3<&- 4<&- 5<&-
}

# kz_sleep SECONDS: for processes that run beside a program and must take their `sleep` along. Fails when kz_over is set, as
# their trap does. They end by ALRM: a signal that their parent traps is lost when it comes before they have set their own trap.
kz_sleep() {
  sleep "$1" 3<&- &
  kz_nap=$!
  if [ -n "$kz_over" ]; then kill -s KILL "$kz_nap"; fi
  wait "$kz_nap"
  [ -z "$kz_over" ]
} 2>/dev/null

# Makes this process one that kz_sleep can be used in.
kz_beside() {
  kz_over=
  kz_nap=
  trap 'kz_over=yes; [ -z "$kz_nap" ] || kill -s KILL "$kz_nap" 2>/dev/null' ALRM
  trap '' HUP INT TERM USR1 USR2 CONT
}

# kz_end_beside PID: ends such a process. A signal that comes just before it begins to wait is not seen by every shell until the
# wait is over (mksh), so that one signal is not enough.
kz_end_beside() {
  kill -s ALRM "$1"
  kz_ticks_of "$1"
  while [ -n "$kz_ticks" ]; do
    sleep 0
    kill -s ALRM "$1"
    kz_ticks_of "$1"
  done
  wait "$1"
} 2>/dev/null

# kz_runnable PROGRAM: whether it can be found from where it will run. Sets kz_why to what is missing.
kz_runnable() {
  kz_why=directory
  [ -d "$kz_workdir" ] || return 1
  kz_why=program
  case $1 in
    /*) [ -x "$1" ] ;;
    */*) [ -x "$kz_workdir/$1" ] ;;
    # PATH may hold relative directories.
    *) command -v "$1" >/dev/null 2>&1 || (cd -- "$kz_workdir" && command -v "$1") >/dev/null 2>&1 ;;
  esac
}

# `time` may be killed, and the program that it measured lives on: its end is waited for, and how it ended remains unseen.
kz_await_orphan() {
  # ksh says 256 + n where others say 128 + n.
  if [ "$kz_status" -gt 255 ]; then kz_status=$((kz_status - 128)); fi
  kz_orphan=
  if [ -z "$kz_measure" ] || [ "$kz_status" -le 128 ] || [ -s "$kz_usage" ]; then return; fi
  kz_line=
  while read -r kz_rest; do
    case $kz_rest in *'"event":"start","attempt":'"$kz_attempt,"*) kz_line=$kz_rest ;; esac
  done <"$kz_record"
  kz_orphan=${kz_line##*'"pid":'}
  kz_orphan=${kz_orphan%%,*}
  kz_orphan=${kz_orphan:-none}
  kz_began=${kz_line##*'"ticks":"'}
  kz_began=${kz_began%%'"'*}
  # What is to be said to it goes to it from now on.
  kz_child=$kz_orphan
  kz_measure=
  for kz_signal in $kz_missed; do kz_send "$kz_signal"; done
  kz_ticks_of "$kz_orphan"
  while [ -n "$kz_ticks" ] && [ "$kz_ticks" = "$kz_began" ]; do
    sleep 1
    kz_ticks_of "$kz_orphan"
  done
  kz_clock
}

# What the script of a container has left: why it could not start the program, or that the program ran `apart`, so that what was
# measured is not the program's.
kz_contained() {
  kz_word=
  { read -r kz_word <"$kz_dir/.container"; } 2>/dev/null
  case $kz_word in
    apart) kz_more= ;;
    engine | image) kz_said="$kz_said"',"launch":"'$kz_word'"' ;;
  esac
  rm -f -- "$kz_dir/.container" "$kz_dir/.container.pid"
}

# Writes the end: the raw status as the shell saw it, and what was measured.
kz_finish() {
  kz_more=
  if [ -n "$kz_measure" ]; then
    while read -r kz_memory kz_user kz_system kz_rest; do
      case $kz_memory in
        Command) if [ "$kz_user" = terminated ]; then kz_more=',"signal":'${kz_rest##* }; fi ;;
        '' | *[!0-9]*) ;;
        *) kz_more="$kz_more"',"memory_kib":'$kz_memory',"memory_source":"time","user_s":"'$kz_user'","system_s":"'$kz_system'"' ;;
      esac
    done <"$kz_usage" 2>/dev/null
  elif [ -r "$kz_dir/heartbeat" ]; then
    { read -r kz_memory <"$kz_dir/heartbeat"; } 2>/dev/null
    case $kz_memory in
      '' | 0 | *[!0-9]*) ;;
      *) kz_more=',"memory_kib":'$kz_memory',"memory_source":"samples"' ;;
    esac
  fi
  kz_said='"status":'$kz_status
  if [ -n "$kz_orphan" ]; then kz_said='"unseen":true'; fi
  if [ -e "$kz_dir/.container" ]; then kz_contained; fi
  if [ -n "$kz_signals" ]; then kz_more="$kz_more"',"forwarded":"'${kz_signals# }'"'; fi
  if [ -e "submissions/$kz_submission/cancel" ] || [ -e "claims/$kz_index.$kz_attempt.cancel" ]; then
    kz_more="$kz_more"',"cancelled":true'
  fi
  kz_clean
  kz_tries=0
  until kz_note end "$kz_said"',"uptime":"'"$kz_uptime"'"'"$kz_more"; do
    kz_tries=$((kz_tries + 1))
    if [ "$kz_tries" -gt 30 ]; then
      kz_say "job $kz_index: it ended with status $kz_status, which could not be recorded"
      return
    fi
    sleep 1
    # A full disk may have taken half a line; the next one must not go on from it.
    echo >>"$kz_record"
  done 2>/dev/null
}
