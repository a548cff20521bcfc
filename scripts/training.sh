# How a start-up cache is made. To be sourced, after app.sh.

# train_cache JDK APP TRAINING CACHE: runs the commands of the file TRAINING in a throwaway project, with the programs in
# `bin` beside it, and keeps what the JVM learnt of them in CACHE. In two steps, because the one that does both passes
# paths on unquoted; and with the jars' own paths, because the JVM looks for each class's jar where it was then: where
# that is gone, every class costs a failure.
train_cache() {
  jdk_home=$1 app_home=$2 training=$3
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/karez-training.XXXXXX") || return 1
  (
    mkdir "$scratch/home" "$scratch/project" && cd "$scratch/project" || exit
    export HOME="$scratch/home" XDG_CONFIG_HOME="$scratch/home/config" XDG_CACHE_HOME="$scratch/home/cache"
    export XDG_RUNTIME_DIR="$scratch/home/runtime" PATH="${training%/*}/bin:$PATH"
    start_jvm "$jdk_home" "$app_home" -XX:AOTMode=record "-XX:AOTConfiguration=$scratch/seen" \
      io.karez.cli.Training "$training"
  ) </dev/null &&
    (start_jvm "$jdk_home" "$app_home" -XX:AOTMode=create "-XX:AOTConfiguration=$scratch/seen" \
      "-XX:AOTCache=$scratch/cache.aot") </dev/null
  [ -s "$scratch/cache.aot" ] && mv "$scratch/cache.aot" "$4"
  trained=$?
  rm -rf "$scratch"
  return $trained
}
