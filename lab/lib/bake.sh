# bake.sh SYSTEM: sets a system up, once, so that it starts quickly. Runs in a root with the packages of all systems and
# a network of its own that has nobody else on it.
set -eu
system=$1
mkdir -p /lab/systems
[ "$system" != base ] || cp -R /run/lab/inside/. /lab
cp -R "/run/lab/systems/$system" /lab/systems
. /lab/lib.sh
[ "$system" = base ] || network
[ ! -e "/lab/systems/$system/bake" ] || "/lab/systems/$system/bake"
