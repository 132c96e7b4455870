"""What people may type about categories, and the questions of one inside a report's form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from helpdesk.tickets.categories import answers
from helpdesk.tickets.categories.shipped import Question
from helpdesk.tickets.categories.states import KINDS, QuestionKind
from kernel.errors import Refusal
from kernel.forms import ActionForm, AtMost, Form, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l

F = TypeVar("F", bound=Form)
LONGEST_CHOICE = 120
HIGHEST = 9999
_BAR = re.compile(r"\s*[|｜]\s*")


def asking(kind: type[F], questions: Sequence[Question], category: str) -> type[F]:
    """Return the form with a field for each question; they are named as ``answers`` reads them.

    Args:
        kind: the form of the report.
        questions: what the category asks.
        category: its code, sent along so that the next request knows which were shown.
    """
    fields: dict[str, Any] = {answers.field_name(one): _field(one) for one in questions}
    return type(kind.__name__, (kind,), {**fields, "asked": HiddenField(default=category)})


def given(form: Form, questions: Sequence[Question]) -> dict[str, str]:
    """Return what was typed, by the code of the question."""
    return {one.code: str(form[answers.field_name(one)].data or "") for one in questions}


def _field(question: Question) -> Any:  # noqa: ANN401 - an unbound field
    def fits(_form: Any, field: Field) -> None:  # noqa: ANN401
        try:
            answers.check(question, str(field.data or ""))
        except Refusal as refusal:
            raise ValidationError(refusal.message) from None

    checks = [Required()] if question.required else []
    if question.kind == QuestionKind.CHOICE:
        english = language() == "en"
        offered = [
            (str(number), pair[1] if english and pair[1] else pair[0])
            for number, pair in enumerate(question.choices)
        ]
        return SelectField(
            question.text,
            [*checks, fits],
            choices=[("", _l("Please choose")), *offered],
            validate_choice=False,
        )
    if question.kind == QuestionKind.YESNO:
        return RadioField(
            question.text,
            [*checks, fits],
            choices=[(answers.YES, _l("Yes")), (answers.NO, _l("No"))],
            validate_choice=False,
        )
    most = [] if question.kind == QuestionKind.NUMBER else [AtMost(answers.LONGEST)]
    return StringField(question.text, [*checks, *most, fits])


class CategoryForm(ActionForm):
    """The words of a category and its place in the list."""

    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(120)])
    name_en = StringField(_l("Name in English"), [AtMost(120)])
    hint_th = StringField(
        _l("What belongs here, in Thai"),
        [AtMost(300)],
        description=_l("A few examples; people read it under the name."),
    )
    hint_en = StringField(_l("What belongs here, in English"), [AtMost(300)])
    position = WholeField(
        _l("Place in the list"), description=_l("A smaller number stands higher.")
    )

    def validate_position(self, field: Any) -> None:  # noqa: ANN401 - WTForms' signature
        """Refuse a place outside the list."""
        _check_place(field.data)

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed."""
        return {
            "name_th": self.name_th.data or "",
            "name_en": self.name_en.data or "",
            "hint_th": self.hint_th.data or "",
            "hint_en": self.hint_en.data or "",
            "position": self.position.data or 0,
        }


class QuestionForm(ActionForm):
    """One short question."""

    text_th = StringField(_l("Question in Thai"), [Required(), AtMost(200)])
    text_en = StringField(_l("Question in English"), [AtMost(200)])
    kind = RadioField(
        _l("How is it answered?"),
        [Required()],
        choices=list(KINDS.items()),
        default=QuestionKind.TEXT,
        validate_choice=False,
    )
    choices = TextAreaField(
        _l("Answers to choose from"),
        description=_l("One on each line, Thai | English. Only for “one of several”."),
    )
    required = BooleanField(_l("It must be answered"))
    position = WholeField(
        _l("Place in the list"), description=_l("A smaller number stands higher.")
    )

    def validate_kind(self, field: Any) -> None:  # noqa: ANN401 - WTForms' signature
        """Refuse a kind that there is not."""
        if field.data not in set(QuestionKind):
            raise ValidationError(_("Choose how it is answered."))

    def validate_choices(self, field: Any) -> None:  # noqa: ANN401 - WTForms' signature
        """Refuse answers that are too long."""
        if any(len(word) > LONGEST_CHOICE for pair in pairs_of(field.data) for word in pair):
            raise ValidationError(_("An answer may have %(most)s characters.", most=LONGEST_CHOICE))

    def validate_position(self, field: Any) -> None:  # noqa: ANN401 - WTForms' signature
        """Refuse a place outside the list."""
        _check_place(field.data)

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed, without the answers to choose from."""
        return {
            "text_th": self.text_th.data or "",
            "text_en": self.text_en.data or "",
            "kind": QuestionKind(self.kind.data),
            "required": bool(self.required.data),
            "position": self.position.data or 0,
        }


def pairs_of(text: str | None) -> list[tuple[str, str]]:
    """Return the lines of ``ไทย | English`` as pairs; the English may be left out."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    parted = [_BAR.split(f"{line}|", maxsplit=2)[:2] for line in lines]
    return [(thai, english) for thai, english in parted if thai]


def lines_of(pairs: Sequence[Sequence[str]]) -> str:
    """Return pairs as lines that ``pairs_of`` reads back."""
    return "\n".join(f"{thai} | {english}" if english else thai for thai, english in pairs)


def _check_place(place: int | None) -> None:
    if place is not None and not 0 <= place <= HIGHEST:
        raise ValidationError(_("Between %(least)s and %(most)s.", least=0, most=HIGHEST))
