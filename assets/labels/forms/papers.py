"""A paper of the office's own in millimetres, and a printer with what was measured of it."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, SelectMultipleField, StringField

from assets.labels.calibration import MARK_MM, RULER_MM
from assets.labels.geometry import Layout
from assets.labels.states import KINDS, LINES, Kind, Line
from kernel import thai
from kernel.forms import ActionForm, AtMost, ReadField, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l

LONGEST_MM = 1200.0
KIND_CHOICES = [(str(kind), label) for kind, label in KINDS.items()]


class MillimetreField(ReadField):
    """A length in millimetres or a size in points, with a point or a comma, from ``least`` on."""

    blank = "0"

    def __init__(
        self,
        label: Any,  # noqa: ANN401 - a lazy text
        least: float = 0.0,
        most: float = LONGEST_MM,
        **kwargs: Any,  # noqa: ANN401 - WTForms' signature
    ) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most = least, most

    def read(self, typed: str) -> float:
        """Return the length."""
        try:
            value = float(thai.arabic_digits(typed).replace(",", "."))
        except ValueError:
            raise ValueError(_("“%(typed)s” is not a length.", typed=typed[:40])) from None
        if not self.least <= value <= self.most:
            texts = {"least": f"{self.least:g}", "most": f"{self.most:g}"}
            raise ValueError(_("Between %(least)s and %(most)s.", **texts))
        return round(value, 2)

    def shown(self, data: Any) -> str:  # noqa: ANN401 - a number
        """Return the length without needless zeros."""
        return f"{data:g}"


class LayoutForm(ActionForm):
    """A paper by its millimetres, and what its labels show."""

    name = StringField(_l("Name of the paper"), [Required(), AtMost(120)])
    kind = SelectField(_l("Kind"), choices=KIND_CHOICES)
    page_width = MillimetreField(_l("Paper width (mm)"), 5)
    page_height = MillimetreField(_l("Paper height (mm)"), 5)
    margin_left = MillimetreField(_l("Margin at the left (mm)"))
    margin_top = MillimetreField(_l("Margin at the top (mm)"))
    columns = WholeField(_l("Labels in a row"), [Required()])
    rows = WholeField(_l("Rows"), [Required()])
    label_width = MillimetreField(_l("Label width (mm)"), 5)
    label_height = MillimetreField(_l("Label height (mm)"), 5)
    gap_x = MillimetreField(_l("Gap between columns (mm)"))
    gap_y = MillimetreField(_l("Gap between rows (mm)"))
    padding = MillimetreField(_l("White edge inside a label (mm)"), 0.5, 50)
    qr = MillimetreField(_l("Side of the QR symbol (mm)"), 5, 200)
    font = MillimetreField(_l("Size of the name (points)"), 5, 40)
    lines = SelectMultipleField(
        _l("What the label shows"),
        choices=[(str(line), label) for line, label in LINES.items()],
    )

    @property
    def paper(self) -> Layout:
        """The paper as it was typed."""
        return Layout(
            key="",
            kind=Kind(self.kind.data),
            page=(self.page_width.data, self.page_height.data),
            columns=self.columns.data or 0,
            rows=self.rows.data or 0,
            label=(self.label_width.data, self.label_height.data),
            qr=self.qr.data,
            padding=self.padding.data,
            font=self.font.data,
            origin=(self.margin_left.data, self.margin_top.data),
            gap=(self.gap_x.data, self.gap_y.data),
            lines=tuple(line for line in Line if line in (self.lines.data or [])),
            name=self.name.data or "",
        )


class PrinterForm(ActionForm):
    """A printer of the office."""

    name = StringField(_l("Name of the printer"), [Required(), AtMost(120)])
    kind = SelectField(_l("It takes"), choices=KIND_CHOICES)


class FitForm(ActionForm):
    """Name of a printer, and its fit by hand: tenths of a millimetre and per cent."""

    name = StringField(_l("Name of the printer"), [Required(), AtMost(120)])
    offset_x = MillimetreField(_l("Move to the right (mm)"), -10, 10)
    offset_y = MillimetreField(_l("Move down (mm)"), -10, 10)
    scale_x = MillimetreField(_l("Width (%)"), 90, 112, default=100.0)
    scale_y = MillimetreField(_l("Height (%)"), 90, 112, default=100.0)

    @property
    def changes(self) -> dict[str, Any]:
        """The columns as they shall be."""
        return {
            "name": self.name.data,
            "offset_x": round(self.offset_x.data * 10),
            "offset_y": round(self.offset_y.data * 10),
            "scale_x": round(self.scale_x.data * 100),
            "scale_y": round(self.scale_y.data * 100),
        }


class MeasureForm(ActionForm):
    """What was measured on the test page, in millimetres."""

    length_width = MillimetreField(_l("Length of the line A across (100 mm)"), 1, default=RULER_MM)
    length_height = MillimetreField(_l("Length of the line B down (100 mm)"), 1, default=RULER_MM)
    mark_width = MillimetreField(_l("From the left edge to the line C (20 mm)"), default=MARK_MM)
    mark_height = MillimetreField(_l("From the upper edge to the line D (20 mm)"), default=MARK_MM)

    @property
    def lengths(self) -> tuple[float, float]:
        """The two lines of 100 mm as they were measured."""
        return self.length_width.data, self.length_height.data

    @property
    def marks(self) -> tuple[float, float]:
        """How far the two lines at 20 mm lie from the edges."""
        return self.mark_width.data, self.mark_height.data
