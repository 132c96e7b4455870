"""What people type about letters."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, FileField, SelectField, StringField, TextAreaField

from kernel.forms import ActionForm, AtMost, DateField, Required
from kernel.i18n import lazy_gettext as _l
from office.letters.states import URGENCIES, Urgency

TEXTS = ("sender", "recipient", "subject", "enclosures", "note")


class LetterForm(ActionForm):
    """What every letter has."""

    dated_on = DateField(_l("Dated"), [Required()])
    sender = StringField(_l("Sender of the letter"), [Required(), AtMost(200)])
    recipient = StringField(_l("To"), [Required(), AtMost(200)])
    subject = StringField(_l("Subject of the letter"), [Required(), AtMost(300)])
    urgency = SelectField(
        _l("Urgency"),
        choices=[(str(k), v) for k, v in URGENCIES.items()],
        default=Urgency.NORMAL.value,
    )
    enclosures = StringField(_l("Enclosures"), [AtMost(500)])
    answer_by = DateField(_l("Wants an answer by"), description=_l("Empty: no answer is needed."))
    note = TextAreaField(_l("Remark"), [AtMost(500)])

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        return {
            **{name: (self[name].data or "").strip() for name in TEXTS},
            "urgency": self.urgency.data,
            "dated_on": self.dated_on.data,
            "answer_by": self.answer_by.data,
        }


class NewForm(LetterForm):
    """A letter that is registered now."""

    unit_id = SelectField(_l("Register of"), [Required()])
    answers = StringField(
        _l("Answers the letter"),
        [AtMost(80)],
        description=_l("Its number in the register, like 12/2569. It is finished by this one."),
    )


class InForm(NewForm):
    """A letter that came in."""

    letter_no = StringField(
        _l("Number on the letter"), [AtMost(80)], description=_l("As the sender wrote it.")
    )
    again = BooleanField(_l("Register it again"))

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        return {**super().fields(), "letter_no": (self.letter_no.data or "").strip()}


class OutForm(NewForm):
    """A letter that goes out."""

    code = StringField(
        _l("Code of the unit"),
        [AtMost(40)],
        description=_l("What stands before the number; the number is added."),
    )


class EditForm(LetterForm):
    """What may be mended later."""

    letter_no = StringField(_l("Number on the letter"), [AtMost(80)])

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        return {**super().fields(), "letter_no": (self.letter_no.data or "").strip()}


class PassForm(ActionForm):
    """Who gets a letter, and what for."""

    person = StringField(
        _l("Pass on to"), [Required(), AtMost(200)], description=_l("Full name or e-mail.")
    )
    words = StringField(
        _l("What to do"), [AtMost(500)], description=_l("For example: for your action.")
    )


class WordsForm(ActionForm):
    """What was done about a letter, or why its number is cancelled."""

    words = StringField(_l("What was done"), [Required(), AtMost(300)])


class MatterForm(ActionForm):
    """What a letter belongs to."""

    kind = SelectField(_l("Kind"))
    typed = StringField(
        _l("Number or name"),
        [Required(), AtMost(200)],
        description=_l("The number of the request or purchase, or the full name of a programme."),
    )


class FileForm(ActionForm):
    """A scanned letter or an enclosure."""

    file = FileField(_l("Scanned letter or enclosure"))
