#!/bin/sh
# build.sh HOME JDK JDK_BUILD: brings the build in HOME up to date with its sources, and its start-up cache with both.
# Exit status: 0 done, 75 use the build there is but no cache (nothing can be written here), 1 failed (and said why).
home=$1 jdk=$2 jdk_build=$3
. "$home/scripts/app.sh"
. "$home/scripts/training.sh"
state=$home/target/karez app= touched=
log=$state/build.log
training=$home/cli/src/main/aot/training

say() { echo "karez: $1" >&2; }

# The hash of all that a cache is made from: the jars by name and content, how the JVM is started, the training.
hash_of() {
  {
    (cd "$1" && LC_ALL=C && sha256sum lib/*.jar)
    cat "$home/scripts/app.sh" "$training" "${training%/*}"/bin/* 2>/dev/null
  } | sha256sum | cut -c 1-16
}

compile() {
  command -v mvn >/dev/null || {
    say 'needs Maven to build itself, and found none: install it (Debian, Ubuntu: `apt install maven`)'
    return 1
  }
  say 'building (this happens when its sources have changed; the first time takes a minute) ...'
  rm -rf "$home/cli/target/app/lib"
  : >"$state/sources.new"
  JAVA_HOME=$jdk LC_ALL=C.UTF-8 MAVEN_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS-}" \
    mvn -B -f "$home/pom.xml" -pl cli -am -Dapp -Dmaven.test.skip=true package >"$log" 2>&1 </dev/null || {
    grep '^\[ERROR\]' "$log" | head -n 20 >&2
    say "the build failed; all it said is in $log"
    return 1
  }
}

# seal DIR: makes DIR, which holds lib/, the current build, under the name that its hash gives it.
seal() {
  name=app-$(hash_of "$1")
  if [ "$1" != "$state/$name" ]; then
    rm -rf "$1"/*.aot "$state/$name"
    mv "$1" "$state/$name" || return 1
  fi
  : >"$state/$name/sealed"
  echo "$name" >"$state/app.new" && mv "$state/app.new" "$state/app"
}

assemble() {
  new=$state/new
  rm -rf "$new"
  mkdir -p "$new/lib" "$new/native" &&
    cp "$home"/cli/target/app/lib/*.jar "$home"/cli/target/app/karez-cli-*.jar "$new/lib/" || return 1
  # Unpacking the library at every start would cost more than everything else a command does.
  (cd "$new/native" && "$jdk/bin/jar" -xf ../lib/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$(uname -m)" &&
    mv "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" .) >>"$log" 2>&1
  rm -rf "$new/native/org"
  seal "$new" && mv "$state/sources.new" "$state/sources" && drop_old_builds
}

# A running Karez goes on reading the jars it was started from: the last builds stay.
drop_old_builds() {
  ls -dt "$state"/app-*/ | tail -n +4 | while read -r old; do rm -rf "$old"; done
}

# An empty cache says that it could not be made, so that it is not tried at every start. What a training command leaves
# running must not hold the lock.
train() {
  train_cache "$jdk" "$app" "$training" "$app/new.aot" >>"$log" 2>&1 9>&- || : >"$app/new.aot"
  mv "$app/new.aot" "$cache"
}

use_build "$home" "$jdk_build"

# Nothing can be written: use what there is, and a cache only where it is sure to belong to the jars.
if ! mkdir -p "$state" 2>/dev/null || ! [ -w "$state" ]; then
  [ -d "$app/lib" ] || {
    say "is not built, and $state cannot be written"
    exit 1
  }
  changed "$home" || exit 0
  case $touched in
    target/*) ;;
    *) say "runs a build that is older than $home/$touched, since $state cannot be written" ;;
  esac
  [ "$(hash_of "$app")" = "${app##*/app-}" ] || exit 75
  exit 0
fi

exec 9>"$state/lock"
if command -v flock >/dev/null && ! flock -n 9; then
  say 'waiting for another build ...'
  flock 9
  use_build "$home" "$jdk_build"
fi
if changed "$home"; then
  case $touched in
    "target/karez/${app##*/}/lib"*) seal "$app" || exit 1 ;;
    *) compile && assemble || exit 1 ;;
  esac
fi
use_build "$home" "$jdk_build" && { [ -e "$cache" ] || train; }
exit 0
