"""What people may type about the work on a ticket."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from helpdesk.repairs.states import COSTS, WHENS
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.forms import PhotoForm
from kernel.forms import ActionForm, AtMost, DateField, MoneyField, Required, WholeField
from kernel.i18n import lazy_gettext as _l

LONGEST_TEXT = 4000
WHY_PAID = _l("Why it is paid although under warranty")
CHOOSE = ("", _l("Please choose"))


def _whole(value: Any) -> int:  # noqa: ANN401 - WTForms passes anything
    return int(value) if str(value).isdecimal() and len(str(value)) < 12 else 0


class StopForm(ActionForm):
    """How long it was, where the timer was forgotten."""

    minutes = WholeField(
        _l("Minutes"), description=_l("Left empty: as long as the timer has been running.")
    )
    note = StringField(_l("What was done"), [AtMost(300)])


class TimeForm(ActionForm):
    """Minutes that were spent on a day."""

    minutes = WholeField(_l("Minutes"), [Required()])
    on_day = DateField(_l("Day"), [Required()])
    note = StringField(_l("What was done"), [AtMost(300)])


class CorrectForm(ActionForm):
    """How long it really was."""

    minutes = WholeField(_l("Minutes"), [Required()], description=_l("0 strikes it out."))
    why = StringField(_l("Reason"), [Required(), AtMost(300)])


class CoveredForm(ActionForm):
    """A form about money; it asks why, where a warranty holds."""

    cover_why = StringField(WHY_PAID, [AtMost(300)])


class CostForm(CoveredForm):
    """What was paid."""

    kind = RadioField(_l("Kind"), [Required()], choices=list(COSTS.items()), validate_choice=False)
    what = StringField(_l("What was it paid for?"), [Required(), AtMost(200)])
    amount = MoneyField(_l("Amount (baht)"), [Required()])
    receipt_no = StringField(_l("Number of the receipt"), [AtMost(60)])
    on_day = DateField(_l("Day of the receipt"), [Required()])
    vendor = SelectField(_l("Vendor"), coerce=_whole, validate_choice=False)

    def offer(self, vendors: Iterable[Any]) -> None:
        """Fill the list of vendors."""
        self.vendor.choices = [(0, _l("none")), *((one.id, one.name) for one in vendors)]


class PartsForm(CoveredForm):
    """What is taken out of a store."""

    store = SelectField(_l("Store"), [Required()], coerce=_whole, validate_choice=False)
    code = StringField(
        _l("Scan the label of the bin, or type the code or name of the part"),
        [Required(), AtMost(200)],
    )
    quantity = StringField(_l("How many?"), [Required(), AtMost(20)], default="1")


class GiveBackForm(ActionForm):
    """What a repair did not need."""

    quantity = StringField(_l("How many?"), [Required(), AtMost(20)])
    why = StringField(_l("Reason"), [Required(), AtMost(300)])


class WhyForm(ActionForm):
    """A reason."""

    why = StringField(_l("Reason"), [Required(), AtMost(300)])


class SendForm(ActionForm):
    """What goes to a vendor."""

    vendor = SelectField(_l("Vendor"), [Required()], coerce=_whole, validate_choice=False)
    expected_on = DateField(_l("Expected back on"), [Required()])
    condition = TextAreaField(_l("Condition it goes out in"), [Required(), AtMost(400)])
    accessories = TextAreaField(
        _l("Accessories that go along"),
        [AtMost(400)],
        description=_l("For example the power cable and the bag."),
    )

    def offer(self, vendors: Iterable[Any]) -> None:
        """Fill the list of vendors."""
        self.vendor.choices = [(0, CHOOSE[1]), *((one.id, one.name) for one in vendors)]


class ExpectForm(ActionForm):
    """Another day on which it is expected back."""

    expected_on = DateField(_l("Expected back on"), [Required()])


class QuoteForm(CoveredForm):
    """What the vendor asks for."""

    amount = MoneyField(
        _l("Amount (baht)"), [Required()], description=_l("0 where the vendor asks nothing.")
    )
    quote_no = StringField(_l("Number of the quotation"), [AtMost(60)])


class BackForm(CoveredForm):
    """How it came back."""

    works = RadioField(
        _l("Does it work?"),
        [Required()],
        choices=[("yes", _l("Yes, it works again")), ("no", _l("No, it was not repaired"))],
        validate_choice=False,
    )
    note = TextAreaField(_l("What the vendor did"), [AtMost(400)])
    paid = MoneyField(_l("Paid (baht)"))
    receipt_no = StringField(_l("Number of the receipt"), [AtMost(60)])
    warranty_until = DateField(_l("Warranty on this repair until"))


class PickForm(ActionForm):
    """A checklist to put on the ticket."""

    checklist = SelectField(_l("Checklist"), [Required()], coerce=_whole, validate_choice=False)


class NumberForm(ActionForm):
    """The number of another ticket."""

    number = StringField(
        _l("Number of the ticket"), [Required(), AtMost(30)], description=_l("For example 12/2569.")
    )


class PartForm(ActionForm):
    """A part of the work as a ticket of its own."""

    detail = TextAreaField(_l("What is to be done?"), [Required(), AtMost(LONGEST_TEXT)])
    waits = BooleanField(_l("This ticket waits until the part is done"), default=True)


class MergeForm(ActionForm):
    """The ticket that goes on."""

    into = StringField(
        _l("Number of the ticket that goes on"),
        [Required(), AtMost(30)],
        description=_l("For example 12/2569."),
    )


class SplitForm(ActionForm):
    """The message that tells of something else."""

    entry = SelectField(_l("Message"), [Required()], coerce=_whole, validate_choice=False)
    detail = TextAreaField(
        _l("What the new ticket says"),
        [AtMost(LONGEST_TEXT)],
        description=_l("Left empty: the words of the message."),
    )


class WorkPhotosForm(PhotoForm):
    """Photos of the work."""

    taken = RadioField(
        _l("When were they taken?"),
        [Required()],
        choices=list(WHENS.items()),
        validate_choice=False,
    )
    photos = MultipleFileField(_l("Photos"))
    note = StringField(_l("Note"), [AtMost(300)])


class SignForm(ActionForm):
    """A signature as the screen drew it, a PNG picture in a data address."""

    name = StringField(_l("Who signs?"), [Required(), AtMost(120)])
    drawing = HiddenField()


class CardForm(ActionForm):
    """The card of the person served."""

    code = StringField(_l("Scan the card of the person served"), [Required(), AtMost(400)])


class LoanForm(ActionForm):
    """The loan that stands in."""

    loan = StringField(
        _l("Number of the loan"), [Required(), AtMost(30)], description=_l("For example 8/2569.")
    )


class ReplyForm(ActionForm):
    """A saved reply."""

    name = StringField(_l("Name"), [Required(), AtMost(120)])
    body = TextAreaField(_l("Words"), [Required(), AtMost(LONGEST_TEXT)])
    shared = BooleanField(_l("All technicians may use it"))


class ChecklistForm(ActionForm):
    """A checklist of the office."""

    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(120)])
    name_en = StringField(_l("Name in English"), [AtMost(120)])
    category = SelectField(_l("Category of the ticket"), validate_choice=False)
    class_id = SelectField(_l("Class of the item"), coerce=_whole, validate_choice=False)
    required = BooleanField(_l("All steps must be ticked before the ticket is resolved"))
    steps = TextAreaField(
        _l("Steps"),
        [Required(), AtMost(16000)],
        description=_l("One step a line. The English may stand behind a “|”."),
    )

    def offer(self, classes: Iterable[Any]) -> None:
        """Fill the lists to choose from."""
        self.category.choices = [("", _l("any")), *categories.names().items()]
        named = ((one.id, f"{one.code} {one.name}") for one in classes)
        self.class_id.choices = [(0, _l("any")), *named]

    def pairs(self) -> list[tuple[str, str]]:
        """Return the steps in Thai and English."""
        lines = (self.steps.data or "").splitlines()
        parted = (line.partition("|") for line in lines if line.strip())
        return [(thai.strip(), english.strip()) for thai, _bar, english in parted]
