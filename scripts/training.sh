# How a start-up cache is made. To be sourced, after app.sh.

# train_cache JDK APP TRAINING CACHE: runs the commands of the file TRAINING in a throwaway project and keeps what the JVM
# learnt of them in CACHE. The JVM passes paths on to a second one unquoted, so that a blank would end them: these are
# relative and have none. The cache does not depend on them.
train_cache() {
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/karez-training.XXXXXX") || return 1
  (
    cd "$scratch" && ln -s "$1" java && ln -s "$2" app && cp "$3" training && mkdir home project && cd project || exit
    export HOME="$scratch/home" XDG_CONFIG_HOME="$scratch/home/config" XDG_CACHE_HOME="$scratch/home/cache"
    start_jvm ../java ../app -XX:AOTCacheOutput=../cache.aot io.karez.cli.Training ../training
  ) </dev/null
  [ -s "$scratch/cache.aot" ] && mv "$scratch/cache.aot" "$4"
  trained=$?
  rm -rf "$scratch"
  return $trained
}
