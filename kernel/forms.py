"""What people type: the base of every form, and fields that understand Thai input.

Every form carries a CSRF token, so every POST view goes through one of these. A form whose token
is missing or of another session is shown again with everything that was typed and a fresh token.
A form that must act once carries ``key``; a form that edits carries ``version``.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs do not know SelectChoice
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectChoice,
    StringField,
)
from wtforms.validators import StopValidation, ValidationError

from kernel import attributes, numbers, thai
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from kernel.i18n import language, mark
from kernel.i18n import lazy_gettext as _l
from kernel.identity import citizen_numbers

SHORTEST_KEY = 16
LONGEST_WHOLE = 18

attributes.install()

# The sentences of WTForms that a person may meet.
WTFORMS_SENTENCES = (
    mark("Not a valid choice."),
    mark("Invalid Choice: could not coerce."),
    mark("Not a valid time value."),
    mark("Not a valid integer value."),
)


class _Words:
    """What WTForms asks for the text of its sentences."""

    gettext = staticmethod(_)

    @staticmethod
    def ngettext(one: str, many: str, number: int) -> str:
        """Return the English form that fits the number; no sentence we show has one."""
        return one if number == 1 else many


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Base of all forms; without fields of its own it is a button that acts."""

    refused_with: int | None = None
    form_errors: list[str]

    class Meta:
        """CSRF as Flask-WTF makes it; texts normalised as they come in."""

        csrf_time_limit = None

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401
            """Add the normalisation of Thai text to every field that holds text."""
            kind = unbound_field.field_class
            choices = unbound_field.kwargs.get("choices")
            if isinstance(choices, list | tuple):
                made = [SelectChoice(*one) if isinstance(one, tuple) else one for one in choices]
                options = {**options, "choices": made}
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                given = list(unbound_field.kwargs.get("filters", ()))
                options = {**options, "filters": [_normalized, *given]}
                unbound_field = type(unbound_field)(
                    kind,
                    *unbound_field.args,
                    **{k: v for k, v in unbound_field.kwargs.items() if k != "filters"},
                )
            return unbound_field.bind(form=form, **options)

        def get_translations(self, _form: Any) -> type[_Words]:  # noqa: ANN401
            """Let WTForms' own sentences come from our catalogues."""
            return _Words

    def accepted(self) -> bool:
        """Tell whether the form was sent and everything in it can be taken."""
        return bool(self.is_submitted() and self.validate())

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' signature
        """Check every field; put a readable sentence where the form itself is stale."""
        good = bool(super().validate(extra_validators))
        token = getattr(self, "csrf_token", None)
        if token is not None and token.errors:
            token.errors = []
            token.raw_data = None
            self.form_errors = [
                *self.form_errors,
                _(
                    "This page was open for too long or in another sign-in. Nothing was saved yet; "
                    "what you typed is kept. Please check it and send it again."
                ),
            ]
        return good

    def insist(self) -> None:
        """Refuse where the form cannot be taken; for buttons, which have no page to show it on.

        Raises:
            Refusal: with what is wrong.
        """
        if not self.accepted():
            said = [*self.form_errors, *(str(e) for f in self for e in f.errors)]
            raise Refusal(" ".join(said))

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Take a refusal raised inside and show it at the field it is about, or above the form."""
        try:
            yield
        except Refusal as refusal:
            self.refused_with = refusal.status
            field = self._fields.get(refusal.field) if refusal.field else None
            if field is not None:
                field.errors = [*field.errors, refusal.message]
            else:
                self.form_errors = [*self.form_errors, refusal.message]

    @property
    def status(self) -> int:
        """The HTTP status for showing this form: 200 when fresh, else why it was not taken."""
        if self.refused_with:
            return self.refused_with
        return 422 if self.errors else 200


class ActionForm(Form):
    """A button: no fields but the version of what the person saw and the key of the act."""

    version = HiddenField()
    key = HiddenField(default=lambda: new_key())  # noqa: PLW0108 - defined below

    @property
    def seen_version(self) -> int:
        """The version that the page showed; -1 where it was missing or nonsense."""
        return version_said(sent_in(self.version))

    def stand_at(self, version: int) -> None:
        """After a stale save, let the next one build on what the page shows now."""
        if self.refused_with == Stale.status:
            self.version.data = str(version)

    @property
    def act_key(self) -> str:
        """The key to spend; a fresh one where too little of one came.

        A blank key would be one key for everybody: the second to send it would be led to where
        the first one's act led.
        """
        said = self.key.data or ""
        return said if len(said) >= SHORTEST_KEY else new_key()


def version_said(said: str | None) -> int:
    """Return the version that a form carried; -1 where it was missing or nonsense."""
    if said and said.isdecimal() and len(said) <= LONGEST_WHOLE:
        return int(said)
    return -1


def sent_in(field: Field) -> str:
    """Return what was sent in a field; what the form was built from was seen by nobody."""
    return str(field.raw_data[0]) if field.raw_data else ""


def new_key() -> str:
    """Return a fresh key that makes one act out of a double tap or a re-sent form."""
    return secrets.token_urlsafe(16)


def _normalized(value: Any) -> Any:  # noqa: ANN401 - WTForms passes anything
    if not isinstance(value, str):
        return value
    return "\n".join(thai.normalize(line) for line in value.splitlines()).strip()


class Required:
    """Something must be typed or chosen."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads a plain dict

    def __init__(self, message: Any = None) -> None:  # noqa: ANN401 - a lazy text
        self.message = message or _l("Please fill this in.")

    def __call__(self, _form: Any, field: Field) -> None:  # noqa: ANN401
        """Refuse an empty field."""
        data = field.data
        if data is None or (isinstance(data, str) and not data.strip()) or data == []:
            if field.errors:
                raise StopValidation
            raise StopValidation(str(self.message))


class AtMost:
    """No more characters than the place in the database holds."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        self.field_flags = {"maxlength": characters}

    def __call__(self, _form: Any, field: Field) -> None:  # noqa: ANN401
        """Refuse a longer text, telling by how much."""
        length = len(field.data or "")
        if length > self.characters:
            raise ValidationError(
                _(
                    "Please shorten this to %(most)s characters; it has %(length)s.",
                    most=self.characters,
                    length=length,
                )
            )


class ReadField(StringField):
    """A typed text that is read into something else; what cannot be read stays as typed."""

    data: Any
    blank = ""

    def read(self, typed: str) -> Any:  # noqa: ANN401 - each field reads its own kind of thing
        """Return what the text means.

        :raise ValueError: with the sentence for the reader when it means nothing.
        """
        raise NotImplementedError

    def shown(self, data: Any) -> str:  # noqa: ANN401
        """Return what was read as a text to start from."""
        raise NotImplementedError

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the typed text; nothing typed is None, unless a blank means something."""
        typed = (valuelist[0] if valuelist else "").strip() or self.blank
        self.data = None
        if typed:
            self.data = self.read(typed)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.shown(self.data)


class NoCitizenNumber:
    """No citizen number: this service keeps none (R-PD1)."""

    def __call__(self, _form: Any, field: Field) -> None:  # noqa: ANN401
        """Refuse a text in which one stands; what was typed stays in the form."""
        if citizen_numbers(field.data or ""):
            raise ValidationError(
                _("Please take out the citizen number (13 digits): it is not needed and not kept.")
            )


class DateField(ReadField):
    """A day typed as people type it: Buddhist or Common Era, words or figures, Thai digits."""

    def read(self, typed: str) -> date:
        """Return the day."""
        try:
            return thai.parse_date(typed)
        except ValueError:
            raise ValueError(
                _("“%(typed)s” is not a date. Write it like 1/10/2026.", typed=typed)
            ) from None

    def shown(self, data: Any) -> str:  # noqa: ANN401 - a date, or nonsense from a page's address
        """Return the day in figures of the reader's era."""
        if not isinstance(data, date):
            return ""
        return thai.format_date(data, language=language(), style="numeric")


class MoneyField(ReadField):
    """An amount in baht: commas, “บาท” and Thai digits are understood."""

    def read(self, typed: str) -> Decimal | None:
        """Return the amount."""
        amount = numbers.read_money(typed)
        if amount is not None and amount != round(amount, 2):
            raise ValueError(_("An amount has two places behind the point at most."))
        return amount

    def shown(self, data: Any) -> str:  # noqa: ANN401
        """Return the amount with its satang."""
        return f"{data:,.2f}" if isinstance(data, Decimal) else ""


class NumberField(ReadField):
    """A number with three places at most, as meters show it; Thai digits are understood."""

    def read(self, typed: str) -> Decimal | None:
        """Return the number."""
        number = numbers.read(typed)
        return None if number is None else round(number, 3)

    def shown(self, data: Any) -> str:  # noqa: ANN401
        """Return the number without needless zeros."""
        return f"{data.normalize():f}" if isinstance(data, Decimal) else ""


class WholeField(IntegerField):
    """A whole number; Thai digits and commas are understood."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the typed number."""
        typed = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if not typed:
            return
        plain = thai.arabic_digits(typed).replace(",", "")
        try:
            if len(plain) > LONGEST_WHOLE:
                raise ValueError(plain)
            self.data = int(plain)
        except ValueError:
            raise ValueError(_("“%(typed)s” is not a whole number.", typed=typed[:80])) from None


class ClockField(ReadField):
    """A time of day as offices write it: 08:30, 8.30, 0830, ๐๘.๓๐ น."""

    def read(self, typed: str) -> time:
        """Return the time."""
        try:
            return thai.parse_clock(typed)
        except ValueError:
            raise ValueError(
                _("“%(typed)s” is not a time of day. Write it like 08:30.", typed=typed[:80])
            ) from None

    def shown(self, data: Any) -> str:  # noqa: ANN401
        """Return hours and minutes."""
        return f"{data:%H:%M}" if isinstance(data, time) else ""


def sent_files(name: str) -> list[Any]:
    """Return the files a request brought under a name, without the empty slots of a browser."""
    return [file for file in request.files.getlist(name) if file and file.filename]
