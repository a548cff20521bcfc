
# kz_cannot WHAT WHY: leaves a word for the wrapper, by which it knows that the program was not started.
kz_cannot() {
  printf 'karez: %s\n' "$2" >&2
  echo "$1" >"$KAREZ_JOB_DIR/.container"
  exit 127
}

# In the container the run lies where Karez calls it, which may have been a link.
if [ "$KAREZ_RUN_DIR" != "$kz_run" ]; then
  case $KAREZ_JOB_DIR in "$KAREZ_RUN_DIR" | "$KAREZ_RUN_DIR"/*)
    KAREZ_JOB_DIR=$kz_run${KAREZ_JOB_DIR#"$KAREZ_RUN_DIR"}
    KAREZ_PARAMETERS=$KAREZ_JOB_DIR/parameters.json
    ;;
  esac
  KAREZ_RUN_DIR=$kz_run
fi
