# What the shell tests share. To be sourced.

failed=0

# same NAME EXPECTED ACTUAL: one test, one line.
same() {
  if [ "$2" = "$3" ]; then
    echo "ok      $1"
  else
    failed=$((failed + 1))
    printf 'FAILED  %s\n--- expected\n%s\n--- but was\n%s\n---\n' "$1" "$2" "$3"
  fi
}

# finish NAME: the last line and the exit status.
finish() {
  [ "$failed" = 0 ] && echo "$1: all passed" && exit 0
  echo "$1: $failed FAILED"
  exit 1
}

# as_nobody COMMAND...: as another user where root would be allowed everything.
as_nobody() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --clear-groups -- "$@"; else "$@"; fi
}

# limited COMMAND...: with the address space and processes that a strict login node allows.
limited() {
  as_nobody bash -c 'ulimit -v 4000000 -u 200 && exec "$@"' limited "$@"
}
