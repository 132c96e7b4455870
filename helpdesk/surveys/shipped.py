"""The shipped surveys: F10 in its three parts, satisfaction, the evaluation of a training."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kernel.i18n import lazy_gettext as _l

SHIPPED = {
    "satisfaction": _l("Satisfaction with a service"),
    "f10": _l("Networks and communication (form F10)"),
    "training": _l("Evaluation of a training"),
}


@cache
def _all() -> dict[str, Any]:
    return dict(json.loads((Path(__file__).parent / "data" / "shipped.json").read_text("utf-8")))


def heading(key: str) -> dict[str, str]:
    """Return title and introduction of a shipped survey in both languages."""
    names = ("title_th", "title_en", "intro_th", "intro_en")
    return {name: str(_all()[key][name]) for name in names}


def questions(key: str) -> Iterator[dict[str, Any]]:
    """Yield the questions of a shipped survey as columns of ``SurveyQuestion``."""
    for part in _all()[key]["questions"]:
        section_th, section_en = part["section"]
        aspect_th, aspect_en = part.get("aspect", ["", ""])
        for sort, text_th, text_en, *more in part["rows"]:
            yield {
                "section_th": section_th,
                "section_en": section_en,
                "aspect_th": aspect_th,
                "aspect_en": aspect_en,
                "sort": sort,
                "text_th": text_th,
                "text_en": text_en,
                "choices": more[0] if more else [],
            }
