"""What people are told of rights: that one ends soon or has ended, that something is to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from helpdesk.access_rights import queries
from helpdesk.access_rights.models import AccessRight, ReviewRound
from helpdesk.access_rights.states import SOON_DAYS, Part
from helpdesk.requests.models import ServiceRequest
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

MINE, TO_DO = "/access", "/access/to-do"


def step_of(ends_on: date, today: date) -> int | None:
    """Return which warning is due: 3 in the last three days, 14 in the last fortnight, or none."""
    left = (ends_on - today).days
    return min((step for step in SOON_DAYS if 0 <= left <= step), default=None)


def tell_ending(right: AccessRight) -> None:
    """Tell the holder the last day, and how to keep the access."""
    _tell(
        [right.person],
        "access_ends",
        lambda: _(
            "Your access to %(system)s ends on %(day)s",
            system=right.system.name,
            day=show_date(right.ends_on, "long"),
        ),
        lambda: _("If you need it longer, ask for a change now; otherwise you need do nothing."),
        MINE,
    )


def tell_ended(right: AccessRight) -> None:
    """Tell the holder that the access has ended and why, and the keepers to switch it off."""
    _tell(
        [right.person],
        "access_ended",
        lambda: _("Your access to %(system)s has ended", system=right.system.name),
        lambda: _("Reason: %(why)s", why=right.revoked_why),
        MINE,
    )
    _tell(
        _keepers(right.system_id),
        "access_to_switch_off",
        lambda: _(
            "Please switch off: %(name)s in %(system)s",
            name=right.person.name,
            system=right.system.name,
        ),
        lambda: _("Account: %(account)s", account=right.account or "–"),
        TO_DO,
    )


def tell_granted(right: AccessRight) -> None:
    """Tell the holder the account and its last day; a password comes from the keeper in person."""
    _tell(
        [right.person],
        "access_granted",
        lambda: _("You have access to %(system)s", system=right.system.name),
        lambda: _(
            "Account: %(account)s, until %(day)s. The keeper hands you the first password in "
            "person; it is never sent.",
            account=right.account or "–",
            day=show_date(right.ends_on, "long"),
        ),
        MINE,
    )


def tell_keepers_to_grant(request: ServiceRequest, system_id: int) -> None:
    """Tell the keepers that an approved request waits for its account."""
    _tell(
        _keepers(system_id),
        "access_to_grant",
        lambda: _("To carry out: %(title)s", title=request.title),
        lambda: _("Approved. Asked by %(name)s.", name=request.asker_name),
        TO_DO,
    )


def tell_review(round_: ReviewRound) -> None:
    """Tell the owners that the rights of their system are to be looked through."""
    owners = queries.parts_of([round_.system_id]).get((round_.system_id, Part.OWNER), [])
    _tell(
        owners,
        "access_review",
        lambda: _("Please look through who has access to %(system)s", system=round_.system.name),
        lambda: _("Keep or revoke each right until %(day)s.", day=show_date(round_.due_on, "long")),
        f"/access/reviews/{round_.id}",
    )


def _keepers(system_id: int) -> list[Person]:
    return queries.parts_of([system_id]).get((system_id, Part.KEEPER), [])


def _tell(
    people: Iterable[Person],
    kind: str,
    subject: Callable[[], str],
    body: Callable[[], str],
    link: str,
) -> None:
    """Leave a message for each, in the language of each."""
    for person in people:
        if person.left_on is not None:
            continue
        with speaking(person.language):
            bookkeeping.send(
                kind=kind,
                subject=subject(),
                body=body(),
                language=person.language,
                person_id=person.id,
                link=link,
            )
