"""The verbs of the calendar: take the public holidays, close or open a day, set the hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time

import holidays
from sqlalchemy import delete, select

from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.calendar import queries
from office.calendar.models import ClosedDay, OpeningHours
from office.places import rules as places
from office.places.models import Unit

# Banks and factories rest on these days; government offices work.
WORKED_THROUGH = ("National Labor Day", "National Children's Day")
FIRST_YEAR, LAST_YEAR = 2000, 2100


def seed_holidays(years: Iterable[int], *, by: Viewer) -> int:
    """Write down the public holidays of years of the Common Era; return how many were new.

    Days that stand there already are left as they are, also those the office has removed. Labour
    Day and Children's Day are left out: government offices work (section 13 of the domain).
    """
    places.take_turns()
    wanted = sorted(set(years))
    known = {
        row.day
        for year in wanted
        for row, unit in queries.days_of_year(year)
        if row.unit_id is None
    }
    thai = holidays.country_holidays(
        "TH", years=wanted, categories=("public", "government"), language="th"
    )
    english = holidays.country_holidays(
        "TH", years=wanted, categories=("public", "government"), language="en_US"
    )
    made = 0
    for day in sorted(thai):
        names = [
            (name_th, name_en)
            for name_th, name_en in zip(thai.get_list(day), english.get_list(day), strict=True)
            if not name_en.startswith(WORKED_THROUGH)
        ]
        if day in known or not names:
            continue
        row = ClosedDay(
            day=day,
            source="holiday",
            name_th=", ".join(name for name, _english in names),
            name_en=", ".join(name for _thai, name in names),
        )
        db.session.add(row)
        audit.record("closed", row, by=by, after={"day": day, "name_th": row.name_th})
        made += 1
    queries.forget()
    return made


def close_day(
    day: date,
    name_th: str,
    *,
    reason: str,
    by: Viewer,
    unit: Unit | None = None,
    name_en: str = "",
    source: str = "office",
) -> ClosedDay:
    """Close a day for the whole office, or for one unit and what lies under it.

    A day that was opened again is closed anew. Refuses a day that is closed already, a day without
    a name or a reason, and years that nobody can mean.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refusal(_("This year cannot be right. Please check the date."), field="day")
    if not name_th.strip():
        raise Refusal(_("Please fill this in."), field="name_th")
    if not reason.strip():
        raise Refusal(_("Please give the reason or the announcement."), field="reason")
    unit_id = unit.id if unit else None
    places.take_turns()
    row = db.session.scalar(
        select(ClosedDay).where(
            ClosedDay.day == day,
            ClosedDay.unit_id == unit_id if unit else ClosedDay.unit_id.is_(None),
        )
    )
    if row is not None and not row.removed:
        raise Refusal(_("This day is closed already: %(name)s.", name=row.name), field="day")
    if row is None:
        row = ClosedDay(day=day, unit_id=unit_id, removed=False)
        db.session.add(row)
    row.name_th, row.name_en = name_th, name_en
    row.source, row.reason, row.removed = source, reason, False
    after = {"day": day, "name_th": name_th, "unit_id": unit_id, "reason": reason}
    audit.record("closed", row, by=by, after=after)
    queries.forget()
    return row


def open_day(row: ClosedDay, *, reason: str, by: Viewer) -> None:
    """Make a closed day a working day again; the row stays, with the reason.

    Refuses without a reason, and where the day is open already.
    """
    if not reason.strip():
        raise Refusal(_("Please give the reason or the announcement."), field="reason")
    if row.removed:
        raise Refusal(_("This day is a working day already."))
    audit.record_changes("opened", row, {"removed": True, "reason": reason}, by=by)
    queries.forget()


def set_hours(hours: Mapping[int, tuple[time, time]], *, by: Viewer) -> None:
    """Set the opening hours of the week; a weekday that is left out is closed (R-W1).

    Refuses a week without an open day, and a day that closes before it opens.
    """
    if not hours:
        raise Refusal(_("The office must be open on one day of the week at least."))
    for weekday, (opens, closes) in hours.items():
        if opens >= closes:
            raise Refusal(_("Closing must be later than opening."), field=f"closes_{weekday}")
    places.take_turns()
    before = queries.hours()
    if before == dict(hours):
        return
    db.session.execute(delete(OpeningHours))
    rows = [OpeningHours(weekday=d, opens=o, closes=c) for d, (o, c) in sorted(hours.items())]
    db.session.add_all(rows)
    audit.record("set_hours", rows[0], by=by, before=_told(before), after=_told(hours))
    queries.forget()


def _told(hours: Mapping[int, tuple[time, time]]) -> dict[str, str]:
    return {str(day): f"{opens:%H:%M}-{closes:%H:%M}" for day, (opens, closes) in hours.items()}
