# What the lab's commands share on the host. To be sourced.
set -eu
lab=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd -P)
cache=${KAREZ_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/karez-lab}
name=${KAREZ_LAB_NAME:-lab}
controllers='memory freezer cpuacct devices pids'

say() { printf 'lab: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# usage FILE: the comment at the top of a command, and the exit status of a wrong call.
usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$1" >&2
  exit 2
}

known_systems() {
  local folder
  for folder in "$lab"/systems/*/; do
    folder=${folder%/}
    [ "${folder##*/}" = base ] || printf '%s ' "${folder##*/}"
  done
}

known_profiles() {
  local system file
  for system in "$@"; do
    for file in "$lab/systems/$system"/profiles/*; do
      [ ! -e "$file" ] || printf '%s ' "${file##*/}"
    done
  done
}

check_name() {
  [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$ ]] || fail "\`$1\` cannot name a lab: use letters, digits and . _ -"
}

# why_not: a sentence on why no lab can run here; nothing where one can.
why_not() {
  local tool missing=
  [ "$(id -u)" = 0 ] || {
    echo 'it needs root'
    return
  }
  command -v apt-get >/dev/null || {
    echo 'it needs Debian or Ubuntu, whose `apt-get` knows a mirror of Debian'
    return
  }
  for tool in debootstrap:debootstrap unshare:util-linux nsenter:util-linux setpriv:util-linux flock:util-linux \
    ssh-keygen:openssh-client; do
    command -v "${tool%:*}" >/dev/null || missing="$missing \`${tool%:*}\` (package ${tool#*:})"
  done
  [ -z "$missing" ] || {
    echo "it needs$missing"
    return
  }
  mkdir -p "$cache/layers" "$cache/labs" 2>/dev/null || {
    echo "$cache cannot be made: set KAREZ_LAB_CACHE to a directory on a disk with 3 GB to spare"
    return
  }
  unshare --mount --pid --uts --ipc --net --cgroup --fork true 2>/dev/null || {
    echo 'this machine does not allow it namespaces of its own'
    return
  }
  local try=$cache/labs/.try
  mkdir -p "$try/upper" "$try/work" "$try/root"
  unshare --mount --propagation private mount -t overlay -o "lowerdir=$lab,upperdir=$try/upper,workdir=$try/work" try "$try/root" 2>/dev/null ||
    echo "no overlay can be mounted on $cache: set KAREZ_LAB_CACHE to a directory on a real disk"
  rm -rf "$try"
}

# lab_process DIR: the number of the process that the whole lab ends with, if it is still that one and not a stranger
# that was given its number.
lab_process() {
  local pid start stat
  { read -r pid start <"$1/process" && read -r stat <"/proc/$pid/stat"; } 2>/dev/null || return 1
  set -- ${stat##*) }
  [ "${20}" = "$start" ] && echo "$pid"
}

# running_lab: the process and directory of the lab called $name, in $pid and $dir.
running_lab() {
  dir=$cache/labs/$name
  pid=$(lab_process "$dir") || fail "there is no lab \`$name\`: start one with $lab/up"
}

# Labs are made and removed by one command at a time.
one_at_a_time() {
  mkdir -p "$cache/labs"
  exec {turn}>"$cache/labs/.turn"
  flock "$turn"
}

# remove DIR: ends a lab, waits until its last process is gone, and takes away what it leaves.
remove() {
  local dir=$1 lock pid group ended=no
  exec {lock}>"$dir/lock"
  for _ in {1..300}; do
    ! pid=$(lab_process "$dir") || kill -KILL "$pid" 2>/dev/null || true
    flock -w 0.1 "$lock" && ended=yes && break
  done
  [ $ended = yes ] || fail "the lab in $dir does not end: its processes hold $dir/lock"
  if group=$(cat "$dir/cgroup" 2>/dev/null); then
    for _ in {1..100}; do
      remove_groups "$group" && break
      sleep 0.1
    done
  fi
  rm -rf --one-file-system "$dir"
  exec {lock}>&-
}

# A control group can be removed when the kernel has seen its last process go, which takes a moment.
remove_groups() {
  local controller left=0
  for controller in $controllers; do
    [ ! -d "/sys/fs/cgroup/$controller/$1" ] ||
      find "/sys/fs/cgroup/$controller/$1" -depth -type d -exec rmdir {} + 2>/dev/null || left=1
  done
  return $left
}

# Removes the labs that have ended by themselves: with whoever started them, or with the machine.
sweep() {
  local dir lock
  for dir in "$cache"/labs/*/; do
    [ -d "$dir" ] || continue
    exec {lock}>"$dir/lock"
    if flock -n "$lock"; then
      exec {lock}>&-
      remove "${dir%/}"
    else
      exec {lock}>&-
    fi
  done
}
