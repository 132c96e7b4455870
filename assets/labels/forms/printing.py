"""How labels are to be printed, and for what a blank one stands."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import (
    BooleanField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)

from assets.labels.geometry import Layout
from assets.labels.models import LabelPrinter
from assets.labels.rules.runs import Paper
from assets.labels.shipped import DEFAULT
from assets.labels.states import REASONS, Reason
from assets.labels.wording import layout_name
from kernel.forms import ActionForm, AtMost, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l

REASON_CHOICES = [(str(reason), label) for reason, label in REASONS.items()]
NO_PRINTER = 0


class PaperForm(ActionForm):
    """The paper, the first free place on it, and the printer it goes through.

    ``only_here`` is the service's address where no phone can open it, so that nobody prints
    thousands of labels that lead nowhere.
    """

    only_here = ""

    layout = SelectField(_l("Paper"), default=DEFAULT)
    printer = SelectField(_l("Printer"), coerce=int, default=NO_PRINTER)
    start = WholeField(
        _l("First free place on the sheet"),
        default=1,
        description=_l("Counted row by row from 1; for a sheet that was used in part."),
    )

    def offer(self, layouts: Sequence[Layout], printers: Sequence[LabelPrinter]) -> None:
        """Fill the choices: the papers, and the printers that somebody fitted."""
        self._layouts = {layout.key: layout for layout in layouts}
        self._printers = {printer.id: printer for printer in printers}
        self.layout.choices = [(key, layout_name(one)) for key, one in self._layouts.items()]
        self.printer.choices = [
            (NO_PRINTER, _("any printer, as it comes")),
            *((printer.id, printer.name) for printer in printers),
        ]

    def choose(self, layout: str, printer: int | None) -> None:
        """Choose paper and printer, where they are still offered."""
        if layout in self._layouts:
            self.layout.data = layout
        if printer in self._printers:
            self.printer.data = printer

    def validate_start(self, field: WholeField) -> None:
        """Refuse a place that the paper does not have."""
        if field.errors or self.layout.data not in self._layouts:
            return
        most = self._layouts[self.layout.data].per_page
        if field.data is None or not 0 < field.data <= most:
            raise ValidationError(_("This paper has the places 1 to %(most)s.", most=most))

    def paper(self, modules: int) -> Paper:
        """Return what was chosen.

        Args:
            modules: the size of our symbol.
        """
        return Paper(
            self._layouts[self.layout.data],
            modules,
            self._printers.get(self.printer.data),
            (self.start.data or 1) - 1,
        )


class SheetForm(PaperForm):
    """Labels for items; ``part`` is which part of a long list, ``renew`` gives new codes."""

    part = SelectField(_l("Which labels"), coerce=int, default=1)
    renew = BooleanField(_l("New labels in place of those in use"))
    reason = SelectField(
        _l("What is wrong with the labels in use"),
        choices=REASON_CHOICES,
        default=str(Reason.REPLACED),
    )

    @property
    def renewed_for(self) -> Reason | None:
        """Why the labels in use end; None where they stay."""
        return Reason(self.reason.data) if self.renew.data else None


class RoomsForm(PaperForm):
    """Labels of rooms; ``renew`` gives new codes in place of those in use."""

    rooms = SelectMultipleField(_l("Rooms"), coerce=int, validate_choice=False)
    renew = BooleanField(_l("New labels in place of those in use"))
    reason = SelectField(
        _l("What is wrong with the labels in use"),
        choices=REASON_CHOICES,
        default=str(Reason.REPLACED),
    )

    @property
    def renewed_for(self) -> Reason | None:
        """Why the labels in use end; None where they stay."""
        return Reason(self.reason.data) if self.renew.data else None


class BlankForm(PaperForm):
    """Labels that stand for no item yet."""

    count = WholeField(_l("How many labels"), [Required()], default=24)
    about = StringField(
        _l("What they are for"),
        [AtMost(120)],
        description=_l("For example: new computers of the north building."),
    )


class ClaimForm(ActionForm):
    """The item that a blank label has been stuck on, and what became of its old label."""

    asset_id = WholeField(_l("Item"), [Required()])
    old = SelectField(_l("The label it has now"), choices=[("", "–"), *REASON_CHOICES], default="")

    @property
    def old_reason(self) -> Reason | None:
        """What became of the old label; None where nothing was said."""
        return Reason(self.old.data) if self.old.data else None


class RetireForm(ActionForm):
    """Why a label is taken out of use."""

    reason = SelectField(_l("Reason"), choices=REASON_CHOICES, default=str(Reason.LOST))
    note = StringField(_l("Note"), [AtMost(200)])


class RepointForm(ActionForm):
    """The item on which a label was found that stands for another one."""

    asset_id = WholeField(_l("Item"), [Required()])
    reason = StringField(_l("How that came about"), [Required(), AtMost(200)])
