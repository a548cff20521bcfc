#!/bin/bash
# root.sh LAYERS DIR [--bind SOURCE:PLACE[:ro]]... COMMAND...
# Becomes COMMAND in a root of its own: LAYERS (directories of the current one as overlayfs wants them, the top one
# first), and over them what is written, which lands in DIR/upper. It is the first process of new namespaces, so nothing
# of this is seen outside, and all of it goes when it ends. $LAB_CGROUP names its control group, if it has one.
set -eu
layers=$1 dir=$2
shift 2

# /proc is still the host's: this is the host's number of this process, and the start time that tells it from another.
read -r stat </proc/self/stat
after_name=(${stat##*) })
echo "${stat%% *} ${after_name[19]}" >"$dir/process.new"
mv "$dir/process.new" "$dir/process"

mount --make-rprivate /
root=$dir/root
mkdir -p "$root" "$dir/upper" "$dir/work"
# Nothing here has to survive a crash of the machine, so nothing waits for the disk.
mount -t overlay -o "lowerdir=$layers,upperdir=$dir/upper,workdir=$dir/work,volatile" lab "$root"

mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mkdir -m 1777 "$root/run/lock"

mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for node in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0 fuse:10:229; do
  IFS=: read -r device major minor <<<"$node"
  mknod -m 666 "$root/dev/$device" c "$major" "$minor"
done
mkdir "$root/dev/pts" "$root/dev/shm" "$root/dev/mqueue"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t mqueue mqueue "$root/dev/mqueue"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for stream in 0:stdin 1:stdout 2:stderr; do
  ln -s "/proc/self/fd/${stream%:*}" "$root/dev/${stream#*:}"
done

# Control groups of version 1, of which the lab sees its own part only.
if [ -n "${LAB_CGROUP-}" ]; then
  mount -t tmpfs -o mode=755 tmpfs "$root/sys/fs/cgroup"
  for controller in memory freezer cpuacct devices pids; do
    [ -d "/sys/fs/cgroup/$controller/$LAB_CGROUP" ] || continue
    mkdir "$root/sys/fs/cgroup/$controller"
    mount -t cgroup -o "$controller" cgroup "$root/sys/fs/cgroup/$controller"
  done
fi

# The users' homes are plain directories, which the host can look into and on which another overlay can be mounted.
if [ -d "$root/home/researcher" ] && [ -d "$dir/home" ]; then
  cp -a "$root/home/." "$dir/home"
  mount --bind "$dir/home" "$root/home"
fi

while [ "$1" = --bind ]; do
  IFS=: read -r source place mode <<<"$2"
  shift 2
  if [ -d "$source" ]; then mkdir -p "$root$place"; else mkdir -p "$root${place%/*}" && : >>"$root$place"; fi
  mount --rbind "$source" "$root$place"
  [ "$mode" != ro ] || mount -o remount,bind,ro "$root$place"
done

hostname lab
mkdir "$root/.host"
cd "$root"
pivot_root . .host
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root TERM=dumb \
  /bin/sh -c 'umount -l /.host && rmdir /.host && exec "$@"' sh "$@"
