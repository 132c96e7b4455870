"""Security on the first page: incidents and requests about personal data, for those who must act.

Incidents wait for whoever handles them, and for the director while the Committee is to be told;
requests for whoever answers them, or is the second person of an erasure. Both come in one question.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from helpdesk.desk.alarms import Alarm
from helpdesk.desk.queries import Target
from helpdesk.desk.today import SHOWN, Block, Line
from helpdesk.incidents import access as incidents_access
from helpdesk.incidents.models import Incident
from helpdesk.incidents.states import INCIDENTS, OPEN
from helpdesk.privacy_requests import access as privacy_access
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.states import KINDS, TABLES, Kind
from helpdesk.privacy_requests.states import OPEN as ASKED
from helpdesk.privacy_requests.states import State as Asked
from kernel import clock
from kernel.access import Viewer
from kernel.db import Moment, db, fixed
from kernel.i18n import gettext as _
from kernel.pages import show_moment
from office.people.access import Role

INCIDENT, REQUEST = "incident", "privacy_request"


def guarded_by(viewer: Viewer) -> Block:
    """Return what a viewer must see to; no line for those who have no such duty."""
    question = _question(
        _acts(viewer),
        viewer.may(incidents_access.HANDLE),
        viewer.may(privacy_access.HANDLE),
        viewer.may(privacy_access.DECIDE),
    )
    found = db.session.execute(question, {"me": viewer.id}).all() if question is not None else []
    lines = [_incident(row) if row.kind == INCIDENT else _request(row) for row in found]
    lines.sort(key=lambda line: str(line.due or "9"))
    whole = "incidents.incidents" if any(row.kind == INCIDENT for row in found) else ""
    target = Target(whole or "privacy_requests.requests")
    return Block(_("Security and personal data"), lines[:SHOWN], target, "")


@cache
def _question(*rights: bool) -> Any:  # noqa: ANN401 - a SELECT, None for who has no such right
    acts, handles, answers, decides = rights
    parts = [*_incidents(acts=acts, handles=handles), *_requests(answers=answers, decides=decides)]
    return union_all(*parts) if parts else None


def notice_due(viewer: Viewer) -> Alarm | None:
    """Warn of the incident whose notice to the Committee is due next, within the 72 hours or after.

    It is for those who see incidents and do not only read.
    """
    if not _acts(viewer):
        return None
    row = db.session.execute(
        select(Incident.id, Incident.number, Incident.notice_due_at)
        .where(Incident.notice_due_at.is_not(None), Incident.notified_at.is_(None))
        .order_by(Incident.notice_due_at)
        .limit(fixed(1))
    ).first()
    if row is None:
        return None
    told = {"number": row.number, "when": show_moment(row.notice_due_at)}
    if row.notice_due_at < clock.now():
        text = _("The 72 hours are over: tell the Committee of incident %(number)s now.", **told)
    else:
        text = _("Tell the Committee of incident %(number)s by %(when)s.", **told)
    return Alarm(text, Target("incidents.incident", {"incident_id": row.id}))


def _acts(viewer: Viewer) -> bool:
    if viewer.may(incidents_access.HANDLE):
        return True
    return viewer.may(incidents_access.SEE) and Role.APPROVER in viewer.grants


def _incidents(*, acts: bool, handles: bool) -> Iterator[Select[Any]]:
    if not acts:
        return
    to_tell = Incident.notice_due_at.is_not(None) & Incident.notified_at.is_(None)
    whose: ColumnElement[bool] = to_tell
    if handles:
        whose = or_(Incident.state.in_(OPEN), to_tell)
    part = _part(
        INCIDENT,
        Incident.id,
        Incident.title,
        Incident.number,
        Incident.state,
        Incident.notice_due_at,
        cast(null(), Date),
        Incident.notified_at,
    )
    yield _first(part.where(whose).order_by(to_tell.desc(), Incident.id.desc()))


def _requests(*, answers: bool, decides: bool) -> Iterator[Select[Any]]:
    if answers:
        whose: ColumnElement[bool] = PrivacyRequest.state.in_(ASKED)
    elif decides:
        whose = PrivacyRequest.state == Asked.PROPOSED
    else:
        return
    # Two people erase: whoever proposed it waits for another one.
    proposed = PrivacyRequest.proposed_by_id.is_(None) | (
        PrivacyRequest.proposed_by_id != bindparam("me")
    )
    part = _part(
        REQUEST,
        PrivacyRequest.id,
        PrivacyRequest.kind,
        PrivacyRequest.number,
        PrivacyRequest.state,
        cast(null(), Moment),
        PrivacyRequest.due_on,
        cast(null(), Moment),
    )
    yield _first(part.where(whose, proposed).order_by(PrivacyRequest.due_on, PrivacyRequest.id))


def _part(kind: str, *columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of either table
    names = ("id", "title", "number", "state", "due_at", "due_on", "done_at")
    named = [column.label(name) for column, name in zip(columns, names, strict=True)]
    return select(literal(kind).label("kind"), *named)


def _first(part: Select[Any]) -> Select[Any]:
    inner = part.limit(fixed(SHOWN)).subquery()
    return select(*inner.c)


def _incident(row: Any) -> Line:  # noqa: ANN401 - a row
    due = None if row.done_at is not None else row.due_at
    face = INCIDENTS.faces[row.state]
    target = Target("incidents.incident", {"incident_id": row.id})
    late = due is not None and due < clock.now()
    return Line(row.title, row.number, target, due, late, face)


def _request(row: Any) -> Line:  # noqa: ANN401 - a row
    kind = Kind(row.title)
    due: date = row.due_on
    return Line(
        str(KINDS[kind]),
        row.number,
        Target("privacy_requests.request_page", {"request_id": row.id}),
        due,
        due < clock.today(),
        TABLES[kind].faces[row.state],
    )
