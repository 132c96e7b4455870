"""The story of a request: moments that are only added, and the messages that go with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select

from helpdesk.requests.models import RequestMoment, ServiceRequest
from helpdesk.requests.states import Act
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person, RoleGrant


def note(request: ServiceRequest, act: Act, *, by: Viewer, words: str = "") -> None:
    """Add a moment to the story of a request."""
    db.session.add(
        RequestMoment(
            request_id=request.id,
            at=clock.now(),
            act=act,
            person_id=by.id,
            name=by.name[:200],
            words=words,
        )
    )


def page_of(request: ServiceRequest) -> str:
    """Return the path of the page of a request."""
    return f"/requests/{request.id}"


def tell_finished(request: ServiceRequest, *, days: int) -> None:
    """Tell the asker that it is carried out, and until when to say that it is not."""
    _tell(
        [request.asker],
        request,
        "request_done",
        lambda: _("Carried out: %(title)s", title=request.title),
        lambda: _(
            "Please look whether everything is as you asked and confirm it. Without a word from "
            "you it counts as finished after %(days)s days.",
            days=days,
        ),
    )


def tell_ended(request: ServiceRequest, why: str) -> None:
    """Tell the asker that staff ended an approved request, and why."""
    _tell(
        [request.asker],
        request,
        "request_ended",
        lambda: _("Your request was ended: %(title)s", title=request.title),
        lambda: _("Reason: %(why)s", why=why),
    )


def tell_to_carry_out(request: ServiceRequest, people: Iterable[Person]) -> None:
    """Tell people that an approved request waits to be carried out by them."""
    _tell(
        people,
        request,
        "request_to_do",
        lambda: _("To carry out: %(title)s", title=request.title),
        lambda: _("Approved. Asked by %(name)s.", name=request.asker_name),
    )


def tell_complained(request: ServiceRequest, people: Iterable[Person], words: str) -> None:
    """Tell those who carried it out that the asker says it is not done."""
    _tell(
        people,
        request,
        "request_complained",
        lambda: _("Not done yet: %(title)s", title=request.title),
        lambda: words,
    )


def tell_commented(request: ServiceRequest, people: Iterable[Person], words: str) -> None:
    """Tell the other side what was written."""
    _tell(
        people,
        request,
        "request_comment",
        lambda: _("A word on your request: %(title)s", title=request.title),
        lambda: words,
    )


def _tell(
    people: Iterable[Person],
    request: ServiceRequest,
    kind: str,
    subject: Callable[[], str],
    body: Callable[[], str],
) -> None:
    """Leave a message for each, in the language of each."""
    for person in people:
        with speaking(person.language):
            bookkeeping.send(
                kind=kind,
                subject=subject(),
                body=f"{request.number or ''} {request.title}\n{body()}".strip(),
                language=person.language,
                person_id=person.id,
                link=page_of(request),
            )


def holders(roles: Sequence[str], unit_id: int) -> Sequence[Person]:
    """Return who holds one of the roles for exactly this unit, else for the whole office."""
    own = _holders(roles, unit_id)
    return own or _holders(roles, None)


def _holders(roles: Sequence[str], unit_id: int | None) -> Sequence[Person]:
    return db.session.scalars(
        select(Person)
        .where(
            Person.id.in_(
                select(RoleGrant.person_id).where(
                    RoleGrant.role.in_(roles),
                    RoleGrant.unit_id == unit_id if unit_id else RoleGrant.unit_id.is_(None),
                )
            ),
            Person.left_on.is_(None),
        )
        .order_by(Person.id)
    ).all()
