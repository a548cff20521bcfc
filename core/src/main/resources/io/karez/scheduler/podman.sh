
command -v "$kz_engine" >/dev/null 2>&1 || kz_cannot engine "\`$kz_engine\` is not installed on $(uname -n)"

# The options that only this machine can tell are put before the image.
set -- "$kz_image" "$@"

# By their names alone, so that no value is seen in the list of processes.
for kz_word in $kz_names $(env | sed -n -e 's/^\(KAREZ_[A-Za-z0-9_]*\)=.*/\1/p' -e 's/^\(SLURM_[A-Za-z0-9_]*\)=.*/\1/p') CUDA_VISIBLE_DEVICES; do
  set -- --env "$kz_word" "$@"
done

# Some machines have a `docker` that is podman.
kz_kind=$kz_engine
if [ "$kz_engine" = docker ]; then
  case $(docker --version 2>/dev/null) in *podman*) kz_kind=podman ;; esac
fi

# The files that the program writes belong to the user, whom a user namespace shows as another one. The first process of a container
# ignores signals that it has not asked for, so that it should be one which hands them on.
kz_user="$(id -u):$(id -g)"
if [ "$kz_kind" = podman ]; then
  if [ "${kz_user%:*}" -ne 0 ]; then set -- --userns=keep-id --annotation run.oci.keep_original_groups=1 "$@"; fi
  for kz_word in catatonit /usr/libexec/podman/catatonit /usr/local/libexec/podman/catatonit /usr/lib/podman/catatonit; do
    if kz_init=$(command -v "$kz_word"); then
      set -- --init --init-path "$kz_init" "$@"
      break
    fi
  done
  if [ -n "$kz_gpu" ]; then set -- --device nvidia.com/gpu=all "$@"; fi
  set -- --user "$kz_user" --umask "$(umask)" "$@"
else
  kz_info=$(docker info --format '{{.SecurityOptions}}' 2>&1) || kz_cannot engine "\`docker\` on $(uname -n) does not answer: $kz_info"
  case $kz_info in
    *name=rootless*) kz_user=0:0 ;;
    *) for kz_word in $(id -G); do set -- --group-add "$kz_word" "$@"; done ;;
  esac
  if [ -n "$kz_gpu" ]; then set -- --gpus all "$@"; fi
  set -- --user "$kz_user" --init "$@"
fi

# The program does not run below this script, so what is measured here says nothing of it.
echo apart >"$KAREZ_JOB_DIR/.container"
kz_name=karez-$kz_uid-$KAREZ_JOB_INDEX-$(date +%s)-$$
kz_pid=
if [ "$kz_kind" = podman ]; then
  kz_pid=$KAREZ_JOB_DIR/.container.pid
  rm -f -- "$kz_pid"
  set -- --pidfile "$kz_pid" "$@"
fi

# A signal goes to the first process of the container itself. Podman would start a program to send it, and that one gets what is sent
# to all processes of a job.
kz_pass() {
  kz_trapped=yes
  if [ -z "$kz_client" ]; then
    kz_early="$kz_early $1"
    return
  fi
  kz_first=
  if [ -n "$kz_pid" ]; then { read -r kz_first <"$kz_pid"; } 2>/dev/null; fi
  kill -s "$1" "${kz_first:-$kz_client}" 2>/dev/null
}

# A session of its own, so that what is sent to this script does not reach its children too.
kz_session=
if setsid true 2>/dev/null; then kz_session=setsid; fi

# The container goes on when whoever started it is killed. So somebody looks after it who is not killed with this script, and who
# gives it some time to end by itself when Karez has cancelled the job.
# shellcheck disable=SC2016,SC2086 # for the shell that it starts; a word of ours
$kz_session /bin/sh -c '
trap "" HUP INT TERM USR1 USR2
trap "exit 0" ALRM
kz_parent=$1
shift
kz_there() {
  # A process number may be used again; a parent is the same one as long as it lives.
  { read -r kz_stat </proc/self/stat; } 2>/dev/null || { kill -0 "$kz_parent"; return; }
  kz_stat=${kz_stat##*") "}
  kz_stat=${kz_stat#* }
  [ "${kz_stat%% *}" = "$kz_parent" ]
}
kz_left=20
while kz_there && [ "$kz_left" -gt 0 ]; do
  if [ -e "$3" ] || [ -e "$4" ]; then kz_left=$((kz_left - 1)); fi
  sleep 1
done
"$1" rm --force --time 0 "$2" || "$1" rm --force "$2"
' sh "$$" "$kz_engine" "$kz_name" "$kz_run/submissions/$kz_submission/cancel" \
  "$kz_run/claims/$KAREZ_JOB_INDEX.$kz_attempt.cancel" </dev/null >/dev/null 2>&1 &
kz_guard=$!

kz_client=
kz_early=
for kz_word in HUP INT TERM USR1 USR2; do
  # shellcheck disable=SC2064 # the name is wanted now
  trap "kz_pass $kz_word" "$kz_word"
done
# A shell gives what it runs in the background nothing to read otherwise.
exec 4<&0
kz_start --name "$kz_name" "$@" <&4 4<&- &
kz_client=$!
exec 4<&-
for kz_word in $kz_early; do kz_pass "$kz_word"; done
kz_trapped=
wait "$kz_client"
kz_status=$?
# A trapped signal ends `wait` early; what it then returns differs between shells.
while [ -n "$kz_trapped" ]; do
  kz_trapped=
  kz_there=
  if kill -0 "$kz_client" 2>/dev/null; then kz_there=yes; fi
  wait "$kz_client" 2>/dev/null
  kz_word=$?
  if [ -n "$kz_there" ] || [ "$kz_word" -ne 127 ]; then kz_status=$kz_word; fi
done
if [ -n "$kz_pid" ]; then rm -f -- "$kz_pid"; fi
# With such a status the client may have been killed; otherwise the container has ended, and is gone.
if [ "$kz_status" -le 128 ]; then kill -s ALRM "$kz_guard"; fi
exit "$kz_status"
