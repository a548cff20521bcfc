"""Draw runs of classify_iris: `accuracy.svg` (accuracy over k) for many jobs, `classification.svg` for one."""
import argparse
import csv
import json
import sys
from math import fsum
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from shared.flowers import SPECIES  # noqa: E402
from shared.svg import COLOURS, INK, LINE, PANEL, QUIET, Axis, Picture, blend  # noqa: E402

BLUE = COLOURS["setosa"]
WRONG = "#D55E00"


def percent(share):
    return f"{100 * share:.1f} %"


def plain(share):
    return f"{100 * share:g} %"


def draw_accuracies(results, path):
    """Every job as a dot, the mean over the seeds as a line, the range of the seeds as a band."""
    by_k = {}
    for result in results:
        by_k.setdefault(result["k"], []).append(result["accuracy"])
    ks = sorted(by_k)
    means = {k: fsum(by_k[k]) / len(by_k[k]) for k in ks}
    best = max(ks, key=lambda k: (means[k], -k))

    picture = Picture(860, 500, "Accuracy of k nearest neighbours over k",
                      f"{len(results)} jobs; the best mean accuracy is {percent(means[best])} at k = {best}.")
    seeds = len({result["seed"] for result in results})
    picture.heading("How many neighbours should vote?",
                    f"Accuracy on the test flowers: {len(results)} jobs, {len(ks)} values of k, "
                    f"{seeds} seed{'' if seeds == 1 else 's'}")
    worst = min(result["accuracy"] for result in results)
    low = int((worst - 0.005) * 50) / 50
    x = Axis(ks[0] - 0.6, ks[-1] + 0.6, 92, 820)
    y = Axis(low, 1.0, 408, 112)
    step = 0.02 if 1 - low < 0.17 else 0.1
    for tick in y.ticks(step):
        picture.line(92, y(tick), 820, y(tick))
        picture.text(82, y(tick) + 4, plain(tick), anchor="end", fill=QUIET)
    every = max(1, -(-len(ks) // 24))
    for place, k in enumerate(ks):
        if place % every == 0:
            picture.text(x(k), 428, str(k), anchor="middle", fill=QUIET)
    picture.line(92, 408, 820, 408, stroke=QUIET)
    picture.text(456, 456, "k, neighbours that vote", anchor="middle", font_size=13)
    picture.text(30, 260, "accuracy", anchor="middle", font_size=13, transform="rotate(-90 30 260)")

    band = [(x(k), y(max(by_k[k]))) for k in ks] + [(x(k), y(min(by_k[k]))) for k in reversed(ks)]
    picture.path(band, closed=True, fill=BLUE, fill_opacity=0.12)
    picture.path([(x(k), y(means[k])) for k in ks], fill="none", stroke=BLUE, stroke_width=2.6,
                 stroke_linejoin="round")
    for k in ks:
        # Equal accuracies stand side by side, so that no job hides another.
        for accuracy in sorted(set(by_k[k])):
            same = by_k[k].count(accuracy)
            for place in range(same):
                picture.add("circle", cx=x(k) + (place - (same - 1) / 2) * 6.5, cy=y(accuracy), r=2.7, fill="#ffffff",
                            stroke=BLUE, stroke_width=1.2)
        picture.add("circle", cx=x(k), cy=y(means[k]), r=4.2, fill=BLUE, stroke="#ffffff", stroke_width=1)
    picture.add("circle", cx=x(best), cy=y(means[best]), r=8, fill="none", stroke=WRONG, stroke_width=2.4)

    row = 480
    picture.add("circle", cx=98, cy=row - 4, r=2.7, fill="#ffffff", stroke=BLUE, stroke_width=1.2)
    picture.text(108, row, "one job", fill=QUIET)
    picture.line(172, row - 4, 196, row - 4, stroke=BLUE, stroke_width=2.6)
    picture.text(204, row, "mean over the seeds", fill=QUIET)
    picture.rect(340, row - 11, 24, 13, fill=BLUE, fill_opacity=0.12)
    picture.text(372, row, "from the worst seed to the best", fill=QUIET)
    picture.add("circle", cx=582, cy=row - 4, r=6, fill="none", stroke=WRONG, stroke_width=2.4)
    picture.text(595, row, f"best mean: k = {best}, {percent(means[best])}", fill=INK, font_weight=600)
    picture.write(path)


def draw_plane(picture, rows):
    """Petal length and width of the test flowers; the wrong ones ringed."""
    across = Axis(0.5, 7.5, 84, 474)
    up = Axis(0, 2.75, 460, 120)
    picture.rect(84, 120, 390, 340, fill=PANEL, stroke=LINE, rx=4)
    for tick in across.ticks(1):
        picture.line(across(tick), 120, across(tick), 460)
        picture.text(across(tick), 478, f"{tick:g}", anchor="middle", fill=QUIET)
    for tick in up.ticks(0.5):
        picture.line(84, up(tick), 474, up(tick))
        picture.text(76, up(tick) + 4, f"{tick:g}", anchor="end", fill=QUIET)
    picture.text(279, 502, "petal length (cm)", anchor="middle", font_size=13)
    picture.text(44, 290, "petal width (cm)", anchor="middle", font_size=13, transform="rotate(-90 44 290)")
    for row in sorted(rows, key=lambda row: row["species"] != row["predicted"]):
        x, y = across(float(row["petal_length"])), up(float(row["petal_width"]))
        picture.flower(x, y, row["species"], size=4.6)
        if row["species"] != row["predicted"]:
            picture.add("circle", cx=x, cy=y, r=9, fill="none", stroke=WRONG, stroke_width=2.2)


def draw_confusion(picture, rows):
    """What each species was taken for."""
    size, left, top = 106, 612, 142
    picture.text(left + 1.5 * size, 126, "taken for", anchor="middle", font_size=13)
    for i, name in enumerate(SPECIES):
        total = sum(row["species"] == name for row in rows)
        for j, guess in enumerate(SPECIES):
            count = sum(row["species"] == name and row["predicted"] == guess for row in rows)
            share = count / total if total else 0
            full = BLUE if i == j else WRONG
            picture.rect(left + j * size, top + i * size, size - 5, size - 5, fill=blend("#f2f4f7", full, share), rx=4)
            picture.text(left + j * size + (size - 5) / 2, top + i * size + 60, str(count), anchor="middle",
                         font_size=26, font_weight=600, fill="#ffffff" if share > 0.5 else INK if count else QUIET)
        picture.text(left - 14, top + i * size + 56, name, anchor="end", font_size=13, font_style="italic")
        picture.text(left + i * size + (size - 5) / 2, top + 3 * size + 18, name, anchor="middle", font_size=13,
                     font_style="italic")


def draw_classification(result, rows, path):
    wrong = sum(row["species"] != row["predicted"] for row in rows)
    picture = Picture(970, 560, "Classification of iris flowers",
                      f"{len(rows) - wrong} of {len(rows)} test flowers told rightly.")
    picture.heading(f"{percent(result['accuracy'])} of the test flowers told rightly",
                    f"k = {result['k']} nearest neighbours, seed {result['seed']}: {wrong} of {len(rows)} wrong")
    picture.legend(930, 44, SPECIES)
    draw_plane(picture, rows)
    draw_confusion(picture, rows)
    picture.add("circle", cx=92, cy=532, r=7, fill="none", stroke=WRONG, stroke_width=2.2)
    picture.text(106, 536, "taken for another species", fill=QUIET)
    picture.write(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--storage_path", required=True, help="directory of a run of classify_iris, or of one group")
    storage = Path(parser.parse_args().storage_path)
    groups = sorted(storage.glob("group_*/metrics.json"))
    if groups:
        results = [json.loads(path.read_text(encoding="utf-8")) for path in groups]
        draw_accuracies(results, storage / "accuracy.svg")
        print(storage / "accuracy.svg")
    elif (storage / "metrics.json").is_file():
        with open(storage / "predictions.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        result = json.loads((storage / "metrics.json").read_text(encoding="utf-8"))
        draw_classification(result, rows, storage / "classification.svg")
        print(storage / "classification.svg")
    else:
        parser.error(f"{storage} holds no metrics.json: give the directory of a finished run of classify_iris")


if __name__ == "__main__":
    main()
