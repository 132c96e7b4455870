"""The story of a purchase: its moments, and who is told what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select

from helpdesk.purchases.models import Purchase, PurchaseMoment
from helpdesk.purchases.states import Act
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person, RoleGrant


def page_of(purchase: Purchase) -> str:
    """Return the address of a purchase's own page."""
    return f"/purchases/{purchase.id}"


def note(purchase: Purchase, act: Act, *, by: Viewer, words: str = "") -> None:
    """Write a moment into the story."""
    db.session.add(
        PurchaseMoment(
            purchase_id=purchase.id,
            at=clock.now(),
            act=act,
            person_id=by.id,
            name=by.name[:200],
            words=words,
        )
    )


def tell_to_order(purchase: Purchase) -> None:
    """Tell the supply officers that an approved purchase waits to be ordered."""
    _tell(
        _officers(),
        purchase,
        "purchase_to_order",
        lambda: _("To order: %(title)s", title=purchase.title),
        lambda: _("Approved. Asked by %(name)s.", name=purchase.asker_name),
    )


def tell_asker(purchase: Purchase, kind: str, say: Callable[[], str]) -> None:
    """Tell the asker how the purchase goes on."""
    _tell([purchase.asker], purchase, kind, lambda: purchase.title, say)


def _tell(
    people: Iterable[Person],
    purchase: Purchase,
    kind: str,
    subject: Callable[[], str],
    body: Callable[[], str],
) -> None:
    for person in people:
        with speaking(person.language):
            bookkeeping.send(
                kind=kind,
                subject=subject(),
                body=f"{purchase.number or ''} {purchase.title}\n{body()}".strip(),
                language=person.language,
                person_id=person.id,
                link=page_of(purchase),
            )


def _officers() -> Sequence[Person]:
    """Return the supply officers of the whole office."""
    held = select(RoleGrant.person_id).where(
        RoleGrant.role == Role.STOREKEEPER, RoleGrant.unit_id.is_(None)
    )
    return db.session.scalars(
        select(Person).where(Person.id.in_(held), Person.left_on.is_(None)).order_by(Person.id)
    ).all()
