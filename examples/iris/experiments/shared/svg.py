"""Draw pictures as SVG: a few shapes, one look for all pictures of the example."""
from html import escape

INK = "#1f2430"
QUIET = "#6b7280"
LINE = "#d5d9e0"
PANEL = "#f7f8fa"

# Okabe and Ito's palette, told apart with every kind of colour vision; a shape says the same as the colour.
COLOURS = {"setosa": "#0072B2", "versicolor": "#E69F00", "virginica": "#009E73"}
SHAPES = {"setosa": "circle", "versicolor": "triangle", "virginica": "square"}

FONT = 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif'


class Picture:
    """Elements in the order they are painted, in pixels from the top left."""

    def __init__(self, width, height, title, description):
        self.elements = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" role="img" aria-labelledby="title description" '
            f'font-family="{escape(FONT)}" font-size="12" fill="{INK}">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="description">{escape(description)}</desc>',
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        ]

    def add(self, name, content=None, **attributes):
        words = "".join(
            f' {key.rstrip("_").replace("_", "-")}="{number(value)}"' for key, value in attributes.items()
        )
        self.elements.append(f"<{name}{words}/>" if content is None else f"<{name}{words}>{content}</{name}>")

    def text(self, x, y, words, anchor="start", **attributes):
        self.add("text", escape(words), x=x, y=y, text_anchor=anchor, **attributes)

    def heading(self, title, subtitle, x=40):
        self.text(x, 46, title, font_size=24, font_weight=600)
        self.text(x, 70, subtitle, font_size=13, fill=QUIET)

    def line(self, x1, y1, x2, y2, stroke=LINE, **attributes):
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **attributes)

    def rect(self, x, y, width, height, **attributes):
        self.add("rect", x=x, y=y, width=width, height=height, **attributes)

    def path(self, points, closed=False, **attributes):
        steps = " L".join(f"{number(x)},{number(y)}" for x, y in points)
        self.add("path", d=f"M{steps}" + ("Z" if closed else ""), **attributes)

    def flower(self, x, y, species, size=3.2, **attributes):
        """The mark of a species."""
        look = {"fill": COLOURS[species], "fill_opacity": 0.72, "stroke": "#ffffff", "stroke_width": 0.6}
        look.update(attributes)
        if SHAPES[species] == "circle":
            self.add("circle", cx=x, cy=y, r=size, **look)
        elif SHAPES[species] == "square":
            half = size * 0.89
            self.rect(x - half, y - half, 2 * half, 2 * half, **look)
        else:
            self.path([(x, y - 1.25 * size), (x + 1.1 * size, y + 0.75 * size), (x - 1.1 * size, y + 0.75 * size)],
                      closed=True, **look)

    def legend(self, x, y, names):
        """The marks of the species in one row that ends at x."""
        for name in reversed(names):
            self.text(x, y + 4, name, anchor="end", font_size=13, font_style="italic")
            x -= 7.2 * len(name) + 10
            self.flower(x, y, name, size=5, fill_opacity=1)
            x -= 26

    def write(self, path):
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(self.elements) + "\n</svg>\n")


def number(value):
    """Two decimals at most: a picture is the same text on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(str(value))


def blend(low, high, share):
    """The colour between two colours `#rrggbb`."""
    pairs = zip(bytes.fromhex(low[1:]), bytes.fromhex(high[1:]))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class Axis:
    """Maps numbers to pixels."""

    def __init__(self, low, high, start, end):
        self.low, self.high, self.start, self.end = low, high, start, end

    def __call__(self, value):
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self, step):
        first = int(-(-self.low // step))
        return [round(place * step, 9) for place in range(first, int(self.high / step + 1e-9) + 1)]
