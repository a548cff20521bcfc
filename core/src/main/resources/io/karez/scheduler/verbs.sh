
kz_script=$0
kz_verb=$1
shift
case $kz_verb in
  supervise) kz_supervise "$@" ;;
  slot) kz_slot "$@" ;;
  start) kz_start "$@" ;;
  alive) kz_each '' ;;
  stop) kz_each "$@" ;;
  *)
    kz_say "no such verb: $kz_verb"
    exit 2
    ;;
esac
