"""Two security incidents, one closed with its lessons and one whose 72 hours run, and a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from helpdesk.demonstration import script
from helpdesk.demonstration.cast import Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.incidents.models import Incident
from helpdesk.incidents.rules import handling, measures
from helpdesk.incidents.states import Action
from helpdesk.privacy_requests.rules import asking
from helpdesk.privacy_requests.states import Kind
from kernel import clock
from kernel.db import db

TECHNICIAN, TEACHER = "technician", "teacher"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def plan(cast: Cast, diary: Diary, start: datetime, now: datetime) -> None:
    """Put both incidents into the diary, and the request of somebody who has an erasure in mind."""
    text = (script.DATA / "securing.json").read_text(encoding="utf-8")
    past, fresh = json.loads(text)
    ids: list[int] = []
    begun = max(start + DAY, now - 45 * DAY)
    diary.plan(begun, partial(_happen, cast, past, ids))
    diary.plan(begun + 30 * HOUR, partial(_end, cast, past, ids))
    diary.plan(now - 20 * HOUR, partial(_happen, cast, fresh, []))
    diary.plan(now - 5 * DAY, partial(_ask, cast))


def _happen(cast: Cast, told: Mapping[str, Any], ids: list[int]) -> None:
    by = cast.viewer(TECHNICIAN)
    first = {name: told[name] for name in ("kind", "title", "story", "systems_text")}
    made = handling.report(first, by=by)
    names = ("data_kinds", "people_kinds", "consequences", "cause")
    fields = {
        **{name: told[name] for name in (*names, "kind", "gravity", "risk", "systems_text")},
        "people_count": told["people_count"],
        "records_count": told["people_count"],
        "known_at": made.known_at,
        "handler_id": by.id,
    }
    handling.classify(made, fields, (), by=by)
    for number, what in enumerate(told["measures"]):
        until = clock.today() + timedelta(days=7) if number else None
        measures.plan(made, what, cast.person(TECHNICIAN), until, by=by)
    ids.append(made.id)


def _end(cast: Cast, told: Mapping[str, Any], ids: list[int]) -> None:
    by, incident = cast.viewer(TECHNICIAN), db.session.get_one(Incident, ids[0])
    handling.notify(incident, clock.now(), told["reference"], "", by=by)
    handling.tell_people(incident, clock.now(), told["how"], by=by)
    for action in (Action.CONTAIN, Action.FIX, Action.CLOSE):
        handling.move(incident, action, told[action.value], by=by)


def _ask(cast: Cast) -> None:
    asking.ask(Kind.ERASE, "", by=cast.viewer(TEACHER))
