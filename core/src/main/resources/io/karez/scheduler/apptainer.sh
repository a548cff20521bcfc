
# `run` starts what the image says, which is to start the words that follow. An image that says nothing of the kind would end well
# without the program; there `exec` starts it.
kz_how() {
  kz_how=run
  if [ -d "$kz_image" ]; then
    kz_says=$(cat -- "$kz_image/.singularity.d/runscript" || cat -- "$kz_image/singularity")
  else
    case $(head -c 64 -- "$kz_image" | tr -d '\0') in *SIF_MAGIC*) ;; *) return ;; esac
    kz_says=$("$1" inspect --runscript "$kz_image") || return
  fi
  # shellcheck disable=SC2016 # as it stands there
  case $kz_says in *'$@'* | *'$*'* | *'$1'* | *'${1'* | *'${@'* | *'${*'*) ;; *) kz_how=exec ;; esac
} 2>/dev/null

# Older versions of Singularity know `--pwd` alone.
for kz_engine in apptainer singularity; do
  if command -v "$kz_engine" >/dev/null 2>&1; then
    kz_how "$kz_engine"
    case $kz_engine in
      apptainer) kz_start "$kz_engine" "$kz_how" --cwd "$@" ;;
      *) kz_start "$kz_engine" "$kz_how" --pwd "$@" ;;
    esac
  fi
done
kz_cannot engine "neither \`apptainer\` nor \`singularity\` is installed on $(uname -n)"
