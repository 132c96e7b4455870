"""Articles to begin with, as they are shipped; an office changes them as it likes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assets.catalogue import queries as catalogue
from assets.catalogue.models import AssetClass
from helpdesk.knowledge import queries, rules
from helpdesk.knowledge.models import Article
from kernel.access import Viewer

FOLDER = Path(__file__).parent / "data"
PARTED = "\n---\n"


@cache
def shipped() -> dict[str, dict[str, str]]:
    """Return the shipped articles by their codes: titles, tags, icon of the class, texts."""
    found = {}
    for path in sorted(FOLDER.glob("*.md")):
        head, thai, english = path.read_text(encoding="utf-8").split(PARTED)
        told = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        texts = {"body_th": thai.strip(), "body_en": english.strip()}
        found[path.stem] = {"icon": "", **told, **texts}
    return found


def load(*, by: Viewer) -> Sequence[Article]:
    """Write and publish the shipped articles that were never loaded.

    One that was changed or retired since is left as it is.

    Returns:
        those that were made.
    """
    there = queries.starters_there()
    widest = _widest_by_icon(catalogue.classes(retired=False))
    made = []
    for code, told in shipped().items():
        if code in there:
            continue
        fields = {name: told[name] for name in ("title_th", "title_en", "body_th", "body_en")}
        about = {"tags": told["tags"], "class_id": widest.get(told["icon"]), "starter": code}
        article = rules.write({**fields, **about}, by=by)
        rules.publish(article, by=by)
        made.append(article)
    return made


def _widest_by_icon(classes: Sequence[AssetClass]) -> dict[str, int]:
    """Return for each icon the first class that has it and stands under none that has it."""
    known = {one.id: one for one in classes}
    widest: dict[str, int] = {}
    for one in classes:
        above = known.get(one.parent_id or 0)
        if above is None or above.icon != one.icon:
            widest.setdefault(one.icon, one.id)
    return widest
