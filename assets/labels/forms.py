"""How labels are to be printed, and for what a blank one stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import SelectField, StringField, ValidationError

from assets.labels.sheets import LAYOUTS, MOST_OFFSET_MM, Layout
from assets.labels.wording import DEFAULT_LAYOUT, LAYOUT_NAMES
from kernel import thai
from kernel.forms import ActionForm, Form, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l


class MillimetreField(StringField):
    """A length in millimetres, with a point or a comma, above or below zero."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the typed length."""
        typed = thai.arabic_digits((valuelist[0] if valuelist else "").strip()).replace(",", ".")
        self.data = Decimal(0)
        if not typed:
            return
        try:
            self.data = Decimal(typed)
        except ArithmeticError:
            raise ValueError(_("“%(typed)s” is not a length in mm.", typed=typed)) from None
        if not self.data.is_finite() or abs(self.data) > Decimal(MOST_OFFSET_MM):
            raise ValueError(_("At most %(most)s mm.", most=f"{MOST_OFFSET_MM:g}"))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else f"{self.data or 0:g}"


class PaperForm(Form):
    """The paper, the first free place on it, and how the printer is to be fitted."""

    layout = SelectField(_l("Paper"), default=DEFAULT_LAYOUT)
    start = WholeField(
        _l("First free place on the sheet"),
        default=1,
        description=_l("Counted row by row from 1; for a sheet that was used in part."),
    )
    offset_x = MillimetreField(_l("Move to the right (mm)"))
    offset_y = MillimetreField(_l("Move down (mm)"))

    def __init__(self, *args: Any, **values: Any) -> None:  # noqa: ANN401 - WTForms' signature
        super().__init__(*args, **values)
        self.layout.choices = [(key, str(LAYOUT_NAMES[key])) for key in LAYOUTS]

    def validate_start(self, field: WholeField) -> None:
        """Refuse a place that the paper does not have."""
        if field.errors or self.layout.data not in LAYOUTS:
            return
        most = self.paper.per_page
        if field.data is None or not 0 < field.data <= most:
            raise ValidationError(_("This paper has the places 1 to %(most)s.", most=most))

    @property
    def paper(self) -> Layout:
        """The chosen layout."""
        return LAYOUTS[self.layout.data]

    @property
    def offset_mm(self) -> tuple[float, float]:
        """How far all labels are moved, right and down."""
        return float(self.offset_x.data or 0), float(self.offset_y.data or 0)


class SheetForm(PaperForm):
    """Labels for items; ``part`` is which thousand of a long list."""

    part = SelectField(_l("Which labels"), coerce=int, default=1, validate_choice=True)


class BlankForm(PaperForm):
    """Labels that stand for no item yet."""

    count = WholeField(_l("How many labels"), [Required()], default=24)


class ClaimForm(ActionForm):
    """The item that a blank label has been stuck on."""

    asset_id = WholeField(_l("Item"), [Required()])
