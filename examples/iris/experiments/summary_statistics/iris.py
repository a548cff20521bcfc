"""Summary statistics of the iris data: means, deviations, correlations, histograms."""
import argparse
import json
import sys
from math import fsum, sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from shared.flowers import FEATURES, SPECIES, Progress, read, write_rows  # noqa: E402


def mean(values):
    return fsum(values) / len(values)


def deviation(values):
    """The sample standard deviation (n - 1)."""
    centre = mean(values)
    return sqrt(fsum((value - centre) ** 2 for value in values) / (len(values) - 1))


def correlation(xs, ys):
    """Pearson's r."""
    x0, y0 = mean(xs), mean(ys)
    together = fsum((x - x0) * (y - y0) for x, y in zip(xs, ys))
    return together / sqrt(fsum((x - x0) ** 2 for x in xs) * fsum((y - y0) ** 2 for y in ys))


def histogram(values, low, high, bins):
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int((value - low) / (high - low) * bins))] += 1
    return counts


def table(title, header, rows):
    """Rows of (name, numbers) as aligned text."""
    wide = max(len(name) for name, _ in rows)
    lines = [title, " " * wide + "".join(f"{name:>14}" for name in header)]
    lines += [f"{name:<{wide}}" + "".join(f"{number:14.3f}" for number in numbers) for name, numbers in rows]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--storage_path", required=True, help="directory for the results")
    parser.add_argument("--dataset_path", required=True, help="iris.csv, or the directory it lies in")
    parser.add_argument("--bins", type=int, default=14, help="bars of each histogram (default 14)")
    options = parser.parse_args()
    if options.bins < 1:
        parser.error("--bins must be at least 1")

    storage = Path(options.storage_path)
    storage.mkdir(parents=True, exist_ok=True)
    progress = Progress(storage, 5)
    flowers = read(options.dataset_path)
    groups = {"all": flowers}
    groups.update((name, [flower for flower in flowers if flower[0] == name]) for name in SPECIES)
    columns = {name: list(zip(*(lengths for _, lengths in group))) for name, group in groups.items()}
    write_rows(storage / "measurements.csv", FEATURES + ["species"], [lengths + [name] for name, lengths in flowers])
    progress.done()

    means = [(name, [mean(column) for column in group]) for name, group in columns.items()]
    write_rows(storage / "means.csv", ["species"] + FEATURES, [[name] + row for name, row in means])
    progress.done()

    deviations = [(name, [deviation(column) for column in group]) for name, group in columns.items()]
    write_rows(storage / "deviations.csv", ["species"] + FEATURES, [[name] + row for name, row in deviations])
    progress.done()

    correlations = [
        (name, feature, [correlation(column, other) for other in group])
        for name, group in columns.items()
        for feature, column in zip(FEATURES, group)
    ]
    write_rows(
        storage / "correlations.csv",
        ["species", "feature"] + FEATURES,
        [[name, feature] + row for name, feature, row in correlations],
    )
    progress.done()

    histograms = {}
    for place, feature in enumerate(FEATURES):
        low, high = min(columns["all"][place]), max(columns["all"][place])
        histograms[feature] = {
            "low": low,
            "high": high,
            "counts": {name: histogram(columns[name][place], low, high, options.bins) for name in SPECIES},
        }
    (storage / "histograms.json").write_text(json.dumps(histograms, indent=2) + "\n", encoding="utf-8")
    progress.done()

    overall = [(feature, row) for name, feature, row in correlations if name == "all"]
    summary = "\n".join([
        table("Mean (cm)", FEATURES, means),
        table("Standard deviation (cm)", FEATURES, deviations),
        table("Correlation, all species", FEATURES, overall),
    ])
    (storage / "summary.txt").write_text(f"{len(flowers)} flowers\n\n{summary}", encoding="utf-8")
    print(f"{len(flowers)} flowers of {len(SPECIES)} species\n")
    print(table("Mean (cm)", FEATURES, means), end="")
    progress.finished()


if __name__ == "__main__":
    main()
