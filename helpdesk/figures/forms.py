"""What people may type about advice and about a summary of operations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from helpdesk.figures.advice_queries import Topic
from helpdesk.figures.advice_states import RESULTS, Result
from helpdesk.figures.rules.advising import Noted
from kernel.forms import ActionForm, AtMost, Required, WholeField
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l


class ClassifyForm(ActionForm):
    """What advice was about, what came of it, and how long it took."""

    topic = RadioField(_l("Topic"), validators=[Required()])
    result = RadioField(
        _l("What came of it"),
        choices=[(str(one), label) for one, label in RESULTS.items()],
        default=str(Result.SOLVED),
    )
    minutes = WholeField(_l("Minutes"), validators=[Required()], default=5)

    def offer(self, topics: Sequence[Topic]) -> None:
        """Fill in the topics that are offered."""
        self.topic.choices = [(one.code, one.name) for one in topics if not one.retired]

    @property
    def noted(self) -> Noted:
        """What was chosen."""
        return Noted(self.topic.data or "", Result(self.result.data), self.minutes.data or 0)


class NoteForm(ClassifyForm):
    """A consultation that is over."""

    question = TextAreaField(_l("What was asked"), validators=[Required(), AtMost(2000)])
    answer = TextAreaField(_l("What you advised"), validators=[AtMost(2000)])
    asked_by = StringField(_l("Who asked"), validators=[AtMost(120)])
    unit = SelectField(_l("School or group"), coerce=int, default=0, validators=[Required()])

    def offer_units(self, units: Sequence[Any]) -> None:
        """Fill in the units that may ask."""
        english = language() == "en"
        self.unit.choices = [
            (0, _l("Please choose")),
            *((one.id, one.name_en if english and one.name_en else one.name_th) for one in units),
        ]


class TopicForm(ActionForm):
    """The name of a topic; without a code it is a new one."""

    code = HiddenField(validators=[AtMost(30)])
    name_th = StringField(_l("Name in Thai"), validators=[Required(), AtMost(120)])
    name_en = StringField(_l("Name in English"), validators=[AtMost(120)])


class RemarkForm(ActionForm):
    """What people add to a summary of operations."""

    problems = TextAreaField(_l("Problems and obstacles"), validators=[AtMost(4000)])
    suggestions = TextAreaField(_l("Suggestions"), validators=[AtMost(4000)])
