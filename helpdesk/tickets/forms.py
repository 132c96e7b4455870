"""What people may type about a ticket."""

from __future__ import annotations

from typing import Any

from wtforms import (
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from helpdesk.tickets.states import (
    CAUSES,
    KINDS,
    OUTCOMES,
    PRIORITIES,
    TICKET,
    WAITS,
    Cause,
    Kind,
    Outcome,
)
from kernel.forms import ActionForm, AtMost, DateField, MoneyField, NoCitizenNumber, Required
from kernel.i18n import lazy_gettext as _l

LONGEST_TEXT = 4000
ASKED_KINDS = (Kind.REPAIR, Kind.ADVICE)  # what people report by themselves


def _whole(value: Any) -> int:  # noqa: ANN401 - WTForms passes anything
    return int(value) if str(value).isdecimal() and len(str(value)) < 12 else 0


class PhotoForm(ActionForm):
    """A form with photos; those that were read survive when the form is shown again."""

    photos = MultipleFileField(_l("Photos"))
    kept = HiddenField()


class ReporterForm(PhotoForm):
    """What every report holds; a signed-in person is not asked for name and contact."""

    detail = TextAreaField(_l("What happens?"), [AtMost(LONGEST_TEXT), NoCitizenNumber()])
    name = StringField(_l("Your name"), [Required(), AtMost(120), NoCitizenNumber()])
    contact = StringField(
        _l("Phone or e-mail"),
        [AtMost(254), NoCitizenNumber()],
        description=_l("So that the technician can reach you; only those who handle it see this."),
    )

    def forget_person(self) -> None:
        """Take out what a signed-in person need not type."""
        del self.name
        del self.contact

    def ask_only_who(self) -> None:
        """Ask nothing but who it is: somebody joins a report that says the rest."""
        for field in self:
            if field.name not in ("name", "contact", "detail", "csrf_token"):
                field.validators = []


class ReportForm(ReporterForm):
    """A fault on an item with a label."""

    about = RadioField(
        _l("Is it this fault?"),
        [Required()],
        choices=[("same", _l("Yes, add to it")), ("other", _l("No, something else is broken"))],
        default="same",
        validate_choice=False,
    )
    symptoms = SelectMultipleField(_l("What is wrong?"), coerce=_whole, validate_choice=False)


class AskForm(ReporterForm):
    """A fault or a question without an item."""

    kind = RadioField(
        _l("What is it?"),
        [Required()],
        choices=[(kind, KINDS[kind]) for kind in ASKED_KINDS],
        default=Kind.REPAIR,
        validate_choice=False,
    )
    category = SelectField(_l("About what?"), [Required()], validate_choice=False)
    unit = SelectField(_l("School or group"), [Required()], coerce=_whole, validate_choice=False)
    place = StringField(_l("Room or place"), [AtMost(120)])

    def offer(self, units: list[tuple[int, str]], categories: list[tuple[str, str]]) -> None:
        """Fill the lists to choose from, in the reader's language."""
        self.category.choices = [("", _l("Please choose")), *categories]
        self.unit.choices = [("", _l("Please choose")), *units]


class AnswerForm(PhotoForm):
    """An answer of the reporter."""

    body = TextAreaField(_l("Your answer"), [AtMost(LONGEST_TEXT), NoCitizenNumber()])


class CommentForm(PhotoForm):
    """An answer to the reporter, or a note for the office.

    ``seen`` is the number of the last entry that the writer has seen.
    """

    seen = HiddenField()
    body = TextAreaField(_l("Message"), [AtMost(LONGEST_TEXT)])
    public = RadioField(
        _l("Who reads it?"),
        [Required()],
        choices=[("yes", _l("The reporter and the office")), ("no", _l("Only the office"))],
        default="yes",
        validate_choice=False,
    )


class AssignForm(ActionForm):
    """Who shall do it."""

    person = SelectField(
        _l("Technician"),
        [Required(_l("Choose a technician."))],
        coerce=_whole,
        validate_choice=False,
    )


class WaitForm(ActionForm):
    """What a ticket waits for, why, and until when."""

    action = RadioField(
        _l("What is it waiting for?"),
        [Required(_l("Choose what the ticket waits for."))],
        choices=[(action, TICKET.acts[action]) for action in WAITS],
        validate_choice=False,
    )
    reason = TextAreaField(
        _l("Reason"),
        [Required(_l("Please write what is being waited for.")), AtMost(400)],
        description=_l("The reporter reads this. Sent out for repair: name the company."),
    )
    look_again = DateField(
        _l("Look at it again on"), description=_l("Left empty: in three working days.")
    )


class ResolveForm(ActionForm):
    """How it ended."""

    outcome = RadioField(
        _l("Outcome"),
        [Required(_l("Choose how it ended."))],
        choices=list(OUTCOMES.items()),
        validate_choice=False,
    )
    cause = SelectField(
        _l("Cause"),
        [Required(_l("Choose what it came from."))],
        choices=[("", _l("Please choose")), *CAUSES.items()],
        validate_choice=False,
    )
    action_taken = TextAreaField(
        _l("What was done"), [Required(_l("Please write what was done.")), AtMost(LONGEST_TEXT)]
    )
    repair_cost = MoneyField(
        _l("Cost of the repair (baht)"),
        description=_l("Parts and outside work. Left empty: nothing was paid."),
    )
    cover_why = StringField(
        _l("Why it is paid although under warranty"),
        [AtMost(300)],
        description=_l("Needed where the seller or an earlier repairer still has to repair it."),
    )
    to_reporter = TextAreaField(_l("A word to the reporter"), [AtMost(1000)])

    def known(self) -> bool:
        """Tell whether outcome and cause are words of the table."""
        return self.outcome.data in set(Outcome) and self.cause.data in set(Cause)


class ReopenForm(ActionForm):
    """Why a ticket is taken up again."""

    reopen_reason = TextAreaField(
        _l("What is still wrong?"),
        [Required(_l("Please write what is still wrong.")), AtMost(LONGEST_TEXT)],
    )


class CancelForm(ActionForm):
    """Why a ticket ends without a repair."""

    cancel_reason = TextAreaField(
        _l("Why is it cancelled?"),
        [Required(_l("Please write why this is cancelled.")), AtMost(LONGEST_TEXT)],
    )


class WithdrawForm(ActionForm):
    """The reporter needs it no more."""

    cancel_reason = StringField(_l("What happened?"), [AtMost(400)])


class PriorityForm(ActionForm):
    """How soon it wants an end."""

    priority = SelectField(
        _l("Priority"),
        choices=[(priority, face.label) for priority, face in PRIORITIES.items()],
        validate_choice=False,
    )
