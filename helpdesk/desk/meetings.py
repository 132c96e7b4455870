"""Meetings to set up: an approved request for video or sound becomes a ticket of the service desk.

It stands above loans and tickets, because neither may know the other from below.
"""

from __future__ import annotations

from datetime import datetime

from assets.loans.request_models import LoanRequest, LoanSetup
from assets.loans.rules.reserving import starts_setting_up
from assets.loans.states import SET_UPS, SetUp
from helpdesk.tickets.rules import intake
from helpdesk.tickets.rules.intake import Report
from helpdesk.tickets.states import Category, Kind
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.thai import format_datetime
from office.places.access import viewer_of


def order(request: LoanRequest) -> str:
    """Make a ticket of the meeting of a request, in the asker's name; return its number."""
    setup = request.setup
    if setup is None:
        return ""
    asker = viewer_of(request.asker_id) or Viewer(id=request.asker_id, name=request.asker.name)
    detail = _told(request, setup)
    ticket = intake.report(
        Report(
            unit_id=request.asker_unit_id,
            room=setup.room,
            place_text=setup.place_text,
            kind=Kind.ADVICE,
            category=Category.CONFERENCE,
            detail=detail,
            source="form",
        ),
        by=asker,
    )
    return ticket.number


def _told(request: LoanRequest, setup: LoanSetup) -> str:
    """Return what is to be done, a line each, in Thai as technicians read it."""
    with speaking("th"):
        lines = [
            f"{SET_UPS[SetUp(setup.kind)]}: {setup.title}",
            _("Set up from %(when)s", when=_when(starts_setting_up(setup))),
            _("Meeting from %(when)s", when=_when(setup.starts_at)),
            _("until %(when)s", when=_when(setup.ends_at)),
            _("Where: %(place)s", place=setup.place),
        ]
        if setup.platform:
            lines.append(_("Platform: %(name)s", name=setup.platform))
        if setup.participants:
            lines.append(_("People: %(number)s", number=setup.participants))
        if setup.recorded:
            lines.append(_("The meeting is recorded."))
        if setup.operator is not None:
            lines.append(_("Set up by %(name)s", name=setup.operator.name))
        lines.append(_("Things: loan request %(number)s", number=request.number))
        return "\n".join([*lines, setup.note] if setup.note else lines)


def _when(moment: datetime) -> str:
    return format_datetime(moment, language="th")
