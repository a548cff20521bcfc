# What the scripts share that run inside the lab. To be sourced.
set -eu
PATH=/lab/bin:$PATH

# await SECONDS COMMAND...: until the command succeeds, but not for ever.
await() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || {
      echo "did not come to pass in time: $*" >&2
      return 1
    }
    sleep 0.02
  done
}

# The lab is alone on its network; the name `lab` must not mean localhost, which some schedulers refuse.
network() {
  ip link set lo up
  ip address add 10.77.0.1/32 dev lo
}
