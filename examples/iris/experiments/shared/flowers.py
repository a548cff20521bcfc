"""Read and write tables of flowers."""
import csv
from pathlib import Path

FEATURES = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
SPECIES = ["setosa", "versicolor", "virginica"]


def read(path):
    """The flowers of a CSV file, or of `iris.csv` in a directory: a list of (species, four lengths in cm)."""
    path = Path(path)
    if path.is_dir():
        path = path / "iris.csv"
    with open(path, encoding="utf-8", newline="") as file:
        return [(row["species"], [float(row[name]) for name in FEATURES]) for row in csv.DictReader(file)]


def write_rows(path, header, rows):
    """Write a CSV file; numbers with six decimals, so that a file compares equal on every machine."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([f"{cell:.6f}" if isinstance(cell, float) else cell for cell in row])


class Progress:
    """Tells the way a program has come, in `progress.txt`: the total, then one line for each part done."""

    def __init__(self, storage, total):
        self.path = Path(storage) / "progress.txt"
        self.path.write_text(f"count_total={total}\n", encoding="utf-8")

    def done(self, count=1):
        self._add(str(count))

    def finished(self):
        self._add("finished")

    def _add(self, line):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(line + "\n")
