"""In which variant a paper is printed: plain Thai, or with English beside the Thai labels.

Both come in one pass from the same data; the Thai text prevails. A reader whose language is
English gets the bilingual variant; ``?paper=th`` or ``?paper=en`` in the address of any paper
asks for the other one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from flask import has_request_context, request

from kernel.access import viewer
from kernel.i18n import gettext as _

Variant = Literal["th", "en"]
ARGUMENT = "paper"
_asked: ContextVar[str] = ContextVar("paper_variant", default="")
_sample: ContextVar[bool] = ContextVar("paper_sample", default=False)


@contextmanager
def printing(variant: str, *, sample: bool = False) -> Iterator[None]:
    """Print every paper inside the block in this variant: ``th``, or ``en`` for the bilingual.

    ``sample`` says at the head of each page that its content is made up; blocks inside keep it.
    """
    asked, marked = _asked.set(variant), _sample.set(sample or is_sample())
    try:
        yield
    finally:
        _asked.reset(asked)
        _sample.reset(marked)


def is_sample() -> bool:
    """Tell whether what is printed now is a sample with made-up content."""
    return _sample.get()


def wanted() -> Variant:
    """Return the variant to print: what the block says, else the address, else the reader."""
    asked = _asked.get()
    if not asked and has_request_context():
        asked = request.args.get(ARGUMENT, "")
        if asked not in ("th", "en"):
            asked = viewer().language
    return "en" if asked == "en" else "th"


def both(label: str, address: str) -> list[tuple[str, str]]:
    """Return the two links to a paper that a list of files offers: in Thai, and with English."""
    mark = "&" if "?" in address else "?"
    return [
        (label, f"{address}{mark}{ARGUMENT}=th"),
        (f"{label} · {_('Thai and English')}", f"{address}{mark}{ARGUMENT}=en"),
    ]
