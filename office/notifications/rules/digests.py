"""One e-mail a day in place of many: what a person wants to read together."""

from __future__ import annotations

from sqlalchemy import select, update

from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import mark, ngettext, speaking
from office.bookkeeping import rules as bookkeeping
from office.bookkeeping.models import OutgoingMessage
from office.notifications.kinds import DIGEST
from office.notifications.models import Delivery, Quietness
from office.notifications.states import DELIVERIES, Action, State
from office.people.models import Person

# So many are told of in words; of the rest the digest tells the number.
MOST_LINES = 100
# Kept in English, as the catalogue names it; pages say it to each reader.
IN_DIGEST = mark("It came with the digest.")


def due() -> list[int]:
    """Return the people whose digest of today has come due and who have something to read."""
    now = clock.local(clock.now())
    waiting = (
        select(OutgoingMessage.person_id)
        .join(Delivery, Delivery.message_id == OutgoingMessage.id)
        .where(Delivery.state == State.COLLECTED)
    )
    found = db.session.scalars(
        select(Quietness.person_id).where(
            Quietness.digest_at <= now.time(),
            (Quietness.last_digest_on.is_(None)) | (Quietness.last_digest_on < now.date()),
            Quietness.person_id.in_(waiting),
        )
    )
    return list(found)


def collect(person_id: int) -> bool:
    """Write one message that tells of all that wait; False where another process has done so."""
    quietness = db.session.scalar(
        select(Quietness).where(Quietness.person_id == person_id).with_for_update()
    )
    if quietness is None or quietness.last_digest_on == clock.today():
        return False
    quietness.last_digest_on = clock.today()
    waiting = db.session.scalars(
        select(Delivery)
        .join(OutgoingMessage)
        .where(OutgoingMessage.person_id == person_id, Delivery.state == State.COLLECTED)
        .order_by(Delivery.id)
    ).all()
    if not waiting:
        return False
    person = db.session.get_one(Person, person_id)
    key = f"digest:{person_id}:{clock.today().isoformat()}"
    with speaking(person.language):
        number = len(waiting)
        lines = [f"• {delivery.message.subject}" for delivery in waiting[:MOST_LINES]]
        if number > MOST_LINES:
            lines.append(_("… and %(number)s more in your inbox.", number=number - MOST_LINES))
        bookkeeping.send(
            kind=DIGEST,
            subject=ngettext("%(number)s message today", "%(number)s messages today", number),
            body="\n".join(lines),
            language=person.language,
            person_id=person_id,
            link="/inbox",
            dedupe_key=key,
        )
    db.session.execute(
        update(OutgoingMessage).where(OutgoingMessage.dedupe_key == key).values(read_at=clock.now())
    )
    for delivery in waiting:
        delivery.state = DELIVERIES.target(State(delivery.state), Action.COLLECT)
        delivery.last_error = IN_DIGEST
    return True
