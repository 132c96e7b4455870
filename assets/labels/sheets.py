"""Labels on sheets and tapes: true millimetres, vector symbols, text that is never cut.

Millimetres are measured from the upper left corner of the paper. What a label says is decided here
and in `paper/label.typ`; the office's printer is fitted by moving all labels a little (offset).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets.labels import qr
from office.papers import engine

MOST_OFFSET_MM = 10.0
# Longer texts do not fit on any label; measuring them would only take time.
_LONGEST_TEXT = 200
_TEMPLATE = Path(__file__).parent / "paper" / "label.typ"


@dataclass(frozen=True)
class Label:
    """What one label shows. Empty `asset_no` or `name` leave a line for the pen."""

    code: str
    url: str
    """The text of the QR, made by `qr.address`."""
    asset_no: str
    name: str
    place: str
    office: str


@dataclass(frozen=True)
class Type:
    """Sizes in points, the largest that fits is taken."""

    name: tuple[float, ...]
    number: tuple[float, ...]
    small: tuple[float, ...]


SMALL = Type(name=(8.5, 8, 7.5, 7), number=(10, 9, 8, 7.5, 7, 6.5), small=(6.5, 6))
MEDIUM = Type(name=(10.5, 10, 9.5, 9, 8.5, 8), number=(11.5, 11, 10, 9, 8), small=(7.5, 7, 6.5))
LARGE = Type(name=(16, 15, 14, 13, 12, 11), number=(15, 14, 12, 10), small=(9.5, 9, 8.5))


@dataclass(frozen=True)
class Layout:
    """One kind of paper; all lengths in millimetres."""

    key: str
    page: tuple[float, float]
    columns: int
    rows: int
    label: tuple[float, float]
    qr: float
    """Side of the symbol with its white border."""
    padding: float
    """White kept around the ink; a sheet's outer labels need what its printer cannot reach."""
    type: Type
    origin: tuple[float, float] = (0.0, 0.0)
    gap: tuple[float, float] = (0.0, 0.0)

    @property
    def per_page(self) -> int:
        """How many labels one page holds."""
        return self.columns * self.rows

    def places(
        self, count: int, *, start: int = 0, offset_mm: tuple[float, float] = (0.0, 0.0)
    ) -> Iterator[tuple[int, float, float]]:
        """Say for each of `count` labels its page (from 0) and upper left corner in millimetres.

        Row by row from the place `start` of the first page (0 = a fresh sheet).
        """
        for number in range(start, start + count):
            page, cell = divmod(number, self.per_page)
            row, column = divmod(cell, self.columns)
            x = self.origin[0] + column * (self.label[0] + self.gap[0]) + offset_mm[0]
            y = self.origin[1] + row * (self.label[1] + self.gap[1]) + offset_mm[1]
            yield page, round(x, 3), round(y, 3)


_A4 = (210.0, 297.0)

LAYOUTS: dict[str, Layout] = {
    layout.key: layout
    for layout in (
        Layout("a4-24", _A4, 3, 8, (70.0, 37.0), 27.0, 4.0, MEDIUM, origin=(0.0, 0.5)),
        Layout("a4-21", _A4, 3, 7, (70.0, 42.3), 30.0, 4.0, MEDIUM, origin=(0.0, 0.45)),
        Layout(
            "a4-14", _A4, 2, 7, (99.1, 38.1), 29.0, 3.0, MEDIUM, origin=(4.65, 15.15), gap=(2.5, 0)
        ),
        Layout(
            "a4-10", _A4, 2, 5, (99.1, 57.0), 40.0, 4.0, LARGE, origin=(4.65, 6.0), gap=(2.5, 0)
        ),
        Layout("single-50x30", (50.0, 30.0), 1, 1, (50.0, 30.0), 25.0, 1.5, SMALL),
        Layout("single-70x40", (70.0, 40.0), 1, 1, (70.0, 40.0), 29.0, 2.0, MEDIUM),
        Layout("tape-62", (62.0, 32.0), 1, 1, (62.0, 32.0), 26.0, 2.0, SMALL),
    )
}


def sheet(
    labels: Sequence[Label],
    layout: Layout,
    *,
    start: int = 0,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    extra_font_dirs: Sequence[Path | str] = (),
) -> bytes:
    """Print `labels` on `layout` as a vector PDF/A, one label per place, in the order given.

    `start` is the first free place of a partly used sheet, counted row by row from 0. `offset_mm`
    moves everything right and down to fit a printer. Refuses (ValueError) no labels, a `start` that
    is not on the first page, and an offset of more than 10 mm.
    """
    if not labels:
        raise ValueError("there are no labels to print")
    if not 0 <= start < layout.per_page:
        raise ValueError(f"the first label goes to a place from 0 to {layout.per_page - 1}")
    if max(abs(offset_mm[0]), abs(offset_mm[1])) > MOST_OFFSET_MM:
        raise ValueError(f"labels are moved by {MOST_OFFSET_MM:g} mm at most")
    pages: dict[int, list[dict[str, object]]] = {}
    places = layout.places(len(labels), start=start, offset_mm=offset_mm)
    for label, (page, x, y) in zip(labels, places, strict=True):
        pages.setdefault(page, []).append({"x": x, "y": y, **_content(label)})
    return engine.render(
        _TEMPLATE,
        {"layout": _geometry(layout), "pages": [pages[page] for page in sorted(pages)]},
        extra_font_dirs=extra_font_dirs,
    )


def _content(label: Label) -> dict[str, object]:
    side = len(qr.modules(label.url)) + 2 * qr.BORDER
    return {
        "qr": qr.svg(label.url),
        "quiet": qr.BORDER / side,
        "code": label.code,
        "asset_no": _one_line(label.asset_no),
        "name": _one_line(label.name),
        "place": _one_line(label.place),
        "office": _one_line(label.office),
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_TEXT]


def _geometry(layout: Layout) -> dict[str, object]:
    return {
        "page": layout.page,
        "label": layout.label,
        "qr": layout.qr,
        "padding": layout.padding,
        "name": layout.type.name,
        "number": layout.type.number,
        "small": layout.type.small,
    }
