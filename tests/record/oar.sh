# Jobs of OAR.
daemon=oar-server
title="OAR $(oarsub -V | sed -n 's/^OAR version: \([0-9.]*\).*/\1/p')"

# submit NAME COMMAND OPTION...: the number of a job of $resources.
resources=/core=1,walltime=0:5:0
submit() {
  local name=$1 command=$2
  shift 2
  oarsub -n "$name" -l "$resources" --project r7-a1 "$@" "$command" | sed -n 's/^OAR_JOB_ID=//p'
}

state() { oarstat -s -j "$1" | sed 's/.*: //'; }

# of NAME ID: all that is known of a job, in a file of its own.
of() {
  file "$1"
  ids "$2"
  ask oarstat -J -j "$2"
}

jobs() {
  file submit
  printf '%s\n' '#!/bin/sh' '#OAR -n sweep' '#OAR -l /core=1,walltime=0:2:0' 'exit $((OAR_ARRAY_INDEX % 2 * 3))' >sweep.sh
  chmod +x sweep.sh
  printf '%s\n' 'a 1' '"b c" 2' "d 'e f'" >parameters
  ask oarsub -S ./sweep.sh
  ask oarsub -S --array 4 ./sweep.sh
  ask oarsub -S --array-param-file parameters ./sweep.sh
  ask oarsub -l /core=1 true

  file submit-refused
  ask oarsub -l /core=64,walltime=0:5:0 true
  ask oarsub -l /nosuch=1 true
  ask oarsub -l /core=many true
  ask oarsub -q nosuch true
  ask oarsub -p "nosuch = 'x'" -l /core=1 true
  ask oarsub -t nosuch -l /core=1 true
  ask oarsub -S ./nosuch.sh
  ask oarsub --array 2001 -l /core=1 true

  ok=$(submit ok true)
  exit=$(submit exit 'exit 3')
  signal=$(submit signal 'kill -9 $$')
  time=$(resources=/core=1,walltime=0:0:5 submit time 'sleep 300')
  checkpoint=$(resources=/core=1,walltime=0:0:30 submit checkpoint 'trap "exit 99" USR1; while :; do sleep 1; done' --checkpoint 25 --signal 10)
  program=$(submit program /nonexistent/program)
  directory=$(submit directory true -d /nonexistent)
  output=$(submit output true -O /nonexistent/out)
  running=$(submit running 'sleep 300')
  cancelled=$(submit cancelled 'sleep 300')
  held=$(submit held true --hold)
  cancelled_held=$(submit cancelled-held true --hold)
  dependent=$(submit dependent true -a "$running")
  later=$(submit later true -r "$(date -d '+1 hour' '+%Y-%m-%d %H:%M:%S')")
  await '[ "$(state "$running") $(state "$cancelled")" = "Running Running" ]'
  waiting=$(resources=/core=32,walltime=0:5:0 submit waiting true)
  cancelled_waiting=$(resources=/core=32,walltime=0:5:0 submit cancelled-waiting true)

  file cancel
  ask oardel "$cancelled"
  ask oardel "$cancelled_held" "$cancelled_waiting"
  ask oardel 99999
  ask oardel "$ok" 99999
  await '[ "$(state "$cancelled") $(state "$cancelled_held")" = "Error Error" ]'
  ask oardel "$cancelled"
  file hold
  ask oarhold "$dependent"
  ask oarresume "$running"
  ask oarhold 99999
  ask oarresume 99999

  await '[ "$(state "$exit") $(state "$signal") $(state "$time") $(state "$checkpoint")" = "Terminated Terminated Error Terminated" ]'
  all="$running $waiting $held $dependent $later $ok $exit $time"
  file queue
  ids $all
  ask oarstat -J $(printf -- '-j %s ' $all)
  file queue-states
  ids $all 99999
  ask oarstat -s $(printf -- '-j %s ' $all 99999)
  file queue-text
  ask oarstat
  file array
  ids 2 3 4 5
  ask oarstat -J --array 2
  for name in ok exit signal time checkpoint program directory output cancelled cancelled_held cancelled_waiting; do
    of "ended-$name" "${!name}"
  done
  of unknown 99999
  file events
  ids "$time"
  ask oarstat -e -j "$time"

  file best-effort
  best_effort=$(resources=/core=28,walltime=0:5:0 submit best-effort 'sleep 300' -t besteffort -t idempotent)
  oardel "$waiting" "$later" >/tmp/out
  await '[ "$(state "$best_effort")" = Running ]'
  resources=/core=20,walltime=0:1:0 submit urgent true >/tmp/out
  await '[ "$(state "$best_effort")" = Error ]'
  await 'oarstat -J -j "$best_effort" | grep -q "new id"'
  again=$(oarstat -J -j "$best_effort" | sed -n 's/.*new id = \([0-9]*\).*/\1/p')
  ids "$best_effort" "$again"
  ask oarstat -J -j "$best_effort" -j "$again"

  file site
  ask oarsub -V
  ask oarnodes -J
  ask oarstat --gantt "$(date -d '-1 min' '+%Y-%m-%d %H:%M:%S'), $(date '+%Y-%m-%d %H:%M:%S')"
}

down() {
  file submit-down
  ask oarsub -l /core=1,walltime=0:1:0 true
  of queue-down 1
  file cancel-down
  ask oardel 1
}
