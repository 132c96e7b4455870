"""Papers in true millimetres: where the labels lie on them, and whether such a paper can be.

Millimetres are measured from the upper left corner of the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assets.labels.states import Kind, Line
from kernel.i18n import gettext as _
from kernel.qr import BORDER

SMALLEST_MODULE_MM = 0.30
"""Two and a half dots of a 203 dpi printer; what a plain phone camera tells apart at 10 cm."""
SMALLEST_POINTS = 5.0
NARROWEST_TEXT_MM = 12.0
MOST_LABELS_A_SHEET = 400
_LINE_MM_A_POINT = 1.3 * 0.3528
_EDGE_MM = 1.2
_SLACK_MM = 0.05


@dataclass(frozen=True)
class Type:
    """Sizes in points, the largest that fits is taken."""

    name: tuple[float, ...]
    number: tuple[float, ...]
    small: tuple[float, ...]


def type_of(points: float) -> Type:
    """Return the sizes of a label whose name is set in so many points where there is room."""
    return Type(
        name=_steps(points, 0.75 * points),
        number=_steps(points + 1, 0.7 * points),
        small=_steps(0.74 * points, 0.64 * points),
    )


def _steps(largest: float, smallest: float) -> tuple[float, ...]:
    low = max(smallest, SMALLEST_POINTS)
    count = max(int((largest - low) * 2 + 0.01), 0)
    return tuple(round(max(largest, low) - step / 2, 2) for step in range(count + 1))


@dataclass(frozen=True)
class Layout:
    """One kind of paper; all lengths in millimetres, the font in points."""

    key: str
    kind: Kind
    page: tuple[float, float]
    columns: int
    rows: int
    label: tuple[float, float]
    qr: float
    """Side of the symbol with its white border."""
    padding: float
    """White kept around the ink; a sheet's outer labels need what its printer cannot reach."""
    font: float
    origin: tuple[float, float] = (0.0, 0.0)
    gap: tuple[float, float] = (0.0, 0.0)
    lines: tuple[Line, ...] = field(default=tuple(Line))
    name: str = ""

    @property
    def per_page(self) -> int:
        """How many labels one page holds."""
        return self.columns * self.rows

    @property
    def type(self) -> Type:
        """The sizes of the letters."""
        return type_of(self.font)

    def places(self, count: int, *, start: int = 0) -> Iterator[tuple[int, float, float]]:
        """Say for each of `count` labels its page (from 0) and upper left corner in millimetres.

        Row by row from the place `start` of the first page (0 = a fresh sheet).
        """
        for number in range(start, start + count):
            page, cell = divmod(number, self.per_page)
            row, column = divmod(cell, self.columns)
            x = self.origin[0] + column * (self.label[0] + self.gap[0])
            y = self.origin[1] + row * (self.label[1] + self.gap[1])
            yield page, round(x, 3), round(y, 3)

    def plain(self) -> dict[str, Any]:
        """Return the layout as JSON keeps it, for a print run that may be repeated."""
        return {
            "key": self.key,
            "kind": str(self.kind),
            "page": list(self.page),
            "columns": self.columns,
            "rows": self.rows,
            "label": list(self.label),
            "qr": self.qr,
            "padding": self.padding,
            "font": self.font,
            "origin": list(self.origin),
            "gap": list(self.gap),
            "lines": [str(line) for line in self.lines],
            "name": self.name,
        }

    @classmethod
    def of_plain(cls, kept: dict[str, Any]) -> Layout:
        """Return the layout that ``plain`` kept."""
        pairs = {name: tuple(kept[name]) for name in ("page", "label", "origin", "gap")}
        lines = tuple(Line(line) for line in kept["lines"])
        return cls(**{**kept, **pairs, "kind": Kind(kept["kind"]), "lines": lines})


@dataclass(frozen=True)
class Fault:
    """Why a paper cannot be, at the field where it can be mended."""

    field: str
    sentence: str


def faults(layout: Layout, modules: int) -> list[Fault]:
    """Say why labels cannot be printed like this; nothing where they can.

    Args:
        layout: the paper.
        modules: how many modules the symbol of our address has on a side, without its border.
    """
    found = [*_on_the_page(layout), *_symbol(layout, modules)]
    return found or _texts(layout)


def _on_the_page(layout: Layout) -> Iterator[Fault]:
    if not 0 < layout.per_page <= MOST_LABELS_A_SHEET:
        most = MOST_LABELS_A_SHEET
        yield Fault("rows", _("A sheet has between 1 and %(most)s labels.", most=most))
        return
    sides = (("label_width", layout.columns), ("label_height", layout.rows))
    for axis, (name, count) in enumerate(sides):
        gaps = (count - 1) * layout.gap[axis]
        needed = layout.origin[axis] + count * layout.label[axis] + gaps
        if needed > layout.page[axis] + _SLACK_MM:
            texts = {"needed": f"{needed:g}", "paper": f"{layout.page[axis]:g}"}
            texts["over"] = f"{needed - layout.page[axis]:.2g}"
            yield Fault(name, _too_wide(texts) if axis == 0 else _too_high(texts))


def _too_wide(texts: dict[str, str]) -> str:
    return _(
        "Margin, labels and gaps need %(needed)s mm in width and the paper has %(paper)s mm: "
        "%(over)s mm too wide.",
        **texts,
    )


def _too_high(texts: dict[str, str]) -> str:
    return _(
        "Margin, labels and gaps need %(needed)s mm in height and the paper has %(paper)s mm: "
        "%(over)s mm too high.",
        **texts,
    )


def smallest_qr(modules: int) -> float:
    """Return the smallest side of a symbol with its border that is read, in mm."""
    return round((modules + 2 * BORDER) * SMALLEST_MODULE_MM + _SLACK_MM, 1)


def _symbol(layout: Layout, modules: int) -> Iterator[Fault]:
    one = layout.qr / (modules + 2 * BORDER)
    if one < SMALLEST_MODULE_MM:
        yield Fault(
            "qr",
            _(
                "Each small square of the symbol would be %(one)s mm; phones and 203 dpi printers "
                "need %(least)s mm. Make the symbol at least %(side)s mm.",
                one=f"{one:.2f}",
                least=f"{SMALLEST_MODULE_MM:.2f}",
                side=f"{smallest_qr(modules):g}",
            ),
        )
    if layout.qr > min(layout.label) + _SLACK_MM:
        yield Fault(
            "qr",
            _(
                "The symbol of %(side)s mm does not fit a label of %(width)s × %(height)s mm.",
                side=f"{layout.qr:g}",
                width=f"{layout.label[0]:g}",
                height=f"{layout.label[1]:g}",
            ),
        )


def _texts(layout: Layout) -> list[Fault]:
    beside = [line for line in layout.lines if line != Line.CODE]
    if not beside:
        return []
    room = layout.label[0] - layout.qr - 2 * layout.padding
    if room < NARROWEST_TEXT_MM:
        sentence = _(
            "Beside the symbol %(room)s mm are left for the words; they need %(least)s mm.",
            room=f"{max(room, 0):.1f}",
            least=f"{NARROWEST_TEXT_MM:g}",
        )
        return [Fault("qr", sentence)]
    needed = sum(_lowest(layout, line) for line in beside)
    given = layout.label[1] - 2 * _EDGE_MM
    if needed <= given:
        return []
    sentence = _(
        "The chosen lines need %(needed)s mm in height and the label has %(given)s mm for them. "
        "Choose fewer lines or a smaller font.",
        needed=f"{needed:.1f}",
        given=f"{given:.1f}",
    )
    return [Fault("lines", sentence)]


def _lowest(layout: Layout, line: Line) -> float:
    kind = layout.type
    sizes = {Line.NAME: kind.name, Line.NUMBER: kind.number}.get(line, kind.small)
    return sizes[-1] * _LINE_MM_A_POINT
