"""What people may type about requests: the form of any kind, and the buttons with a few words.

The fields of a form come from its kind, so a form is made for each page out of ``fields.Field``.
What was typed is read by ``answers``; the form only shows it, with what is wrong at each field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from helpdesk.requests.answers import LONG, NO, SHORT, YES
from helpdesk.requests.fields import Field
from helpdesk.requests.states import ROUTES, FieldKind, Route
from kernel import thai
from kernel.forms import ActionForm, AtMost, Form, Required
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.places import queries as places

PREFIX = "f_"
FEW_CHOICES = 6


class DraftForm(ActionForm):
    """The door of a form: the token, the version and the key; the fields are read beside it."""

    act = HiddenField()
    words = TextAreaField(_l("Your answer"), [AtMost(2000)])


class WordsForm(ActionForm):
    """A button with a few words."""

    words = TextAreaField(_l("Your words"), [AtMost(2000)])


class WorkForm(ActionForm):
    """A further ticket for a request to carry something out."""

    work = SelectField(_l("Kind of work"), [Required()], validate_choice=False)
    words = TextAreaField(_l("What this ticket is about"), [Required(), AtMost(2000)])


class LowerForm(ActionForm):
    """Approving less than was asked for; the quantities are read beside it."""

    words = StringField(_l("Reason"), [Required(), AtMost(300)])


class IssueForm(ActionForm):
    """Handing out; the quantities are read beside it."""

    receiver = StringField(_l("Received by"), [Required(), AtMost(254)])
    drawing = HiddenField()


class KindForm(ActionForm):
    """What a simple kind is called, how it is numbered and approved, who carries it out."""

    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(120)])
    name_en = StringField(_l("Name in English"), [AtMost(120)])
    intro_th = StringField(_l("One sentence about it in Thai"), [AtMost(300)])
    intro_en = StringField(_l("One sentence about it in English"), [AtMost(300)])
    series = StringField(_l("Prefix of the numbers"), [Required(), AtMost(8)])
    route = SelectField(_l("Way of approval"), [Required()])
    handling_unit_id = SelectField(_l("Carried out by"), coerce=str)
    paper_text = TextAreaField(_l("First paragraph of the memo"), [AtMost(2000)])


class FieldForm(Form):
    """One field of a simple kind."""

    th = StringField(_l("Label in Thai"), [Required(), AtMost(120)])
    en = StringField(_l("Label in English"), [AtMost(120)])
    kind = SelectField(_l("Kind of field"), [Required()])
    required = BooleanField(_l("Must be filled in"))
    hint_th = StringField(_l("Hint in Thai"), [AtMost(200)])
    hint_en = StringField(_l("Hint in English"), [AtMost(200)])
    options = TextAreaField(_l("Choices"), [AtMost(2000)])


class SettingForm(ActionForm):
    """Whether a kind takes new requests, and who carries them out."""

    handling_unit_id = SelectField(_l("Carried out by"), coerce=str)


def typed_values() -> dict[str, str]:
    """Return what a request brought for the fields of a form, normalised; choices as lines."""
    typed: dict[str, str] = {}
    for name in request.form:
        plain = name.removeprefix(PREFIX)
        if name == "csrf_token" or len(plain) > 60:
            continue
        lines = "\n".join(request.form.getlist(name)).replace("\0", "").splitlines()
        typed[plain] = "\n".join(thai.normalize(line) for line in lines).strip()
    return typed


def show(
    fields: Sequence[Field], typed: Mapping[str, str], wrong: Mapping[str, str]
) -> dict[str, Any]:
    """Return by key the fields of a form as the page draws them, with what is wrong at each."""
    made = type("_Shown", (Form,), {PREFIX + one.key: _drawn(one) for one in fields})
    data = MultiDict[str, str]()
    for one in fields:
        said = typed.get(one.key, "")
        for line in said.splitlines() if one.kind == FieldKind.MANY else [said]:
            data.add(PREFIX + one.key, line)
    form = made(formdata=data if typed else None, meta={"csrf": False})
    for key, sentence in wrong.items():
        if PREFIX + key in form:
            form[PREFIX + key].errors = [sentence]
    return {one.key: form[PREFIX + one.key] for one in fields}


def _drawn(one: Field) -> Any:  # noqa: ANN401 - one of WTForms' unbound fields
    must = [Required()] if one.required else []
    options = [(option.value, option.label) for option in one.options]
    match one.kind:
        case FieldKind.LONG:
            return TextAreaField(one.label, [*must, AtMost(one.most or LONG)], description=one.hint)
        case FieldKind.CHOICE if len(options) <= FEW_CHOICES:
            return RadioField(one.label, must, choices=options, description=one.hint)
        case FieldKind.CHOICE:
            return SelectField(one.label, must, choices=[("", "–"), *options], description=one.hint)
        case FieldKind.MANY:
            return SelectMultipleField(one.label, must, choices=options, description=one.hint)
        case FieldKind.YES_NO:
            return RadioField(
                one.label, must, choices=[(YES, _("yes")), (NO, _("no"))], description=one.hint
            )
        case FieldKind.UNIT:
            return SelectField(
                one.label, must, choices=[("", "–"), *places.choices()], description=one.hint
            )
        case FieldKind.FILE:
            return MultipleFileField(one.label, must, description=one.hint)
        case _:
            return StringField(one.label, [*must, AtMost(one.most or SHORT)], description=one.hint)


def kind_of_drawing(one: Field) -> str | None:
    """Return how the page draws a field beyond its input: chips for several choices."""
    if one.kind == FieldKind.MANY:
        return "checks"
    if one.kind == FieldKind.YES_NO or (
        one.kind == FieldKind.CHOICE and len(one.options) <= FEW_CHOICES
    ):
        return "chips"
    return None


def routes() -> list[tuple[str, Any]]:
    """Return the ways of approval as choices."""
    return [(route.value, ROUTES[route]) for route in Route]
