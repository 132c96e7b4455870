"""What people type about closed days and opening hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, SelectField, StringField

from kernel.access import Scope
from kernel.forms import ActionForm, AtMost, ClockField, DateField, Required
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.places import queries as places

Span = tuple[dt.time, dt.time]
SOURCE_NAMES = {
    "holiday": _l("Public holiday"),
    "office": _l("The office's own day"),
    "special": _l("Special day by resolution"),
}
WEEKDAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)


class ClosedDayForm(ActionForm):
    """A day on which the office or a unit is closed."""

    day = DateField(_l("Day"), [Required()])
    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(300)])
    name_en = StringField(_l("Name in English"), [AtMost(300)])
    source = SelectField(
        _l("Kind of day"), choices=[(name, SOURCE_NAMES[name]) for name in ("office", "special")]
    )
    unit_id = SelectField(_l("For"))
    reason = StringField(_l("Reason or announcement"), [Required(), AtMost(300)])

    def offer(self, scope: Scope) -> None:
        """Offer the units the day may be for."""
        whole = [("", _("the whole office"))] if scope.units is None else []
        self.unit_id.choices = [*whole, *places.choices(scope)]


class OpenDayForm(ActionForm):
    """Why a closed day is a working day after all."""

    reason = StringField(_l("Reason or announcement"), [Required(), AtMost(300)])


class HolidaysForm(ActionForm):
    """The year whose public holidays are taken."""

    year = StringField()


def _open_field(label: Any) -> BooleanField:  # noqa: ANN401 - a lazy text
    return BooleanField(label)


class HoursForm(ActionForm):
    """Opening hours of the seven weekdays."""

    open_0, open_1, open_2, open_3, open_4, open_5, open_6 = map(_open_field, WEEKDAYS)
    opens_0, opens_1, opens_2, opens_3, opens_4, opens_5, opens_6 = (
        ClockField(_l("Opens")) for _day in WEEKDAYS
    )
    closes_0, closes_1, closes_2, closes_3, closes_4, closes_5, closes_6 = (
        ClockField(_l("Closes")) for _day in WEEKDAYS
    )

    def days(self) -> Iterable[tuple[Any, Any, Any]]:
        """Yield the three fields of each weekday, Monday first."""
        return ((self[f"open_{d}"], self[f"opens_{d}"], self[f"closes_{d}"]) for d in range(7))

    def show(
        self, hours: dict[int, tuple[dt.time, dt.time]], usual: tuple[dt.time, dt.time]
    ) -> None:
        """Fill in the present hours; closed days get the usual ones, ready to be ticked."""
        for number, (is_open, opens, closes) in enumerate(self.days()):
            is_open.data = number in hours
            opens.data, closes.data = hours.get(number, usual)

    def hours(self) -> dict[int, Span]:
        """Return the hours of the days that are ticked and filled in."""
        return {
            number: (opens.data, closes.data)
            for number, (is_open, opens, closes) in enumerate(self.days())
            if is_open.data and opens.data and closes.data
        }

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' signature
        """Ask for both times of each day that is ticked."""
        good = super().validate(extra_validators)
        for is_open, opens, closes in self.days():
            for field in (opens, closes):
                if is_open.data and field.data is None:
                    field.errors = [_("Please fill this in.")]
                    good = False
        return good
