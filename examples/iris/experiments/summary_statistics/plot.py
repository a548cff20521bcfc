"""Draw what a run of summary_iris found, as `summary.svg` in its directory."""
import argparse
import csv
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from shared.flowers import FEATURES, SPECIES, read  # noqa: E402
from shared.svg import COLOURS, INK, LINE, PANEL, QUIET, Axis, Picture, blend  # noqa: E402

CELL, GAP, LEFT, TOP = 186, 14, 84, 118
NEGATIVE, NEUTRAL, POSITIVE = "#8c510a", "#f5f5f5", "#01665e"


def corner(place):
    return place * (CELL + GAP)


def words(feature):
    return feature.replace("_", " ")


def tone(r):
    return blend(NEUTRAL, NEGATIVE if r < 0 else POSITIVE, abs(r))


def draw_histogram(picture, x, y, shape, high):
    """The counts of the three species, one behind the other."""
    across = Axis(0, len(shape["counts"][SPECIES[0]]), x + 10, x + CELL - 10)
    up = Axis(0, high, y + CELL - 8, y + 14)
    for name in SPECIES:
        edge = [(across(0), up(0))]
        for place, count in enumerate(shape["counts"][name]):
            edge += [(across(place), up(count)), (across(place + 1), up(count))]
        edge.append((across(len(shape["counts"][name])), up(0)))
        picture.path(edge, fill=COLOURS[name], fill_opacity=0.34, stroke=COLOURS[name], stroke_width=1.4,
                     stroke_linejoin="round")


def draw_scatter(picture, x, y, points, across, up):
    for feature_x, feature_y, name in points:
        picture.flower(x + across(feature_x), y + up(feature_y), name)


def draw_correlation(picture, x, y, by_group):
    """Pearson's r over all flowers as a tile of its tone, and below it r within each species."""
    overall = by_group["all"]
    picture.rect(x, y, CELL, CELL, fill=tone(overall), rx=4)
    ink = "#ffffff" if abs(overall) > 0.55 else INK
    picture.text(x + CELL / 2, y + 82, signed(overall), anchor="middle", font_size=34, font_weight=600, fill=ink)
    picture.rect(x + 9, y + CELL - 56, CELL - 18, 47, fill="#ffffff", fill_opacity=0.92, rx=3)
    for place, name in enumerate(SPECIES):
        middle = x + 9 + (CELL - 18) * (2 * place + 1) / 6
        picture.flower(middle, y + CELL - 41, name, size=4.2, fill_opacity=1)
        picture.text(middle, y + CELL - 18, signed(by_group[name]), anchor="middle", font_size=12.5)


def signed(r):
    return f"{r:.2f}".replace("-", "\u2212")


def draw_scale(picture, x, y):
    """The tones from -1 to 1."""
    picture.text(x, y + 10, "Correlation, Pearson's r", fill=QUIET)
    start = x + 152
    for step in range(41):
        r = -1 + step / 20
        picture.rect(start + step * 5, y, 5.4, 13, fill=tone(r))
    for place, label in enumerate(["\u22121", "0", "1"]):
        picture.text(start + place * 100 + 2.5, y + 28, label, anchor="middle", font_size=11, fill=QUIET)


def draw_ticks(picture, axes):
    """The numbers at the left and at the foot, for the panels that have that axis."""
    end = TOP + corner(3) + CELL
    for place, (across, up, step) in enumerate(axes):
        for value in across.ticks(step):
            x = LEFT + corner(place) + across(value)
            picture.line(x, end, x, end + 5, stroke=QUIET)
            picture.text(x, end + 18, f"{value:g}", anchor="middle", font_size=11, fill=QUIET)
        picture.text(LEFT + corner(place) + CELL / 2, end + 38, words(FEATURES[place]) + " (cm)", anchor="middle",
                     font_size=13)
        row = TOP + corner(place)
        if place > 0:
            for value in up.ticks(step):
                y = row + up(value)
                picture.line(LEFT - 5, y, LEFT, y, stroke=QUIET)
                picture.text(LEFT - 9, y + 4, f"{value:g}", anchor="end", font_size=11, fill=QUIET)
        middle = row + CELL / 2
        picture.text(32, middle, words(FEATURES[place]) + (" (cm)" if place else ""), anchor="middle", font_size=13,
                     transform=f"rotate(-90 32 {middle:g})")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--storage_path", required=True, help="directory of a run of summary_iris")
    storage = Path(parser.parse_args().storage_path)
    if not (storage / "histograms.json").is_file():
        parser.error(f"{storage} holds no histograms.json: give the directory of a finished run of summary_iris")

    flowers = read(storage / "measurements.csv")
    histograms = json.loads((storage / "histograms.json").read_text(encoding="utf-8"))
    correlations = {}
    with open(storage / "correlations.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for feature in FEATURES:
                correlations.setdefault((row["feature"], feature), {})[row["species"]] = float(row[feature])

    axes = []
    for feature in FEATURES:
        low, high = histograms[feature]["low"], histograms[feature]["high"]
        step = 2 if high - low > 4 else 1
        axes.append((Axis(low, high, 10, CELL - 10), Axis(low, high, CELL - 10, 10), step))

    picture = Picture(LEFT + corner(3) + CELL + 40, TOP + corner(3) + CELL + 112, "Fisher's iris measurements",
                      "Matrix of the four features: histograms by species on the diagonal, scatter plots below it, "
                      "correlations above it.")
    picture.heading("Fisher\u2019s iris measurements",
                    f"{len(flowers)} flowers, lengths in centimetres. Diagonal: how many flowers have which length. "
                    "Below: each pair of features.", x=LEFT - 44)
    picture.text(LEFT - 44, 88, "Above: correlation of all flowers as number and tone, and within each species.",
                 font_size=13, fill=QUIET)
    picture.legend(LEFT + corner(3) + CELL, 40, SPECIES)
    for row in range(4):
        for column in range(4):
            x, y = LEFT + corner(column), TOP + corner(row)
            if column > row:
                draw_correlation(picture, x, y, correlations[FEATURES[row], FEATURES[column]])
                continue
            picture.rect(x, y, CELL, CELL, fill=PANEL, rx=4)
            across, up, step = axes[column][0], axes[row][1], axes[row][2]
            for value in across.ticks(axes[column][2]):
                picture.line(x + across(value), y, x + across(value), y + CELL, stroke="#e6e9ee")
            if column == row:
                high = max(max(counts) for counts in histograms[FEATURES[row]]["counts"].values())
                draw_histogram(picture, x, y, histograms[FEATURES[row]], high)
            else:
                for value in up.ticks(step):
                    picture.line(x, y + up(value), x + CELL, y + up(value), stroke="#e6e9ee")
                points = [(lengths[column], lengths[row], name) for name, lengths in flowers]
                draw_scatter(picture, x, y, points, across, up)
            picture.rect(x, y, CELL, CELL, fill="none", stroke=LINE, rx=4)
    draw_ticks(picture, axes)
    draw_scale(picture, LEFT, TOP + corner(3) + CELL + 66)
    picture.text(LEFT + corner(3) + CELL, TOP + corner(3) + CELL + 76,
                 "Data: R. A. Fisher, Annals of Eugenics 7 (1936)", anchor="end", font_size=11, fill=QUIET)
    picture.write(storage / "summary.svg")
    print(storage / "summary.svg")


if __name__ == "__main__":
    main()
