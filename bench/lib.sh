# in_turn ROUNDS NAME COMMAND NAME COMMAND ...: runs the commands one after another, ROUNDS times over, and prints the median
# wall time of each and its ratio to the first, pair by pair. What they print is thrown away.
in_turn() {
  python3 - "$@" <<'PY'
import statistics, subprocess, sys, time
rounds, rest = int(sys.argv[1]), sys.argv[2:]
pairs = list(zip(rest[::2], rest[1::2]))
times = {name: [] for name, _ in pairs}
for turn in range(rounds + 1):
    for name, command in pairs:
        begin = time.perf_counter()
        subprocess.run(command, shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True)
        if turn:
            times[name].append(time.perf_counter() - begin)
first = pairs[0][0]
print("| | median | min | max | ratio to the first |")
print("|---|---|---|---|---|")
for name, _ in pairs:
    t = times[name]
    ratio = statistics.median(a / b for a, b in zip(t, times[first]))
    print(f"| {name} | {statistics.median(t)*1000:.0f} ms | {min(t)*1000:.0f} | {max(t)*1000:.0f} | {ratio:.2f} |")
PY
}
