"""Build the two icon sprites from the single icons of bootstrap-icons.

Usage: sprite.py FOLDER_OF_SVG_FILES icons.txt STATIC_FOLDER NAMES_TEMPLATE

icons-scan.svg holds the starred icons of the list, icons.svg the others: a guest's scan page has
to stay under 15 kB, and one large sprite would break that. NAMES_TEMPLATE becomes a Jinja file
with the starred names, by which the icon macro knows where an icon lies.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

WHOLE = re.compile(r"<svg[^>]*viewBox=\"(?P<box>[^\"]+)\"[^>]*>(?P<body>.*)</svg>", re.DOTALL)


def symbol(source: Path) -> str:
    """Return one icon as a <symbol>, named like its file."""
    found = WHOLE.search(source.read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit(f"{source.name} does not look like a single icon")
    body = re.sub(r"\s+", " ", found["body"]).replace("> <", "><").strip()
    return f'<symbol id="{source.stem}" viewBox="{found["box"]}">{body}</symbol>'


def main(folder: Path, names: Path, target: Path, template: Path) -> None:
    """Write icons.svg and icons-scan.svg into the target folder, and the template of names."""
    others: list[str] = []
    starred: list[str] = []
    starred_names: list[str] = []
    for line in names.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, *star = line.split()
        icon = symbol(folder / f"{name}.svg")
        (starred if star else others).append(icon)
        if star:
            starred_names.append(name)
    for file_name, symbols in (("icons.svg", others), ("icons-scan.svg", starred)):
        svg = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
        (target / file_name).write_text(svg, encoding="utf-8")
        print(f"{file_name}: {len(symbols)} icons, {len(svg) // 1024} kB")
    listed = "".join(f'  "{name}",\n' for name in starred_names)
    template.write_text(
        "{# Written by tools/sprite.py from tools/icons.txt: the icons of the small sprite. #}\n"
        "{% set small_sprite = (\n" + listed + ") %}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
