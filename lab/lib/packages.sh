# packages.sh SYSTEM: installs the system's packages. Runs in a root without a scheduler, with the host's network.
set -eu
system=/run/lab/systems/$1
export DEBIAN_FRONTEND=noninteractive

# No daemon is started by its installation, and nothing is installed that only a person would read.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
cat >/etc/apt/apt.conf.d/99lab <<'CONF'
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
CONF
cat >/etc/dpkg/dpkg.cfg.d/99lab <<'CONF'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/share/man/*
CONF

# words FILE: its words but for what follows a #.
words() { sed 's/#.*//' "$1"; }

[ ! -e "$system/preseed" ] || debconf-set-selections "$system/preseed"
apt-get -q update
apt-get -q -y install $(words "$system/packages")

# Some packages are only in Debian's development branch. The lab does without them where they cannot be had.
if [ -e "$system/packages.sid" ]; then
  mirror=$(awk '$1 == "deb" { print $2; exit }' /etc/apt/sources.list)
  echo "deb $mirror sid main" >/etc/apt/sources.list.d/sid.list
  printf 'Package: *\nPin: release n=sid\nPin-Priority: 1\n' >/etc/apt/preferences.d/sid
  mkdir -p /lab/missing
  apt-get -q update || true
  for package in $(words "$system/packages.sid"); do
    apt-get -q -y install "$package/sid" || : >"/lab/missing/$package"
  done
  rm /etc/apt/sources.list.d/sid.list /etc/apt/preferences.d/sid
fi
