#!/bin/sh
# `karez upload` beside rsync, sftp, scp and paramiko, to a sshd of its own on the loopback interface: 1 file of 200 MB and
# 2,000 of 2 kB, the first time and when nothing has changed, in turn. The start of Karez is shown apart.
# Needs: sshd (Debian: openssh-server), rsync; paramiko (Debian: python3-paramiko) is left out where it is missing.
set -eu
home=$(cd "${0%/*}/.." && pwd)
sshd=/usr/sbin/sshd
[ -x "$sshd" ] || { echo "$sshd is missing" >&2; exit 1; }
python=
for candidate in /usr/bin/python3 python3; do
  if [ -z "$python" ] && "$candidate" -c 'import paramiko' 2>/dev/null; then python=$candidate; fi
done
[ -n "$python" ] || echo "left out: paramiko is not there"
work=$(mktemp -d /tmp/kzb.XXXXXX)
daemon=
# Connections are kept, and would hold what this prints to open.
leave() {
  for socket in "$work"/runtime/karez/*; do
    if [ -S "$socket" ]; then ssh -O exit -o ControlPath="$socket" far 2>/dev/null || true; fi
  done
  [ -z "$daemon" ] || kill "$daemon"
  rm -rf "$work"
}
trap leave EXIT
mkdir -p "$work/runtime" "$work/far" /run/sshd 2>/dev/null || true
for key in host user; do ssh-keygen -q -t ed25519 -N '' -f "$work/$key"; done
cp "$work/user.pub" "$work/authorized_keys"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$work/sshd_config" <<EOF
ListenAddress 127.0.0.1:$port
HostKey $work/host
PidFile none
AuthorizedKeysFile $work/authorized_keys
StrictModes no
UsePAM no
PermitRootLogin yes
Subsystem sftp internal-sftp
EOF
cat >"$work/config" <<EOF
Host far
  HostName 127.0.0.1
  Port $port
  User $(id -un)
  IdentityFile $work/user
  IdentitiesOnly yes
  UserKnownHostsFile $work/known_hosts
  StrictHostKeyChecking yes
EOF
echo "[127.0.0.1]:$port $(cat "$work/host.pub")" >"$work/known_hosts"
"$sshd" -D -f "$work/sshd_config" -E "$work/log" >/dev/null 2>&1 &
daemon=$!
until ssh -F "$work/config" far true 2>/dev/null; do sleep 0.1; done

# What is copied lies in a project, in one directory.
export XDG_RUNTIME_DIR="$work/runtime" XDG_CONFIG_HOME="$work/settings" XDG_CACHE_HOME="$work/cache"
chmod 700 "$work/runtime"
mkdir "$work/project" && cd "$work/project"
"$home/karez" --version >/dev/null
"$home/karez" init . --yes >/dev/null 2>&1
mkdir -p large small
head -c 200000000 /dev/urandom >large/file
for i in $(seq 2000); do head -c 2000 /dev/urandom >"small/$i"; done
for uploader in rsync sftp; do
  printf 'sites: {far: {host: far, ssh_config: "%s", directory: "%s"}}\n' "$work/config" "$work/far/karez-$uploader" \
    >"$work/$uploader.yaml"
done
cat >"$work/put.py" <<'EOF'
import os, paramiko, sys
config = paramiko.SSHConfig.from_path(sys.argv[1]).lookup("far")
client = paramiko.SSHClient()
client.load_host_keys(config["userknownhostsfile"])
client.connect(config["hostname"], int(config["port"]), config["user"], key_filename=config["identityfile"])
sftp = client.open_sftp()
try:
    sftp.mkdir(sys.argv[3])
except OSError:
    pass
for name in os.listdir(sys.argv[2]):
    sftp.put(os.path.join(sys.argv[2], name), sys.argv[3] + "/" + name)
EOF

python3 - "$home" "$work" "$python" "${ROUNDS:-5}" <<'PY'
import json, os, shutil, statistics, subprocess, sys, time
home, work, python, rounds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
ssh = f"ssh -F {work}/config"
def run(command):
    begin = time.perf_counter()
    done = subprocess.run(command, shell=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout}{done.stderr}")
    return time.perf_counter() - begin, done.stdout
def karez(uploader):
    def command(what):
        # A connection that an earlier round has left would be an advantage.
        subprocess.run(f"for s in {work}/runtime/karez/*; do [ -S \"$s\" ] && ssh -O exit -o ControlPath=\"$s\" far; done",
                       shell=True, capture_output=True)
        shutil.copy(f"{work}/{uploader}.yaml", ".karez/config.yaml")
        whole, said = run(f"{home}/karez upload far {what} --uploader {uploader} --json")
        return whole, json.loads(said)["elapsed_s"]
    return command
def plain(text):
    return lambda what: (run(text.format(what=what))[0],) * 2
tools = {
    "rsync -az": plain(f"rsync -az -e '{ssh}' {{what}} far:{work}/far/rsync/"),
    "karez, rsync": karez("rsync"),
    "sftp put -r": plain(f"echo 'put -r {{what}} {work}/far/sftp' | sftp -q -F {work}/config -b - far"),
    "karez, sftp": karez("sftp"),
    "scp -r": plain(f"scp -q -r -F {work}/config {{what}} far:{work}/far/scp/"),
}
if python:
    tools["paramiko"] = plain(f"{python} {work}/put.py {work}/config {{what}} {work}/far/paramiko/{{what}}")
pairs = {"karez, rsync": "rsync -az", "karez, sftp": "sftp put -r"}
start = statistics.median(run(f"{home}/karez --version")[0] for _ in range(7))
print(f"start of karez: {start*1000:.0f} ms")
for what, title in (("large", "1 x 200 MB"), ("small", "2,000 x 2 kB")):
    whole, own = {}, {}
    for turn in range(rounds):
        for name in ("rsync", "sftp", "scp", "paramiko", "karez-rsync", "karez-sftp"):
            shutil.rmtree(f"{work}/far/{name}", ignore_errors=True)
            if not name.startswith("karez"):
                os.makedirs(f"{work}/far/{name}")
        for time_ in ("first", "unchanged"):
            for name, tool in tools.items():
                a, b = tool(what)
                whole.setdefault((time_, name), []).append(a)
                own.setdefault((time_, name), []).append(b)
    for time_ in ("first", "unchanged"):
        print(f"\n{title}, {time_}, median of {rounds}\n\n| | all | without start | speed beside its peer |\n|---|---|---|---|")
        for name in tools:
            a, b = whole[time_, name], own[time_, name]
            karez_s = [max(0.001, x - start) for x in a] if name in pairs else a
            peer = pairs.get(name)
            ratio = f"{statistics.median(p / k for p, k in zip(whole[time_, peer], karez_s)):.2f} x {peer}" if peer else ""
            print(f"| {name} | {statistics.median(a):.2f} s | {statistics.median(karez_s):.2f} s | {ratio} |")
PY
