# What lies where in a build of Karez, and how its JVM is started. To be sourced.
#
#   target/karez/sources          as new as the sources that were built
#   target/karez/app              the name of the current build
#   target/karez/app-HASH/lib     its jars; HASH is that of their contents and of this file
#   target/karez/app-HASH/sealed  as new as the jars when they were hashed
#   target/karez/app-HASH/*.aot   start-up caches, one for each JDK build
#
# Java 25 does not notice that a jar changed after its cache was made, and would go on running the old classes. So a
# cache lies beside the jars it was made from, in a directory named after their hash, and never moves to others.

# use_build HOME JDK_BUILD: sets `app`, the current build, and `cache`, its start-up cache for that JDK, made or not.
use_build() {
  { read -r app <"$1/target/karez/app"; } 2>/dev/null || return 1
  app=$1/target/karez/$app
  cache=$app/$2.aot
}

# changed HOME: whether anything that goes into the build is newer than the build, or its jars were touched since they
# were hashed, whatever date they claim to have; sets `touched` to the first such file. It takes a few ms, so that every
# start can ask. True as well when there is no build.
changed() {
  touched=$(
    cd "$1" || exit
    { read -r app <target/karez/app; } 2>/dev/null
    exec find pom.xml */pom.xml */src/main scripts/build.sh scripts/app.sh "target/karez/$app/lib" \
      \( -path 'target/*' \( -newer "target/karez/$app/sealed" -o -cnewer "target/karez/$app/sealed" \) \
      -o ! -path 'target/*' -newer target/karez/sources \) -print -quit 2>&1
  )
  [ -n "$touched" ]
}

# start_jvm JDK APP [JVM OPTION...] CLASS [ARGUMENT...]: becomes the JVM.
start_jvm() {
  # Under another character set Java changes non-ASCII arguments and file names. The JVM hands the user's own values to
  # the programs it starts (see LocalTransport).
  if [ "${LC_ALL+set}" ]; then KAREZ_USER_LC_ALL==$LC_ALL; else KAREZ_USER_LC_ALL=unset; fi
  LC_ALL=C.UTF-8
  export LC_ALL KAREZ_USER_LC_ALL
  # Options meant for the user's own Java programs, which may contradict those below.
  if [ "${JAVA_TOOL_OPTIONS+set}" ]; then
    export KAREZ_USER_JAVA_TOOL_OPTIONS="=$JAVA_TOOL_OPTIONS"
    unset JAVA_TOOL_OPTIONS
  fi
  if [ "${JDK_JAVA_OPTIONS+set}" ]; then
    export KAREZ_USER_JDK_JAVA_OPTIONS="=$JDK_JAVA_OPTIONS"
    unset JDK_JAVA_OPTIONS
  fi
  if [ "${_JAVA_OPTIONS+set}" ]; then
    export KAREZ_USER__JAVA_OPTIONS="=$_JAVA_OPTIONS"
    unset _JAVA_OPTIONS
  fi
  # How wide and high tables may be. Java cannot ask a terminal; a pipe is not asked.
  size=
  if [ -t 1 ]; then
    { size=$(stty size <&3 2>/dev/null); } 3>&1
  fi
  java=$1/bin/java
  app=$2
  shift 2
  classes=
  for jar in "$app"/lib/*.jar; do classes=$classes${classes:+:}$jar; done
  # Login nodes limit address space and processes, so heap, code and class space are bounded, and no second compiler or
  # parallel collector starts threads. A start is short: little is worth compiling, and the cache is used where it was
  # made to lie, not moved about in memory (see docs/decisions). Nothing of the JVM's own may reach stdout, which belongs
  # to Karez.
  exec "$java" \
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=6 -Xms64m -Xmx1g \
    -XX:ReservedCodeCacheSize=64m -XX:CompressedClassSpaceSize=128m -XX:-UsePerfData \
    -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
    -Djdk.virtualThreadScheduler.parallelism=4 \
    -Xlog:disable -XX:+DisplayVMOutputToStderr --enable-native-access=ALL-UNNAMED \
    "-Dorg.sqlite.lib.path=$app/native" -Dorg.sqlite.lib.name=libsqlitejdbc.so \
    ${size:+"-Dkarez.columns=${size#* }" "-Dkarez.rows=${size% *}"} -cp "$classes" ${KAREZ_JAVA_OPTIONS-} "$@"
}
