"""The views of the queue as data: what each holds, how it is called, whether it is counted.

A view of open tickets lists them by what is due next, one of finished ones the newest first. Who
wants another view keeps filters under a name (office/saved_views).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select

from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import WAITING, Kind, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import BigId, Moment, fixed_word, unplanned
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from office.places.models import Unit

Terms = Callable[[], list[ColumnElement[bool]]]


@dataclass(frozen=True)
class View:
    """One view.

    Attributes:
        key: its name in the address.
        label: a lazy text.
        terms: what its tickets have in common; ``me``, ``now`` and ``tonight`` are given when it
            is asked.
        is_open: it holds open tickets only.
        counted: its count stands beside its name.
    """

    key: str
    label: Any
    terms: Terms
    is_open: bool = True
    counted: bool = True


# What the views are asked with: they and the words of states leave a statement with one plan.
ME: Any = unplanned(bindparam("me", type_=BigId))
NOW: Any = unplanned(bindparam("now", type_=Moment))
TONIGHT: Any = unplanned(bindparam("tonight", type_=Moment))


def _in_state(*states: State) -> Terms:
    words = [fixed_word(state) for state in states]
    return lambda: [Ticket.state.in_(words) if len(words) > 1 else Ticket.state == words[0]]


def _tour() -> list[ColumnElement[bool]]:
    """Work at schools that is one's own or nobody's yet: what a day out there is planned from."""
    schools = select(Unit.id).where(Unit.kind == fixed_word("school"))
    mine = or_(Ticket.assignee_id == ME, Ticket.assignee_id.is_(None))
    return [Ticket.next_due_at.is_not(None), Ticket.unit_id.in_(schools), mine]


def _open(*terms: Callable[[], ColumnElement[bool]]) -> Terms:
    return lambda: [Ticket.next_due_at.is_not(None), *(term() for term in terms)]


VIEWS: dict[str, View] = {
    view.key: view
    for view in (
        View("open", _l("All open"), _open()),
        View("mine", _l("Mine"), _open(lambda: Ticket.assignee_id == ME)),
        View("tour", _l("My school tour"), _tour),
        View("unassigned", _l("Nobody has it yet"), _open(lambda: Ticket.assignee_id.is_(None))),
        View(
            "today",
            _lp("tickets", "Due today"),
            lambda: [Ticket.next_due_at.between(NOW, TONIGHT)],
        ),
        View("late", _l("Late"), lambda: [Ticket.next_due_at < NOW]),
        View("waiting", _l("Waiting"), _in_state(*WAITING)),
        View("parts", _l("Waiting for parts"), _in_state(State.WAITING_PARTS)),
        View("outside", _l("Sent out for repair"), _in_state(State.WAITING_OUTSIDE)),
        View("requester", _l("Waiting for the reporter"), _in_state(State.WAITING_REQUESTER)),
        View(
            "advice",
            _lp("tickets", "Advice"),
            _open(lambda: Ticket.kind == fixed_word(Kind.ADVICE)),
        ),
        View("resolved", _l("Resolved, not confirmed"), _in_state(State.RESOLVED), is_open=False),
        View("closed", _l("Finished"), _in_state(State.CLOSED), is_open=False, counted=False),
        View(
            "cancelled",
            _l("Cancelled tickets"),
            _in_state(State.CANCELLED),
            is_open=False,
            counted=False,
        ),
    )
}
COUNTED: Sequence[View] = tuple(view for view in VIEWS.values() if view.counted)


def asked_by(viewer: Viewer) -> dict[str, Any]:
    """Return what the terms of the views are asked with."""
    now = clock.now()
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return {"me": viewer.id, "now": now, "tonight": midnight + timedelta(days=1)}
