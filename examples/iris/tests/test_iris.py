"""The example's programs, run as Karez runs them: `python3 -m unittest discover -s tests`."""
import csv
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data" / "iris"
SUMMARY = "experiments/summary_statistics/iris.py"
SUMMARY_PLOT = "experiments/summary_statistics/plot.py"
CLASSIFY = "experiments/nearest_neighbours/classify.py"
CLASSIFY_PLOT = "experiments/nearest_neighbours/plot.py"
CIRCLE = "{http://www.w3.org/2000/svg}circle"


def call(program, *words):
    command = [sys.executable, "-B", str(ROOT / program)] + [str(word) for word in words]
    return subprocess.run(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(directory):
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


class Programs(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.storage = Path(place.name) / "run 1"

    def succeed(self, program, *words):
        completed = call(program, *words)
        self.assertEqual((completed.returncode, completed.stderr), (0, ""))
        return completed.stdout

    def summarise(self, storage):
        return self.succeed(SUMMARY, "--storage_path", storage, "--dataset_path", DATA)

    def classify(self, storage, k, seed):
        return self.succeed(CLASSIFY, "--k", k, "--seed", seed, "--storage_path", storage, "--dataset_path", DATA)


class Summary(Programs):
    def test_means_are_those_of_the_literature(self):
        self.summarise(self.storage)
        self.assertEqual(
            {row.pop("species"): list(row.values()) for row in rows(self.storage / "means.csv")},
            {
                "all": ["5.843333", "3.057333", "3.758000", "1.199333"],
                "setosa": ["5.006000", "3.428000", "1.462000", "0.246000"],
                "versicolor": ["5.936000", "2.770000", "4.260000", "1.326000"],
                "virginica": ["6.588000", "2.974000", "5.552000", "2.026000"],
            },
        )

    def test_deviations_divide_by_one_less_than_the_count(self):
        self.summarise(self.storage)
        first = rows(self.storage / "deviations.csv")[0]
        self.assertEqual(list(first.values()), ["all", "0.828066", "0.435866", "1.765298", "0.762238"])

    def test_correlations_of_all_flowers(self):
        self.summarise(self.storage)
        first = rows(self.storage / "correlations.csv")[0]
        self.assertEqual(list(first.values()), ["all", "sepal_length", "1.000000", "-0.117570", "0.871754", "0.817941"])

    def test_every_flower_is_in_one_bar_of_each_histogram(self):
        self.summarise(self.storage)
        histograms = json.loads((self.storage / "histograms.json").read_text(encoding="utf-8"))
        self.assertEqual(
            {feature: {name: sum(counts) for name, counts in shape["counts"].items()}
             for feature, shape in histograms.items()},
            {feature: {"setosa": 50, "versicolor": 50, "virginica": 50}
             for feature in ("sepal_length", "sepal_width", "petal_length", "petal_width")},
        )

    def test_progress_ends_with_finished(self):
        self.summarise(self.storage)
        self.assertEqual((self.storage / "progress.txt").read_text(), "count_total=5\n1\n1\n1\n1\n1\nfinished\n")

    def test_a_second_run_writes_the_same_bytes(self):
        again = self.storage.with_name("run 2")
        for storage in (self.storage, again):
            self.summarise(storage)
            self.succeed(SUMMARY_PLOT, "--storage_path", storage)
        self.assertEqual(files(self.storage), files(again))

    def test_picture_shows_every_flower_in_six_scatter_plots(self):
        self.summarise(self.storage)
        printed = self.succeed(SUMMARY_PLOT, "--storage_path", self.storage)
        self.assertEqual(printed, f"{self.storage}/summary.svg\n")
        circles = ElementTree.parse(self.storage / "summary.svg").getroot().findall(CIRCLE)
        # setosa: six plots of 50 flowers, six correlation tiles, the legend
        self.assertEqual(len(circles), 6 * 50 + 6 + 1)

    def test_plot_of_another_directory_says_what_it_needs(self):
        self.storage.mkdir()
        completed = call(SUMMARY_PLOT, "--storage_path", self.storage)
        self.assertEqual(completed.returncode, 2)
        self.assertIn("holds no histograms.json", completed.stderr)


class Classification(Programs):
    def test_metrics_are_one_json_line(self):
        printed = self.classify(self.storage, 5, 0)
        self.assertEqual(printed, "k=5 seed=0: accuracy 0.9833 (1 of 60 wrong)\n")
        self.assertEqual(
            (self.storage / "metrics" / "test.json").read_text(),
            '{"k": 5, "seed": 0, "accuracy": 0.983333, "errors": 1}\n',
        )

    def test_confusion_counts_every_test_flower(self):
        self.classify(self.storage, 5, 0)
        self.assertEqual(
            [list(row.values()) for row in rows(self.storage / "confusion.csv")],
            [["setosa", "20", "0", "0"], ["versicolor", "0", "20", "0"], ["virginica", "0", "1", "19"]],
        )

    def test_no_neighbours_or_too_many_are_refused(self):
        for k in (0, 91):
            completed = call(CLASSIFY, "--k", k, "--storage_path", self.storage, "--dataset_path", DATA)
            self.assertEqual(completed.returncode, 2)
            self.assertIn("--k must lie between 1 and the 90 training flowers", completed.stderr)
        self.assertFalse(self.storage.exists())

    def test_picture_of_one_run(self):
        self.classify(self.storage, 5, 0)
        self.succeed(CLASSIFY_PLOT, "--storage_path", self.storage)
        ElementTree.parse(self.storage / "classification.svg")

    def test_picture_of_many_jobs_has_a_dot_for_each(self):
        for place, (k, seed) in enumerate([(1, 0), (1, 1), (3, 0), (3, 1)]):
            self.classify(self.storage / f"group_{place}", k, seed)
        self.succeed(CLASSIFY_PLOT, "--storage_path", self.storage)
        circles = ElementTree.parse(self.storage / "accuracy.svg").getroot().findall(CIRCLE)
        # four jobs, two means, the best, two in the legend
        self.assertEqual(len(circles), 4 + 2 + 1 + 2)


if __name__ == "__main__":
    unittest.main()
