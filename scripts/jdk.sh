# Finds a JDK of Java 25 or newer. To be sourced. Starts no JVM: a JDK tells its version in its file `release`.

# find_jdk [MEMO]: sets `jdk` (its directory) and `jdk_build` (its exact build and processor, fit for a file name).
# The answer is kept in the file MEMO, for as long as JAVA_HOME and PATH stay the same: asking anew takes some ms.
find_jdk() {
  if {
    read -r home_then && read -r path_then && read -r jdk && read -r jdk_build
  } 2>/dev/null <"${1:-/dev/null}" &&
    [ "$home_then" = "=${JAVA_HOME-}" ] && [ "$path_then" = "=$PATH" ] &&
    [ -x "$jdk/bin/java" ] && ! [ "$jdk/release" -nt "$1" ]; then
    return 0
  fi
  search_jdk || {
    echo 'karez: needs a JDK 25 or newer, and found none: install one (Debian, Ubuntu: `apt install openjdk-25-jdk-headless`; any Linux: https://adoptium.net) or set JAVA_HOME to one' >&2
    return 1
  }
  if [ -n "${1-}" ] && [ -w "${1%/*}" ]; then
    printf '%s\n' "=${JAVA_HOME-}" "=$PATH" "$jdk" "$jdk_build" >"$1.$$" && mv "$1.$$" "$1"
  fi
}

# JAVA_HOME, else the `java` on PATH, else the newest under /usr/lib/jvm.
search_jdk() {
  case ${JAVA_HOME-} in '' | /*) jdk=${JAVA_HOME-} ;; *) jdk=$PWD/$JAVA_HOME ;; esac
  [ -n "$jdk" ] && read_release "$jdk" && return 0
  jdk=$(command -v java) && jdk=$(readlink -f -- "$jdk") && jdk=${jdk%/bin/java} && read_release "$jdk" && return 0
  newest=0
  jdk=
  for candidate in /usr/lib/jvm/*; do
    if read_release "$candidate" && [ "$jdk_rank" -gt "$newest" ]; then
      newest=$jdk_rank
      jdk=$candidate
    fi
  done
  [ -n "$jdk" ] && read_release "$jdk"
}

# read_release DIR: whether DIR is a JDK that is new enough; sets `jdk_rank` and `jdk_build`.
read_release() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  # In a shell of its own: the file sets variables such as MODULES, which may be the user's too.
  release=$(
    JAVA_VERSION='' JAVA_RUNTIME_VERSION='' IMPLEMENTOR_VERSION='' OS_ARCH=''
    . "$1/release" >/dev/null 2>&1
    echo "${JAVA_VERSION%%[!0-9.]*}/${JAVA_RUNTIME_VERSION:-$JAVA_VERSION}-$IMPLEMENTOR_VERSION-$OS_ARCH"
  )
  jdk_build=${release#*/}
  IFS_before=$IFS
  IFS=.
  set -- ${release%%/*}
  IFS=$IFS_before
  jdk_rank=$((${1:-0} * 1000000 + ${2:-0} * 1000 + ${3:-0}))
  [ "$jdk_rank" -ge 25000000 ]
}
