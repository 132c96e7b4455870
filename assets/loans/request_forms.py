"""What people may type about a request, a kit, and what is handed in for another unit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from assets.loans.request_models import LoanRequest
from assets.loans.rules.asking import Meeting, Wish
from assets.loans.states import PLACES, SET_UPS
from kernel import clock
from kernel.forms import ActionForm, AtMost, ClockField, DateField, Required, WholeField
from kernel.i18n import lazy_gettext as _l

OWN = ("from_on", "to_on", "purpose", "official", "place_kind", "place_text", "agency_name")
NOT_TEXT = ("from_on", "to_on", "letter_on", "official")
OF_AGENCY = ("agency_contact", "agency_phone", "letter_no", "letter_on")


class PutForm(ActionForm):
    """So many of one thing for the list, with the days that were looked at."""

    quantity = WholeField(_l("How many"), default=1)
    asset = SelectField(_l("Which one"), validate_choice=False, default="")
    first = DateField(_l("From"))
    end = DateField(_l("Back on"))


class RequestForm(ActionForm):
    """A request as a whole; what is missing is said when it is sent."""

    from_on = DateField(_l("From"))
    to_on = DateField(_l("Back on"))
    purpose = StringField(_l("What are the items for?"), validators=[AtMost(500)])
    official = BooleanField(_l("For official use only (clause 207)"))
    place_kind = RadioField(
        _l("Where are they used?"),
        choices=[(kind.value, label) for kind, label in PLACES.items()],
    )
    place_text = StringField(_l("Place"), validators=[AtMost(200)])
    agency_name = StringField(_l("Name of the other agency"), validators=[AtMost(200)])
    agency_contact = StringField(_l("Who borrows there"), validators=[AtMost(200)])
    agency_phone = StringField(_l("Phone"), validators=[AtMost(40)])
    letter_no = StringField(_l("Number of its letter"), validators=[AtMost(80)])
    letter_on = DateField(_l("Day of its letter"))
    setup_kind = SelectField(
        _l("What to set up"),
        default="",
        choices=[("", _l("Nothing")), *((kind.value, label) for kind, label in SET_UPS.items())],
    )
    setup_title = StringField(_l("Name of the meeting"), validators=[AtMost(200)])
    setup_day = DateField(_l("Day of the meeting"))
    setup_from = ClockField(_l("Begins at"))
    setup_until = ClockField(_l("Ends at"))
    setup_place = StringField(_l("Room of the meeting"), validators=[AtMost(200)])
    setup_minutes = WholeField(_l("Ready how many minutes before"), default=30)
    setup_platform = StringField(_l("Platform, such as Zoom or Meet"), validators=[AtMost(80)])
    setup_people = WholeField(_l("How many people"))
    setup_recorded = BooleanField(_l("The meeting is recorded"))
    setup_note = StringField(_l("Note for who sets up"), validators=[AtMost(500)])

    def show(self, request: LoanRequest) -> None:
        """Fill the form with what the draft says; what was typed and refused stays."""
        if self.is_submitted():
            return
        for name in (*OWN, *OF_AGENCY):
            self[name].data = getattr(request, name)
        self.version.data = str(request.version)
        setup = request.setup
        if setup is None:
            return
        starts, ends = clock.local(setup.starts_at), clock.local(setup.ends_at)
        said: dict[str, Any] = {
            "kind": setup.kind,
            "title": setup.title,
            "day": starts.date(),
            "from": starts.time(),
            "until": ends.time(),
            "place": setup.place_text,
            "minutes": setup.minutes_before,
            "platform": setup.platform,
            "people": setup.participants,
            "recorded": setup.recorded,
            "note": setup.note,
        }
        for name, value in said.items():
            self[f"setup_{name}"].data = value

    def wish(self) -> Wish:
        """Return what was typed about the request."""
        said: dict[str, Any] = {}
        for name in (*OWN, *OF_AGENCY):
            typed = self[name].data
            said[name] = typed if name in NOT_TEXT else typed or ""
        return Wish(**said)

    def meeting(self) -> Meeting | None:
        """Return the meeting to set up, None where nothing is."""
        if not self.setup_kind.data:
            return None
        return Meeting(
            kind=self.setup_kind.data,
            title=self.setup_title.data or "",
            starts_at=self._moment(self.setup_from.data),
            ends_at=self._moment(self.setup_until.data),
            place_text=self.setup_place.data or "",
            minutes_before=min(max(self.setup_minutes.data or 0, 0), 480),
            platform=self.setup_platform.data or "",
            participants=self.setup_people.data,
            recorded=bool(self.setup_recorded.data),
            note=self.setup_note.data or "",
        )

    def _moment(self, at: Any) -> datetime | None:  # noqa: ANN401 - a time of day or None
        day = self.setup_day.data or self.from_on.data
        return clock.at(day, at) if day is not None and at is not None else None


class CancelForm(ActionForm):
    """Why a request is cancelled; its asker need not say."""

    why = StringField(_l("Reason"), validators=[AtMost(300)])


class OperatorForm(ActionForm):
    """Who sets up a meeting."""

    operator_id = SelectField(_l("Who sets up"), validate_choice=False)


class KitForm(ActionForm):
    """A kit: its name, a note, and how many of what."""

    name = StringField(_l("Name of the kit"), validators=[Required(), AtMost(120)])
    note = TextAreaField(_l("Note"), validators=[AtMost(300)])


class HandInForm(ActionForm):
    """One scanned item that is handed in for the unit that lends it."""

    code = StringField(_l("Scan or type an item"), validators=[Required(), AtMost(300)])
