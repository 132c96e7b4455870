"""What people may say about how they are told, and what the administrator sets up."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField

from kernel.forms import ActionForm, AtMost, ClockField, Form, Required
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from office.notifications.kinds import GROUPS
from office.notifications.states import Rhythm, Way

RHYTHMS = (
    (Rhythm.NOW.value, _lp("rhythm", "At once")),
    (Rhythm.DIGEST.value, _lp("rhythm", "In the daily digest")),
    (Rhythm.OFF.value, _lp("rhythm", "Not at all")),
)


class WaysForm(Form):
    """How a person is told; a field for each group of messages on each way is added below."""

    quiet_from = ClockField(_l("Quiet from"))
    quiet_until = ClockField(_l("Quiet until"))
    digest_at = ClockField(_l("The digest comes at"))

    def rhythms(self) -> dict[tuple[str, Way], Rhythm]:
        """Return what was chosen for each group on each way."""
        found: dict[tuple[str, Way], Rhythm] = {}
        for group in GROUPS:
            found[group.name, Way.MAIL] = Rhythm(self[f"mail_{group.name}"].data)
            for way in (Way.LINE, Way.PUSH):
                on = self[f"{way}_{group.name}"].data
                found[group.name, way] = Rhythm.NOW if on else Rhythm.OFF
        return found

    def show(self, chosen: dict[tuple[str, Way], Rhythm]) -> None:
        """Fill in what holds now."""
        for (name, way), rhythm in chosen.items():
            field: Any = self[f"{way}_{name}"]
            field.data = str(rhythm) if way is Way.MAIL else rhythm is Rhythm.NOW


for _group in GROUPS:
    setattr(
        WaysForm,
        f"mail_{_group.name}",
        SelectField(_group.label, choices=RHYTHMS, validate_choice=True),
    )
    for _way in (Way.LINE, Way.PUSH):
        setattr(WaysForm, f"{_way}_{_group.name}", BooleanField(_group.label))


class DeviceForm(Form):
    """A browser's push subscription, as a script sends it."""

    endpoint = StringField(validators=[Required(), AtMost(600)])
    public_key = StringField(validators=[Required(), AtMost(120)])
    secret = StringField(validators=[Required(), AtMost(40)])
    called = StringField(validators=[AtMost(80)])


class HookForm(ActionForm):
    """Another system that is told of acts."""

    name = StringField(_l("Name"), validators=[Required(), AtMost(80)])
    url = StringField(_l("Address"), validators=[Required(), AtMost(400)])
    acts = TextAreaField(_l("Acts, one a line"), validators=[Required(), AtMost(2000)])
    active = BooleanField(_l("Tell it"), default=True)


class WordingForm(ActionForm):
    """The office's own words for one kind of message."""

    subject = StringField(_lp("message", "Subject"), validators=[Required(), AtMost(300)])
    body = TextAreaField(_lp("message", "Text"), validators=[Required(), AtMost(5000)])
