# Jobs of Grid Engine.
daemon=sge_qmaster
title="Grid Engine $(qstat -help | sed -n '1s/^[^ ]* //p')"

# submit NAME SCRIPT OPTION...: the number of a job.
submit() {
  local name=$1 script=$2
  shift 2
  echo "$script" >"$name.sh"
  qsub -terse -cwd -S /bin/sh -j y -ac karez=r7-a1 -N "$name" "$@" "$name.sh" | sed 's/\..*//'
}

# accounting NAME ID: in a file of its own.
accounting() {
  file "accounting-$1"
  ids "$2"
  ask qacct -j "$2"
}

jobs() {
  file submit
  echo 'sleep 1; exit $((${SGE_TASK_ID:-1} % 2 * 3))' >sweep.sh
  ask qsub -terse -cwd sweep.sh
  ask qsub -terse -cwd -t 1-4 -tc 2 -N sweep sweep.sh
  ask qsub -cwd -N sweep sweep.sh
  ask qsub -cwd -t 1-2 -N sweep sweep.sh

  file submit-refused
  ask qsub -terse -q nosuch.q sweep.sh
  ask qsub -terse -pe nosuch 2 sweep.sh
  ask qsub -terse -l nosuch=1 sweep.sh
  ask qsub -terse -P nosuch sweep.sh
  ask qsub -terse -N 1st sweep.sh
  ask qsub -terse -t 1-1001 sweep.sh
  ask qsub -terse -w e -l h_vmem=999G sweep.sh
  ask qsub -terse -w e -pe smp 64 sweep.sh
  ask qsub -terse -l h_rt=soon sweep.sh
  ask qsub -terse nosuch.sh

  ok=$(submit ok true)
  exit=$(submit exit 'exit 3')
  signal=$(submit signal 'kill -9 $$')
  fault=$(submit fault 'kill -s SEGV $$')
  memory=$(submit memory 'exec python3 -c "x = bytearray(400_000_000)"' -l h_vmem=100M)
  time=$(submit time 'sleep 300' -l h_rt=0:0:3)
  soft=$(submit soft 'trap "exit 77" USR1; while :; do sleep 1; done' -l s_rt=0:0:3,h_rt=0:1:0)
  exit99=$(submit exit99 'exit 99')
  exit100=$(submit exit100 'exit 100')
  directory=$(submit directory true -wd /nonexistent)
  output=$(submit output true -o /nonexistent/out)
  running=$(submit running 'sleep 300')
  cancelled=$(submit cancelled 'sleep 300')
  held=$(submit held true -h)
  cancelled_held=$(submit cancelled-held true -h)
  waiting=$(submit waiting true -pe smp 32)
  cancelled_waiting=$(submit cancelled-waiting true -pe smp 32)
  dependent=$(submit dependent true -hold_jid "$running")
  later=$(submit later true -a "$(date -d '+1 hour' +%Y%m%d%H%M)")
  array=$(submit array 'sleep 300' -t 1-6 -tc 2)
  await '[ "$(qstat -s r | grep -cE " (running|cancelled|array) ")" = 4 ]'

  file cancel
  ask qdel "$cancelled"
  ask qdel "$cancelled_held" "$cancelled_waiting"
  ask qdel "$array.2" "$array.6"
  ask qdel 99999
  ask qdel "$running" 99999
  running=$(submit running 'sleep 300')
  file hold
  ask qhold "$waiting"
  ask qrls "$waiting"
  ask qhold 99999
  ask qrls 99999

  await 'for id in $exit $signal $fault $memory $time $soft $cancelled $exit99; do qacct -j $id || exit; done'
  await '[ "$(qstat | grep -c Eqw)" = 3 ] && qstat -s r | grep -q " running "'
  all="$running $held $waiting $dependent $later $array $exit100 $directory $output $exit99 $cancelled $ok"
  file queue
  ids $all
  ask qstat -xml -g d -u researcher
  file queue-text
  ask qstat
  file job
  ids "$running" "$waiting" "$output" 99999
  ask qstat -j "$running,$waiting,$output,99999"
  file job-xml
  ids "$running"
  ask qstat -xml -j "$running"
  file job-error
  ids "$directory"
  ask qstat -j "$directory"
  file job-unknown
  ids 99999
  ask qstat -j 99999
  file job-unknown-xml
  ids 99999
  ask qstat -xml -j 99999
  for name in ok exit signal fault memory time soft exit99 exit100 cancelled cancelled_held running; do
    accounting "$name" "${!name}"
  done
  accounting sweep 2
  accounting unknown 99999

  file site
  ask qstat -help
  ask qconf -spl
  ask qconf -sp smp
  ask qconf -sp mpi
  ask qconf -sql
  ask qconf -sq all.q,short.q
  ask qconf -sc
  ask qconf -sconf
  ask qstat -g c
  ask qhost
}

down() {
  file submit-down
  ask qsub -terse -cwd sweep.sh
  file queue-down
  ids 1 2
  ask qstat -xml -g d -u researcher
  file cancel-down
  ask qdel 1
  accounting down 1
}
