# Makes the lab's image, a stack of layers: Debian, the packages of each system, then the set-up of each system. Each is
# named by a hash of all that makes it and of what lies below it, so one that is there is right. To be sourced.
suite=${KAREZ_LAB_SUITE:-trixie}

# image SYSTEM...: sets `layers`, top first, relative to $cache/layers, where it changes to; builds what is missing.
image() {
  local system files
  layers= key=$suite
  mkdir -p "$cache/layers"
  cd "$cache/layers"
  layer debian make_debian '' lib/image.sh lib/root.sh
  for system in base "$@"; do
    files=$(cd "$lab" && ls -d "systems/$system"/{packages,packages.sid,preseed} 2>/dev/null) || true
    layer "$system-packages" make_packages "$system" lib/packages.sh $files
  done
  layer base make_bake base lib/bake.sh inside systems/base
  for system in "$@"; do
    layer "$system" make_bake "$system" "systems/$system"
  done
}

# layer NAME MAKE SYSTEM FILES...: puts a layer on the stack, which MAKE makes of FILES in $new/upper.
layer() {
  local place make=$2 system=$3 in_use
  key=$(
    {
      echo "$key"
      tar -C "$lab" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 --mode=a=rX,u+w -cf - "${@:4}"
    } | sha256sum | cut -c 1-16
  )
  place=$1-$key
  [ -d "$place" ] || build_layer
  # Marked and held as used, so that no other build takes it for one that nobody needs.
  touch "$place"
  exec {in_use}<"$place"
  flock -s "$in_use"
  layers=$place${layers:+:$layers}
}

# Several commands may want the same layer: one builds, the others wait. What a build that was killed left is removed.
build_layer() {
  local new lock start=$SECONDS
  exec {lock}>.lock
  flock -n "$lock" || {
    say 'waiting for another build'
    flock "$lock"
  }
  if [ ! -d "$place" ]; then
    rm -rf --one-file-system .new.*
    new=$PWD/.new.$place
    mkdir -p "$new/upper"
    say "building $place, once"
    "$make" "$system" >"$new/log" 2>&1 </dev/null &
    wait $! || {
      tail -n 20 "$new/log" >&2
      mv "$new/log" "$cache/failed.log"
      rm -rf --one-file-system "$new"
      fail "$place could not be built; all that was said is in $cache/failed.log"
    }
    sync -f "$new/upper"
    mv "$new/upper" "$place"
    rm -rf --one-file-system "$new"
    say "built $place: $((SECONDS - start)) s, $(du -smx "$place" | cut -f 1) MB"
    drop_old_layers
  fi
  exec {lock}>&-
}

# Layers that nobody has used for two weeks and no lab runs on.
drop_old_layers() {
  local old
  find . -mindepth 1 -maxdepth 1 -type d ! -name '.*' -mtime +14 | while read -r old; do
    flock -n "$old" rm -rf --one-file-system "$old" || true
  done
}

# Becomes the command in namespaces of its own, where it dies with the shell that wants it.
in_namespaces() {
  exec setpriv --pdeathsig KILL -- unshare --mount --propagation private --pid --ipc --uts --fork --kill-child "$@"
}

# The mirror is the one that this machine's own apt uses; where it has none of Debian, it is debootstrap's own.
make_debian() {
  local mirror
  mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' | awk '$1 == "Debian" { print $2; exit }')
  mkdir -p "$cache/debs"
  in_namespaces --mount-proc debootstrap --variant=minbase --include=ca-certificates --cache-dir="$cache/debs" \
    "$suite" "$new/upper" $mirror
}

make_packages() {
  mkdir -p "$cache/debs/partial" "$cache/lists/partial"
  in_namespaces "$lab/lib/root.sh" "$layers" "$new" --bind "$lab:/run/lab:ro" \
    --bind /etc/resolv.conf:/etc/resolv.conf:ro --bind "$cache/debs:/var/cache/apt/archives" \
    --bind "$cache/lists:/var/lib/apt/lists" bash /run/lab/lib/packages.sh "$1"
}

make_bake() {
  in_namespaces --net "$lab/lib/root.sh" "$layers" "$new" --bind "$lab:/run/lab:ro" bash /run/lab/lib/bake.sh "$1"
}
