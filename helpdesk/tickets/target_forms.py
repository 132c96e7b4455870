"""What administrators type about deadlines: working hours by priority, and percents."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from helpdesk.tickets.states import PRIORITIES, Priority
from helpdesk.tickets.targets import Target
from kernel import thai
from kernel.forms import ActionForm, ReadField, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l

HOUR = 3600
LONGEST_HOURS = 12
FINEST = Decimal("0.01")


class HoursField(ReadField):
    """Working hours as people type them, ``0.5`` or ``๑.๕``; the data is seconds or None."""

    def read(self, typed: str) -> int:
        """Return the seconds."""
        try:
            if len(typed) < LONGEST_HOURS:
                hours = Decimal(thai.arabic_digits(typed).replace(",", ""))
                return int((hours * HOUR).to_integral_value())
        except (InvalidOperation, ValueError, OverflowError):
            pass
        raise ValueError(
            _("“%(typed)s” is not a number of hours. Write it like 1.5.", typed=typed[:80])
        )

    def shown(self, data: Any) -> str:  # noqa: ANN401 - seconds
        """Return the seconds as hours."""
        return hours_said(data)


def hours_said(seconds: int) -> str:
    """Return seconds as hours without needless zeros: ``0.5``, ``21``."""
    said = f"{(Decimal(seconds) / HOUR).quantize(FINEST):f}"
    return said.rstrip("0").rstrip(".")


class TargetsForm(ActionForm):
    """Two targets for each priority; both or neither of a pair are typed."""

    response_urgent, response_high, response_normal, response_low = (
        HoursField(_l("First answer within")) for _one in Priority
    )
    resolution_urgent, resolution_high, resolution_normal, resolution_low = (
        HoursField(_l("Finished within")) for _one in Priority
    )

    def rows(self) -> list[tuple[Priority, Any, Any, Any]]:
        """Return priority, face and both fields of each row, the most urgent first."""
        return [
            (one, PRIORITIES[one], self[f"response_{one}"], self[f"resolution_{one}"])
            for one in reversed(Priority)
        ]

    def show(self, targets: dict[Priority, Target | None]) -> None:
        """Fill in what holds now."""
        for one, _face, response, resolution in self.rows():
            target = targets.get(one)
            response.data = target.response if target else None
            resolution.data = target.resolution if target else None

    def targets(self) -> dict[Priority, Target | None]:
        """Return what was typed by priority, None for an empty row."""
        return {
            one: Target(response.data, resolution.data) if response.data is not None else None
            for one, _face, response, resolution in self.rows()
        }

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' signature
        """Ask for the other half of a pair."""
        good = super().validate(extra_validators)
        for _one, _face, *pair in self.rows():
            for field, other in (pair, pair[::-1]):
                if field.data is None and other.data is not None and not field.errors:
                    field.errors = [_("Please fill this in.")]
                    good = False
        return good


class WarningsForm(ActionForm):
    """From which part of a target on a deadline is near."""

    amber = WholeField(_l("Amber from (percent of the target)"), [Required()])
    red = WholeField(_l("Red from (percent of the target)"), [Required()])
