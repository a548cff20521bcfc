"""Renders the cases of this directory with the real Jinja2.

    python3 render.py DIRECTORY            prints NAME and what comes out, as JSON
    python3 render.py DIRECTORY --record   writes it into the cases

A case is one file: `--- values` (JSON; `--- values strict` for StrictUndefined), `--- template`, any number of
`--- sibling NAME`, and `--- output`, or `--- refused` with the name of the exception.
"""
import json
import pathlib
import sys

import jinja2


def read(text):
    sections, name, lines = {}, None, []
    for line in text.split("\n") + ["--- end"]:
        if line.startswith("--- "):
            if name:
                sections[name] = "\n".join(lines)
            name, lines = line[4:], []
        else:
            lines.append(line)
    return sections


def render(sections):
    strict = "values strict" in sections
    siblings = {key[8:]: text for key, text in sections.items() if key.startswith("sibling ")}
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(siblings), undefined=jinja2.StrictUndefined if strict else jinja2.Undefined
    )
    # What HPCtools hands to its templates, and the like.
    for function in (len, repr, str, int, float, bool, list, tuple, abs, round, min, max, sum, any, all, sorted,
                     enumerate, zip):
        environment.globals[function.__name__] = function
    values = json.loads(sections["values strict" if strict else "values"])
    try:
        return "output", environment.from_string(sections["template"]).render(**values)
    except (jinja2.TemplateError, TypeError, ValueError, KeyError, AttributeError, ZeroDivisionError) as error:
        return "refused", type(error).__name__


def main(directory, *options):
    results = {}
    for path in sorted(pathlib.Path(directory).glob("*.case")):
        text = path.read_bytes().decode()
        kind, result = render(read(text))
        results[path.stem] = [kind, result]
        if "--record" in options:
            head = text.split("\n--- output\n")[0].split("\n--- refused\n")[0]
            path.write_bytes(f"{head}\n--- {kind}\n{result}\n--- end\n".encode())
    json.dump(results, sys.stdout)


main(*sys.argv[1:])
