"""What the tests measure in a PDF: where words and rules lie, and what it says of itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4
PATH, TEXT = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT


@dataclass(frozen=True)
class Box:
    """A piece of a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    words: str = ""

    def shared_with(self, other: Box) -> float:
        """How much of the smaller of both lies under the other, from 0 to 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        if width <= 0 or height <= 0:
            return 0.0
        return width * height / max(min(self.area, other.area), 0.01)

    @property
    def area(self) -> float:
        """In square points."""
        return (self.right - self.left) * (self.top - self.bottom)


def lines_of(page: pypdfium2.PdfPage) -> list[Box]:
    """Return the lines of text of a page."""
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    return [Box(*box, words=text.get_text_bounded(*box)) for box in boxes]


def uprights(page: pypdfium2.PdfPage) -> list[Box]:
    """Return the upright rules of a page."""
    found = (Box(*thing.get_bounds()) for thing in page.get_objects(filter=[PATH], max_depth=6))
    return [one for one in found if one.right - one.left < 1.5 and one.top - one.bottom > 6]


def crossing(lines: list[Box], rules: list[Box]) -> Iterator[str]:
    """Yield the words that a rule goes through: text that runs over the edge of its cell."""
    for line in lines:
        for rule in rules:
            middle = (rule.left + rule.right) / 2
            height = min(line.top, rule.top) - max(line.bottom, rule.bottom)
            if line.left + 0.7 < middle < line.right - 0.7 and height > 2:
                yield line.words


def covering(lines: list[Box]) -> Iterator[tuple[str, str]]:
    """Yield pairs of lines of which one lies on the other."""
    upwards = sorted((line for line in lines if line.words.strip()), key=lambda line: line.bottom)
    for number, line in enumerate(upwards):
        for other in itertools.takewhile(
            lambda one, top=line.top: one.bottom < top, upwards[number + 1 :]
        ):
            if line.shared_with(other) > 0.4:
                yield line.words, other.words


def claims(pdf: bytes) -> set[str]:
    """Return what a PDF says of itself: ``PDF/A``, ``tagged``, its language."""
    found = set()
    if b"pdfaid:part" in pdf and b"pdfaid:conformance" in pdf:
        found.add("PDF/A")
    if b"/StructTreeRoot" in pdf and re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", pdf):
        found.add("tagged")
    return found | {one.decode() for one in re.findall(rb"/Lang\s*\(([a-z]+)", pdf)}
