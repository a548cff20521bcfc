
# Karez's supervisor of steps: as the local one, but each job runs as a step in an allocation of Slurm, where its wrapper takes and
# records it. Among the slots a mark says that a task was taken. The WORDS of `supervise` start a step; the task follows them.

# One that is there already is somebody else's.
kz_first() {
  set -C
  { true >"$1"; } 2>/dev/null
  kz_status=$?
  set +C
  return "$kz_status"
}

kz_prepare() {
  kz_taken=submissions/$kz_submission/taken
  rm -rf "$kz_taken"
  mkdir "$kz_taken"
}

# Tasks that were taken are done, unless their slot was killed.
kz_is_left() {
  [ -n "$kz_died" ]
}

kz_conclude() {
  if [ -e "$kz_taken/over" ]; then kz_end=over; fi
  rm -rf "$kz_taken"
}

# kz_allocation_of SUBMISSION: sets kz_word to how its allocation stands, in Slurm's words; fails when that cannot be asked.
kz_allocation_of() {
  kz_allocation=$(sed -n 's/^# allocation \([0-9]*\)$/\1/p' "submissions/$1/script.sh")
  # A single unknown id is an error; of several the unknown ones are left out.
  kz_word=$(squeue --noheader --states=all --format=%T --jobs="$kz_allocation,$kz_allocation" 2>&1)
}

kz_may_start() {
  if kz_allocation_of "$1"; then
    case $kz_word in
      RUNNING) return ;;
      '') kz_word='slurm does not know it (any more)' ;;
      *) kz_word="it is $kz_word" ;;
    esac
  fi
  kz_say "allocation $kz_allocation cannot be used: $kz_word"
  return 1
}

# slot RUN WORKDIR SUBMISSION NUMBER FACTS SESSION TIME SEEK LAST WORDS...
kz_slot() {
  kz_input
  exec 0</dev/null
  cd -P -- "$1" || exit 125
  kz_run=$1
  kz_workdir=$2
  kz_submission=$3
  kz_taken=submissions/$3/taken
  kz_said=scheduler/.step.$3.$$
  shift 9
  kz_rows_of "$kz_submission"
  kz_stopping=
  trap kz_stopping=yes INT TERM HUP
  kz_task=-1
  while [ -z "$kz_stopping" ] && read -r kz_index kz_attempt kz_offset <&4; do
    kz_task=$((kz_task + 1))
    if [ -e "claims/$kz_index.$kz_attempt" ]; then continue; fi
    if [ -e "submissions/$kz_submission/cancel" ] || [ -e "$kz_taken/over" ]; then break; fi
    if kz_first "$kz_taken/$kz_task"; then kz_step "$@"; fi
  done 4<"submissions/$kz_submission/tasks"
  rm -f "$kz_said"
  exit 0
}

# A step that could not be started says nothing of the job: while Slurm does not answer it is tried again.
kz_step() {
  kz_tries=0
  while [ -z "$kz_stopping" ]; do
    (cd -- "$kz_workdir" && exec "$@" "$kz_task") <&3 >"$kz_said" 2>&1 3<&- 4<&-
    kz_status=$?
    if [ "$kz_status" -eq 0 ]; then return; fi
    # The wrapper has the job, or somebody who has cancelled it.
    if [ -e "claims/$kz_index.$kz_attempt" ] || [ -e "submissions/$kz_submission/cancel" ]; then
      kz_keep
      return
    fi
    if kz_allocation_of "$kz_submission"; then
      case $kz_word in
        RUNNING | SUSPENDED) ;;
        *)
          kz_first "$kz_taken/over"
          return
          ;;
      esac
      kz_tries=$((kz_tries + 1))
      if [ "$kz_tries" -gt 5 ] || ! grep -q -i -e contact -e connect -e communicat -e 'timed out' "$kz_said"; then
        kz_refuse
        return
      fi
    fi
    sleep "${kz_outage:-10}"
  done
}

# The wrapper records that the job was not started, unless one in a step has it: where files lie on another machine, not to see a
# claim proves nothing.
kz_refuse() {
  /bin/sh "$kz_run/wrapper.sh" "$kz_run" "$kz_submission" "$kz_task" '' 0 '' step </dev/null >&2
  kz_keep
}

# Keeps what was said of the step, unless it is only how the program ended.
kz_keep() {
  if grep -v -q -e '^srun: error: .*: Exited with exit code [0-9]*$' -e '^srun: .* step creat' -e '^srun: Step created' "$kz_said"; then
    mv "$kz_said" "scheduler/step-$kz_index.$kz_attempt.txt"
  fi
}
