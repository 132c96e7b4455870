"""What people may type about approvals: decisions, answers, absences, and a whole path."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)

from kernel.forms import (
    ActionForm,
    AtMost,
    DateField,
    Form,
    MoneyField,
    Required,
    WholeField,
    sent_in,
    version_said,
)
from kernel.i18n import lazy_gettext as _l
from office.approvals.states import PLACES, Capacity, Place
from office.people.access import ROLE_NAMES, Role

ROLES = [(role.value, ROLE_NAMES[role]) for role in Role if role != Role.REQUESTER]


class DecisionForm(ActionForm):
    """A decision on the step that the person saw, with a sentence where one is needed."""

    step = HiddenField()
    words = TextAreaField(_l("What you want to say"), validators=[AtMost(2000)])

    @property
    def seen_step(self) -> int:
        """The step that the page showed; -1 where it was missing or nonsense."""
        return version_said(sent_in(self.step))


class LinkForm(DecisionForm):
    """The decision by the link of a message: one form with three buttons."""

    decision = HiddenField()


class AnswerForm(ActionForm):
    """The asker's answer."""

    words = TextAreaField(_l("Your answer"), validators=[Required(), AtMost(2000)])


class PersonForm(ActionForm):
    """A person by name, and why: hand on, or name a signer."""

    step = HiddenField()
    person = StringField(
        _l("Person"),
        description=_l("Full name, user name or e-mail address"),
        validators=[Required(), AtMost(254)],
    )
    words = StringField(_l("Reason"), validators=[AtMost(300)])

    @property
    def seen_step(self) -> int:
        """The step that the page showed; -1 where it was missing or nonsense."""
        return version_said(sent_in(self.step))


class AbsenceForm(ActionForm):
    """Days away and a stand-in; ``person`` only on an administrator's form."""

    person = StringField(
        _l("Who is away"),
        description=_l("Full name, user name or e-mail address"),
        validators=[AtMost(254)],
    )
    first_day = DateField(_l("First day"), validators=[Required()])
    last_day = DateField(_l("Last day"), validators=[Required()])
    stand_in = StringField(
        _l("Stand-in"),
        description=_l("Full name, user name or e-mail address"),
        validators=[Required(), AtMost(254)],
    )
    capacity = SelectField(
        _l("Signs as"),
        choices=[
            (Capacity.ACTING.value, _l("acting in the post")),
            (Capacity.ON_DUTY.value, _l("on duty in place of the person")),
        ],
    )


class StepForm(Form):
    """One step on the page of a path; a step without a name is left out."""

    class Meta(Form.Meta):
        """The token stands once, in the form around."""

        csrf = False

    order = WholeField(_l("Order"))
    name_th = StringField(_l("Name in Thai"), validators=[AtMost(120)])
    name_en = StringField(_l("Name in English"), validators=[AtMost(120)])
    place = SelectField(_l("Who is asked"), choices=[(p.value, PLACES[p]) for p in Place])
    role = SelectField(_l("Role"), choices=ROLES)
    unit = SelectField(_l("Unit"), validate_choice=False)
    slot = SelectField(_l("People of the request"), validate_choice=False)
    people = TextAreaField(
        _l("People"), description=_l("One on each line: full name, user name or e-mail address")
    )
    all_sign = SelectField(
        _l("How many sign"), choices=[("", _l("one of them")), ("all", _l("every one of them"))]
    )
    above = MoneyField(_l("For amounts above (baht)"))
    up_to = MoneyField(_l("Up to (baht)"))
    variant = SelectField(_l("Only in the case"), validate_choice=False)
    drop = BooleanField(_l("Take this step out"))


class PathForm(Form):
    """A whole path: its steps in order, and whether one person may sign several."""

    edition = HiddenField()
    may_repeat = BooleanField(_l("One person may sign several steps"))
    steps = FieldList(FormField(StepForm), max_entries=15)

    @property
    def seen_edition(self) -> int:
        """The edition that the page showed; -1 where it was missing or nonsense."""
        return version_said(sent_in(self.edition))


def fill_choices(form: PathForm, units: list[tuple[str, Any]], kind: Any) -> None:  # noqa: ANN401
    """Put the units of the office, and the slots and variants of a kind, into every step."""
    for entry in form.steps:
        step = entry.form
        step.unit.choices = [("", "–"), *units]
        step.slot.choices = [("", "–"), *kind.slots.items()]
        step.variant.choices = [("", _l("always")), *kind.variants.items()]
