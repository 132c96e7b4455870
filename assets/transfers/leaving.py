"""Nobody leaves with things in the own name (the room of people asks here)."""

from __future__ import annotations

from sqlalchemy import func, select

from assets.register.models import Asset
from assets.register.states import Lifecycle
from assets.transfers.models import Handover, HandoverLine
from assets.transfers.states import HandoverState
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from office.people.leaving import Standing
from office.people.models import Person

NAMED = 5
GONE = (Lifecycle.DISPOSED, Lifecycle.TRANSFERRED_OUT, Lifecycle.LOST)


def still_in_charge(person: Person) -> Standing | None:
    """Return what keeps a person from leaving: things in the name, or waiting for the answer."""
    mine = (Asset.custodian_id == person.id, Asset.lifecycle.not_in(GONE))
    number = db.session.scalar(select(func.count()).select_from(Asset).where(*mine)) or 0
    if number:
        first = db.session.execute(
            select(Asset.name, Asset.asset_no)
            .where(*mine)
            .order_by(Asset.asset_no_sort, Asset.id)
            .limit(NAMED)
        ).all()
        named = [" ".join(part for part in (row.name, row.asset_no) if part) for row in first]
        return Standing(
            ngettext(
                "%(name)s still has %(number)s item in their name. Hand it over first.",
                "%(name)s still has %(number)s items in their name. Hand them over first.",
                number,
                name=person.name,
            ),
            things=(*named, *(["…"] if number > NAMED else [])),
            href=f"/handovers/new?person={person.id}",
            action=_("Hand everything over"),
        )
    return _waiting(person)


def _waiting(person: Person) -> Standing | None:
    first = db.session.scalar(
        select(Handover)
        .join(HandoverLine, HandoverLine.handover_id == Handover.id)
        .where(Handover.to_person_id == person.id, HandoverLine.state == HandoverState.PROPOSED)
        .order_by(Handover.id)
        .limit(1)
    )
    if first is None:
        return None
    return Standing(
        _(
            "Handover %(number)s waits for the answer of %(name)s. Recall it first.",
            number=first.number,
            name=person.name,
        ),
        href=f"/handovers/{first.id}",
        action=_("To the handover"),
    )
