# Jobs of HTCondor.
daemon=condor_schedd
title="HTCondor $(condor_version | sed -n 's/^\$CondorVersion: \([0-9.]*\).*/\1/p')"

shown=ClusterId,ProcId,JobStatus,EnteredCurrentStatus,QDate,JobStartDate,CompletionDate,NumJobStarts,RemoteHost,LastRemoteHost,HoldReason,HoldReasonCode,HoldReasonSubCode,RemoveReason,ExitBySignal,ExitCode,ExitSignal,RemoteWallClockTime,RemoteUserCpu,RemoteSysCpu,MemoryUsage,RequestMemory,RequestCpus,JobBatchName,Owner,KarezToken

# description NAME LINE...: of a job that runs NAME.sh.
description() {
  local name=$1
  shift
  printf '%s\n' 'executable = /bin/sh' "arguments = $name.sh" 'transfer_executable = false' 'request_memory = 50M' \
    'log = events' "output = $name.out" "error = $name.err" '+KarezToken = "r7-a1"' "batch_name = $name" "$@" >"$name.sub"
}

submit() {
  local name=$1 script=$2
  shift 2
  echo "$script" >"$name.sh"
  description "$name" "$@" queue
  condor_submit -terse "$name.sub" | sed 's/\..*//'
}

jobs() {
  file submit
  echo 'sleep 1; exit $(($1 % 2 * 3))' >sweep.sh
  description sweep 'arguments = sweep.sh $(Process)' queue
  ask condor_submit -terse sweep.sub
  description sweep 'arguments = sweep.sh $(index)' 'queue index from seq 0 3 |'
  ask condor_submit -terse sweep.sub
  description sweep 'arguments = sweep.sh $(Process)' 'max_materialize = 2' 'queue 4'
  ask condor_submit -terse sweep.sub
  ask condor_submit sweep.sub

  file submit-refused
  printf '%s\n' 'executable = nosuch.sh' queue >bad.sub
  ask condor_submit -terse bad.sub
  printf '%s\n' 'executable = /bin/true' garbage queue >bad.sub
  ask condor_submit -terse bad.sub
  printf '%s\n' 'executable = /bin/true' 'initialdir = /nonexistent' 'transfer_executable = false' queue >bad.sub
  ask condor_submit -terse bad.sub
  printf '%s\n' 'executable = /bin/true' 'universe = nosuch' queue >bad.sub
  ask condor_submit -terse bad.sub
  printf '%s\n' 'executable = /bin/true' 'transfer_executable = false' 'queue 2001' >bad.sub
  ask condor_submit -terse bad.sub
  ask condor_submit -terse nosuch.sub

  ok=$(submit ok true)
  exit=$(submit exit 'exit 3')
  signal=$(submit signal 'kill -9 $$')
  fault=$(submit fault 'kill -s SEGV $$')
  memory=$(submit memory 'exec python3 -c "import time; x = bytearray(400_000_000); time.sleep(60)"')
  time=$(submit time 'sleep 300' 'allowed_job_duration = 5')
  expression=$(submit expression 'sleep 300' 'periodic_hold = JobStatus == 2 && time() - EnteredCurrentStatus > 5')
  policy=$(submit policy 'sleep 300' 'periodic_remove = JobStatus == 2 && time() - EnteredCurrentStatus > 5')
  output=$(submit output true 'output = /nonexistent/out')
  program=$(submit program true 'executable = /etc/passwd')
  running=$(submit running 'sleep 300')
  cancelled=$(submit cancelled 'sleep 300')
  stopped=$(submit stopped 'sleep 300')
  held=$(submit held true 'hold = true')
  cancelled_held=$(submit cancelled-held true 'hold = true')
  idle=$(submit idle true 'request_cpus = 5000')
  cancelled_idle=$(submit cancelled-idle true 'request_cpus = 5000')
  all="1 2 3 4 $ok $exit $signal $fault $memory $time $expression $policy $output $program $running $cancelled $stopped $held $cancelled_held $idle $cancelled_idle"
  await '[ "$(condor_q -af JobStatus -constraint "JobBatchName == \"running\" || JobBatchName == \"cancelled\" || JobBatchName == \"stopped\"" | paste -sd " ")" = "2 2 2" ]'

  file cancel
  ask condor_rm "$cancelled"
  ask condor_rm "$cancelled_held" "$cancelled_idle"
  ask condor_rm "$cancelled"
  ask condor_rm 99999
  ask condor_rm "$ok" 99999
  file hold
  ask condor_hold "$stopped"
  ask condor_hold 99999
  ask condor_release "$running"
  ask condor_release 99999

  await '[ "$(condor_q -af ClusterId -constraint "HoldReasonCode == 34 || HoldReasonCode == 21 || HoldReasonCode == 46 || HoldReasonCode == 3" | wc -l)" = 3 ]'
  await '[ "$(condor_history -af ClusterId -constraint "ClusterId <= 4 || ClusterId == $policy" | wc -l)" = 14 ]'
  file queue
  ids $all
  ask condor_q $all -json -attributes "$shown"
  file history
  ids $all
  ask condor_history $all -json -attributes "$shown"
  file queue-unknown
  ids 99999
  ask condor_q 99999 -json -attributes "$shown"
  file history-unknown
  ids 99999
  ask condor_history 99999 -json -attributes "$shown"
  file analysis
  ask condor_q -better-analyze "$idle"
  file release
  ask condor_release "$held"
  file events
  ask cat events
  file site
  ask condor_version
  ask condor_status -json -attributes Name,Machine,SlotType,TotalCpus,TotalMemory,Cpus,Memory,State,Activity,FileSystemDomain
  ask condor_status -schedd -json -attributes Name,TotalJobAds,MaxJobsRunning
  ask condor_config_val MAX_JOBS_PER_OWNER MAX_JOBS_PER_SUBMISSION FILESYSTEM_DOMAIN HISTORY
}

down() {
  file submit-down
  ask condor_submit -terse running.sub
  file queue-down
  ids 1 2
  ask condor_q 1 2 -json -attributes "$shown"
  file history-down
  ids 1
  ask condor_history 1 -json -attributes "$shown"
  file cancel-down
  ask condor_rm 1
}
