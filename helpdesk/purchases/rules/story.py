"""The story of a purchase: its moments, and who is told what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from helpdesk.purchases.models import Purchase, PurchaseMoment
from helpdesk.purchases.order_models import OrderInstalment
from helpdesk.purchases.states import Act
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person, RoleGrant

UNPAID = "purchase_unpaid"


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


def unpaid_key(row: OrderInstalment) -> str:
    """Return what the messages about an instalment that is not paid are known by."""
    return f"unpaid-{row.id}"


def tell_unpaid(row: OrderInstalment, amount: Decimal, since: date, last: date) -> None:
    """Tell the supply officers that an accepted instalment should have been paid by now."""
    order = row.order
    _tell(
        _officers(),
        order.purchase,
        UNPAID,
        lambda: _("Accepted, not paid: %(title)s", title=order.purchase.title),
        lambda: _(
            "%(vendor)s, instalment %(number)s: %(amount)s baht, accepted on %(day)s, to be paid "
            "by %(last)s. Write down the payment on the page of the purchase.",
            vendor=order.vendor.name,
            number=row.position,
            amount=f"{amount:,.2f}",
            day=show_date(since, "long"),
            last=show_date(last, "long"),
        ),
        unpaid_key(row),
    )


def _tell(
    people: Iterable[Person],
    purchase: Purchase,
    kind: str,
    subject: Callable[[], str],
    body: Callable[[], str],
    once: str = "",
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
                dedupe_key=f"{once}/{person.id}" if once else None,
            )


def _officers() -> Sequence[Person]:
    """Return the supply officers of the whole office."""
    held = select(RoleGrant.person_id).where(
        RoleGrant.role == Role.STOREKEEPER, RoleGrant.unit_id.is_(None)
    )
    return db.session.scalars(
        select(Person).where(Person.id.in_(held), Person.left_on.is_(None)).order_by(Person.id)
    ).all()
