"""What people may type about disposals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField

from assets.disposals.states import CAUSES, METHODS, Duty, Method
from assets.register.states import CONDITIONS, Condition
from kernel.forms import ActionForm, AtMost, DateField, MoneyField, Required
from kernel.i18n import lazy_gettext as _l

ALONG, STAY = "along", "stay"
SEATS = (
    ("chair", Duty.CHAIR),
    ("member", Duty.MEMBER),
    ("second", Duty.MEMBER),
    ("third", Duty.MEMBER),
    ("secretary", Duty.SECRETARY),
)


class ProposeForm(ActionForm):
    """Why ticked things are proposed for disposal."""

    reason = TextAreaField(_l("Why can they go?"), [Required(), AtMost(400)])
    reference = StringField(
        _l("Report of the damage or inspection"),
        [AtMost(200)],
        description=_l("Number and date of the paper, if there is one already (clause 219)."),
    )


class ProposeSetsForm(ProposeForm):
    """The same where sets are among them: what becomes of their parts."""

    parts = RadioField(
        _l("Parts of the sets"),
        [Required()],
        choices=[
            (ALONG, _l("They go along, into the same case")),
            (STAY, _l("They stay in the register and become items of their own")),
        ],
    )


class AddForm(ActionForm):
    """A scan that puts a further item into a case."""

    code = StringField(_l("Scan or type an item"), [AtMost(200)])


class ReasonForm(ActionForm):
    """A button that asks for the reason."""

    reason = StringField(_l("Reason"), [Required(), AtMost(400)])


class GoOnForm(ActionForm):
    """Going on without a committee."""

    reference = StringField(
        _l("Report of the damage or inspection"),
        [Required(), AtMost(200)],
        description=_l("Number and date of the paper that the case rests on."),
    )
    reason = TextAreaField(_l("Why is it plain wear?"), [Required(), AtMost(400)])


class AppointForm(ActionForm):
    """The order of the fact-finding committee."""

    cause = RadioField(_l("Cause as it looks now"), [Required()], choices=list(CAUSES.items()))
    order_no = StringField(_l("Number of the order"), [Required(), AtMost(60)])
    ordered_on = DateField(_l("Date of the order"), [Required()])
    due_on = DateField(_l("Report due on"))
    chair = SelectField(_l("Chair of the committee"), coerce=int)
    member = SelectField(_l("Committee member"), coerce=int)
    second = SelectField(_l("Second member"), coerce=int)
    third = SelectField(_l("Third member"), coerce=int)
    secretary = SelectField(_l("Member and secretary"), coerce=int)

    def offer(self, people: Sequence[Any], nobody: str) -> None:
        """Fill the choices of every seat."""
        choices = [(0, nobody), *((one.id, f"{one.name} {one.position}".strip()) for one in people)]
        for name, _duty in SEATS:
            self[name].choices = choices

    @property
    def seats(self) -> list[tuple[int, Duty]]:
        """Who was chosen for which duty."""
        return [(self[name].data, duty) for name, duty in SEATS if self[name].data]


class FindingsForm(ActionForm):
    """What the committee found."""

    findings = TextAreaField(_l("What happened, and why?"), [Required(), AtMost(4000)])
    found_on = DateField(_l("Date of the report"), [Required()])
    liable = StringField(
        _l("Who is liable"), [AtMost(200)], description=_l("Leave blank where nobody is liable.")
    )
    compensation = MoneyField(_l("Compensation (baht)"))
    compensation_by = StringField(_l("Decided by"), [AtMost(200)])


class MethodForm(ActionForm):
    """The method, and who gets the things."""

    method = RadioField(_l("Method"), [Required()], choices=list(METHODS.items()))
    recipient = StringField(
        _l("Who gets the things"),
        [AtMost(200)],
        description=_l("The agency, the charity, or the official; not needed for an auction."),
    )
    reason = TextAreaField(_l("Why this way?"), [AtMost(400)])


class OrderForm(ActionForm):
    """The order of the head of the agency."""

    order_no = StringField(_l("Number of the order"), [Required(), AtMost(60)])
    ordered_on = DateField(_l("Date of the order"), [Required()])
    ministry_ref = StringField(
        _l("Approval of the Ministry of Finance"),
        [AtMost(120)],
        description=_l("Only for a write-off of more than 1,000,000 baht (clause 217)."),
    )


class ResultForm(ActionForm):
    """What was done with the things; which fields are asked for depends on the method."""

    carried_out_on = DateField(_l("Done on"), [Required()])
    result_doc = StringField(
        _l("Document with the result"),
        [Required(), AtMost(120)],
        description=_l("Number of the report, handover note or receipt."),
    )
    counterparty = StringField(_l("Who got the things"), [AtMost(200)])
    proceeds = MoneyField(_l("Proceeds (baht)"))
    income_ref = StringField(_l("Receipt of the money handed in"), [AtMost(120)])
    witnesses = TextAreaField(_l("Who saw it"), [AtMost(400)])
    photos = StringField(_l("Where the photos are kept"), [AtMost(200)])
    note = TextAreaField(_l("Note"), [AtMost(400)])

    def ask(self, method: Method, *, sale: bool, received: bool, witnessed: bool) -> None:
        """Leave out what the method does not ask for; mark what it cannot do without."""
        needed = {"proceeds": sale, "counterparty": sale or received, "witnesses": witnessed}
        for name in (name for name, is_needed in needed.items() if is_needed):
            self[name].flags.required = True
        if not sale:
            del self.proceeds, self.income_ref
        if not (sale or received or method == Method.CONVERT):
            del self.counterparty
        if not witnessed:
            del self.witnesses, self.photos

    def said(self, name: str) -> Any:  # noqa: ANN401 - text or an amount
        """Return what was typed into a field; None where it was not asked for."""
        return self[name].data if name in self else None


class ReportsForm(ActionForm):
    """When the State Audit Office and the parent agency were told."""

    audit_on = DateField(_l("State Audit Office told on"))
    audit_letter = StringField(_l("Number of the letter"), [AtMost(80)])
    parent_on = DateField(_l("Parent agency told on"))
    parent_letter = StringField(_l("Number of the letter"), [AtMost(80)])


class FoundForm(ActionForm):
    """A lost thing that was found."""

    condition = SelectField(
        _l("Condition"),
        choices=[(str(one), CONDITIONS[one].label) for one in Condition if one != "missing"],
    )
    reason = StringField(_l("Where was it found?"), [Required(), AtMost(400)])
