"""Letters, a meeting and the risks of the office in the demonstration."""

from __future__ import annotations

import json
from datetime import time, timedelta
from typing import Any

from helpdesk.demonstration import script
from helpdesk.demonstration.cast import ICT_GROUP, Cast
from helpdesk.minutes import queries as meetings
from helpdesk.minutes.rules import agenda, calling, holding, tasks
from helpdesk.minutes.states import Presence
from helpdesk.risks.models import RiskTable
from helpdesk.risks.rules import following, keeping, weighing
from helpdesk.risks.states import Progress
from kernel import clock
from kernel.db import db
from kernel.thai import fiscal_year
from office.calendar import queries as calendar
from office.letters.rules import handling, registering
from office.letters.states import Book

TECHNICIAN, APPROVER = "technician", "approver"
PROPOSED = 4
AFTERNOON = time(13, 30)


def file(cast: Cast) -> None:
    """Register the letters of ``paperwork.json``, hold its meeting and weigh its risks."""
    data = json.loads((script.DATA / "paperwork.json").read_text(encoding="utf-8"))
    _register(cast, data)
    _meet(cast, data)
    _weigh(cast, data)


def _register(cast: Cast, data: dict[str, Any]) -> None:
    by, unit_id, today = cast.viewer(TECHNICIAN), cast.units[ICT_GROUP], clock.today()
    came = []
    for row in data["letters"]:
        days = row.pop("answer_days")
        fields = {
            **{name: row[name] for name in ("letter_no", "sender", "subject", "urgency")},
            "enclosures": row["enclosures"],
            "recipient": data["recipient"],
            "dated_on": today - timedelta(days=3),
            "answer_by": today + timedelta(days=days) if days else None,
        }
        came.append(registering.register(Book(row["book"]), unit_id, fields, by=by))
    first, asking, mistake = came
    answer = {
        "sender": data["recipient"],
        "recipient": first.sender,
        "subject": data["answer"],
        "dated_on": today,
    }
    registering.register(Book.OUT, unit_id, answer, by=by, code=data["code"], answers=first)
    handling.pass_on(asking, cast.person(TECHNICIAN), data["todo"], by=by)
    handling.cancel(mistake, data["mistake"], by=by)


def _meet(cast: Cast, data: dict[str, Any]) -> None:
    by, day = cast.viewer(TECHNICIAN), clock.today() - timedelta(days=1)
    while not calendar.is_open_day(day):
        day -= timedelta(days=1)
    begins = clock.at(day, AFTERNOON)
    fields = {
        "body": data["body"],
        "unit_id": cast.units[ICT_GROUP],
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "place": data["place"],
    }
    people = [cast.person(TECHNICIAN), cast.person(APPROVER)]
    meeting = calling.begin(fields, people, by=by)
    holding.hold(meeting, meeting.starts_at, meeting.ends_at, by=by)
    for row in meetings.people_of(meeting):
        holding.attend(meeting, row, Presence.PRESENT, by=by)
    item = agenda.add(meeting, PROPOSED, data["item"], "", by=by)
    agenda.write(meeting, item, data["said"], data["resolved"], by=by)
    db.session.flush()  # the task names the item
    due = clock.today() + timedelta(days=5)
    tasks.give(meeting, data["task"], cast.person(TECHNICIAN), due, by=by, item=item)


def _weigh(cast: Cast, data: dict[str, Any]) -> None:
    by, today = cast.viewer(TECHNICIAN), clock.today()
    table: RiskTable = keeping.begin(cast.units[ICT_GROUP], fiscal_year(today), by=by)
    for row in data["risks"]:
        days = row.pop("days")
        told = {
            **row,
            "responsible_id": cast.ids[TECHNICIAN] if days else None,
            "due_on": today + timedelta(days=days) if days else None,
        }
        made = weighing.add(table, told, by=by)
        db.session.flush()  # its follow-up names it
        if days:
            following.follow(
                table,
                made,
                1,
                Progress.UNDER_WAY,
                likelihood=made.likelihood - 1,
                impact=made.impact,
                words=data["followed"],
                by=by,
            )
