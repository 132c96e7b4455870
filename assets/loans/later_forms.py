"""What borrowers and officers may type about a loan that is out, late, or to be made good."""

from __future__ import annotations

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField

from assets.loans.later_states import CHASE_WAYS, DUTY_KINDS
from kernel.forms import ActionForm, AtMost, DateField, MoneyField, Required, WholeField
from kernel.i18n import lazy_gettext as _l


class WishForm(ActionForm):
    """A borrower's wish for a later due date."""

    due_on = DateField(_l("New due date"), validators=[Required()])
    why = StringField(_l("Reason"), validators=[Required(), AtMost(300)])


class AnswerForm(ActionForm):
    """The desk's answer to a wish, or an answer to an offer."""

    answer = StringField(_l("Answer"), validators=[AtMost(300)])


class HandOnForm(ActionForm):
    """To whom a borrowed item is handed on, and what for."""

    person = RadioField(_l("Who takes it over?"), coerce=int, validate_choice=False)
    purpose = StringField(_l("What are the items for?"), validators=[Required(), AtMost(500)])


class TakeOverForm(ActionForm):
    """The promise of who takes an item over (clause 207)."""

    official = BooleanField(_l("For official use only (clause 207)"))


class RecallForm(ActionForm):
    """An earlier due date for some lines of a loan."""

    lines = SelectMultipleField(_l("Items"), coerce=int, id="recall-lines")
    due_on = DateField(_l("New due date"), validators=[Required()], id="recall-due")
    why = StringField(_l("Reason"), validators=[Required(), AtMost(300)], id="recall-why")


class ChaseForm(ActionForm):
    """How a borrower was asked for overdue items."""

    lines = SelectMultipleField(_l("Items"), coerce=int, id="chase-lines")
    how = SelectField(_l("How"), choices=[(way.value, label) for way, label in CHASE_WAYS.items()])
    on = DateField(_l("Day"), validators=[Required()])
    words = StringField(_l("What was said"), validators=[AtMost(300)])


class LetterForm(ActionForm):
    """The number and date that a follow-up letter carries."""

    number = StringField(_l("Number of the letter"), validators=[Required(), AtMost(60)])
    dated = DateField(_l("Date of the letter"), validators=[Required()])


class LadderForm(ActionForm):
    """The days of the reminders and of the block; the rule says what is nonsense."""

    before_days = WholeField(_l("Days before the due date"), validators=[Required()])
    after_days = WholeField(_l("Days after it: reminder"), validators=[Required()])
    follow_up_days = WholeField(_l("Days after it: official follow-up"), validators=[Required()])
    head_days = WholeField(_l("Days after it: head of the unit"), validators=[Required()])
    director_days = WholeField(_l("Days after it: director"), validators=[Required()])
    block_from_days = WholeField(
        _l("Days overdue from which nothing more is lent"), validators=[Required()]
    )


class DutyForm(ActionForm):
    """How a duty is made good, or was."""

    kind = RadioField(
        _l("How it is made good"),
        choices=[(kind.value, label) for kind, label in DUTY_KINDS.items()],
        validate_choice=False,
    )
    amount = MoneyField(_l("Amount in baht"))
    due_on = DateField(_l("Until when"))
    paper = StringField(_l("Paper that shows it"), validators=[AtMost(200)])
    note = StringField(_l("Note"), validators=[AtMost(500)])
