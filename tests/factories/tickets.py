"""Labels, symptoms and tickets for tests."""

from __future__ import annotations

import itertools
from typing import Any

from assets.catalogue.models import Symptom
from assets.labels.models import Tag
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Action, Cause, Outcome, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.places.models import Unit
from tests.factories.office import in_work, make_office

GUEST = Viewer()
RESULT = rules.Result(Outcome.FIXED, Cause.HARDWARE, "เปลี่ยนสายไฟ")
_count = itertools.count(1)


def make_tag(asset: Asset | None = None, **overrides: Any) -> Tag:
    """Return a new label, blank where no item is given."""
    number = next(_count)
    with in_work():
        tag = Tag(
            **{
                "code": f"A{number:07}",
                "asset_id": asset.id if asset else None,
                "created_at": clock.now(),
                **overrides,
            }
        )
        db.session.add(tag)
    return tag


def make_symptom(class_id: int | None = None, **overrides: Any) -> Symptom:
    """Return a chip; one for everything where no class is given."""
    with in_work():
        chip = Symptom(
            **{
                "class_id": class_id,
                "text_th": "เปิดไม่ติด",
                "text_en": "Does not turn on",
                **overrides,
            }
        )
        db.session.add(chip)
    return chip


def make_ticket(
    asset: Asset | None = None,
    *,
    unit: Unit | None = None,
    by: Viewer = GUEST,
    state: State = State.NEW,
    technician: Viewer | None = None,
    **overrides: Any,
) -> Ticket:
    """Return a ticket, led along the rules to the state that is asked for.

    Args:
        technician: who does the work; needed for any state but new and cancelled.
        overrides: fields of ``intake.Report``.
    """
    with in_work():
        fields = {
            "asset": db.session.merge(asset) if asset else None,
            "unit_id": None if asset else (unit or make_office()).id,
            "detail": "จอไม่ติด",
            "reporter_name": "ครูสมมติ",
            "reporter_contact": "teacher@example.test",
            **overrides,
        }
        ticket = intake.report(intake.Report(**fields), by=by)
        db.session.flush()
        lead_to(ticket, state, technician or by)
    return ticket


def lead_to(ticket: Ticket, state: State, by: Viewer) -> None:
    """Move a new ticket to a state by the acts that lead there."""
    waits = {
        State.WAITING_REQUESTER: Action.ASK_REQUESTER,
        State.WAITING_APPROVAL: Action.AWAIT_APPROVAL,
        State.WAITING_PARTS: Action.AWAIT_PARTS,
        State.WAITING_OUTSIDE: Action.SEND_OUT,
    }
    if state == State.CANCELLED:
        rules.cancel(ticket, "แจ้งซ้ำ", by=by)
    elif state != State.NEW:
        rules.take(ticket, by=by)
        if state != State.ACCEPTED:
            rules.start(ticket, by=by)
    if state in waits:
        rules.wait(ticket, waits[state], "รอข้อมูล", by=by, look_again=clock.today())
    if state in (State.RESOLVED, State.CLOSED):
        rules.resolve(ticket, RESULT, by=by)
    if state == State.CLOSED:
        rules.close(ticket, by=by)
