"""Tell the species of iris flowers by their k nearest neighbours."""
import argparse
import json
import random
import sys
from collections import Counter
from math import fsum, sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from shared.flowers import FEATURES, SPECIES, Progress, read, write_rows  # noqa: E402


def split(flowers, test_share, seed):
    """Training and test flowers: the same share of every species, drawn with the seed."""
    draw = random.Random(seed)
    train, test = [], []
    for name in SPECIES:
        group = [flower for flower in flowers if flower[0] == name]
        draw.shuffle(group)
        cut = round(len(group) * test_share)
        test += group[:cut]
        train += group[cut:]
    return train, test


def scale(train):
    """Mean and standard deviation of each feature over the training flowers."""
    columns = list(zip(*(lengths for _, lengths in train)))
    means = [fsum(column) / len(column) for column in columns]
    return [
        (centre, sqrt(fsum((value - centre) ** 2 for value in column) / (len(column) - 1)))
        for centre, column in zip(means, columns)
    ]


def standardised(flowers, scales):
    return [(name, [(value - m) / s for value, (m, s) in zip(lengths, scales)]) for name, lengths in flowers]


def vote(train, lengths, k):
    """The commonest species among the k nearest; among equals the one of the nearest flower."""
    def squared_distance(flower):
        return fsum((a - b) ** 2 for a, b in zip(flower[1], lengths))

    nearest = [name for name, _ in sorted(train, key=squared_distance)[:k]]
    counts = Counter(nearest)
    return max(nearest, key=lambda name: (counts[name], -nearest.index(name)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--storage_path", required=True, help="directory for the results")
    parser.add_argument("--dataset_path", required=True, help="iris.csv, or the directory it lies in")
    parser.add_argument("--k", type=int, default=5, help="how many neighbours vote (default 5)")
    parser.add_argument("--seed", type=int, default=0, help="draws the test flowers (default 0)")
    parser.add_argument("--test_share", type=float, default=0.4, help="share of flowers kept for the test (default 0.4)")
    options = parser.parse_args()
    if not 0 < options.test_share < 1:
        parser.error("--test_share must lie between 0 and 1")
    flowers = read(options.dataset_path)
    train, test = split(flowers, options.test_share, options.seed)
    if not 1 <= options.k <= len(train):
        parser.error(f"--k must lie between 1 and the {len(train)} training flowers")

    storage = Path(options.storage_path)
    (storage / "metrics").mkdir(parents=True, exist_ok=True)
    progress = Progress(storage, len(test))
    scales = scale(train)
    known = standardised(train, scales)
    predicted = []
    for _, lengths in standardised(test, scales):
        predicted.append(vote(known, lengths, options.k))
        progress.done()

    pairs = Counter((name, guess) for (name, _), guess in zip(test, predicted))
    right = sum(pairs[name, name] for name in SPECIES)
    accuracy = round(right / len(test), 6)
    write_rows(
        storage / "confusion.csv",
        ["species"] + SPECIES,
        [[name] + [pairs[name, guess] for guess in SPECIES] for name in SPECIES],
    )
    write_rows(
        storage / "predictions.csv",
        FEATURES + ["species", "predicted"],
        [lengths + [name, guess] for (name, lengths), guess in zip(test, predicted)],
    )
    line = {"k": options.k, "seed": options.seed, "accuracy": accuracy, "errors": len(test) - right}
    (storage / "metrics" / "test.json").write_text(json.dumps(line) + "\n", encoding="utf-8")
    summary = dict(line, train=len(train), test=len(test))
    (storage / "metrics.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    print(f"k={options.k} seed={options.seed}: accuracy {accuracy:.4f} ({len(test) - right} of {len(test)} wrong)")
    progress.finished()


if __name__ == "__main__":
    main()
