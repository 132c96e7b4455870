"""Build the icon sprite from the single icons of bootstrap-icons.

Usage: sprite.py FOLDER_OF_SVG_FILES icons.txt SPRITE INLINE_TEMPLATE

SPRITE (icons.svg) holds every icon of the list. The starred ones are also written into
INLINE_TEMPLATE, a Jinja file: a guest's page draws its few icons inline, because it has to stay
under 15 kB and the sprite alone is larger than that.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

WHOLE = re.compile(r"<svg[^>]*viewBox=\"0 0 16 16\"[^>]*>(?P<body>.*)</svg>", re.DOTALL)


def drawing(source: Path) -> str:
    """Return what one icon draws, without its <svg>; every icon is 16 by 16."""
    found = WHOLE.search(source.read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit(f"{source.name} does not look like a single icon of 16 by 16")
    return re.sub(r"\s+", " ", found["body"]).replace("> <", "><").strip()


def main(folder: Path, names: Path, sprite: Path, template: Path) -> None:
    """Write the sprite and the template."""
    symbols: list[str] = []
    inline: list[str] = []
    for line in names.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, *star = line.split()
        body = drawing(folder / f"{name}.svg")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{body}</symbol>')
        if star:
            inline.append(f'{"el" if inline else ""}if name == "{name}" %}}{body}')
    sprite.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n",
        encoding="utf-8",
    )
    template.write_text(
        "{# Written by tools/sprite.py from tools/icons.txt: the icons of guest pages. #}\n"
        "{% macro drawing(name) -%}\n{%- "
        + "\n{%- ".join(inline)
        + "\n{%- endif -%}\n{%- endmacro %}\n",
        encoding="utf-8",
    )
    print(f"{len(symbols)} icons, {len(inline)} of them also inline")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
