"""The working group: who is in it, in which duty, and the order that appoints them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from helpdesk.programmes import queries
from helpdesk.programmes.models import Programme, ProgrammeMember
from helpdesk.programmes.states import Duty, State
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person


def add_member(
    programme: Programme, person: Person, duty: Duty, acting: str, *, by: Viewer
) -> ProgrammeMember:
    """Take somebody into the working group.

    Refuses who has left, who is in it already, a second chair, and a programme that has ended.
    """
    _demand_open(programme)
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=person.name), field="person")
    made = ProgrammeMember(
        programme_id=programme.id,
        person_id=person.id,
        duty=duty,
        name=person.name_th,
        position=person.position,
        acting=acting.strip(),
    )
    taken = _("%(name)s is in the group already, or the group has a chair.", name=person.name)
    db.session.add(made)
    try:
        db.session.flush()  # of two that add the same person, or a second chair, one is refused
    except IntegrityError as error:
        if violates(error, "uq_programme_member_chair", "index 'uq_programme_member_chair'"):
            raise Refusal(_("The group has a chair already."), field="duty") from error
        names = ("uq_programme_member_programme_id", "programme_member.programme_id")
        if not violates(error, *names):
            raise
        raise Refusal(taken, field="person") from error
    audit.record("added", made, by=by, after={"person": person.name_th, "duty": duty})
    return made


def remove_member(programme: Programme, member_id: int, *, by: Viewer) -> None:
    """Let somebody go from the working group; refuses the owner, who answers for the programme."""
    _demand_open(programme)
    found = db.session.scalar(
        select(ProgrammeMember).where(
            ProgrammeMember.id == member_id, ProgrammeMember.programme_id == programme.id
        )
    )
    if found is None:
        raise NotFound(_("There is no such person in the group."))
    if found.person_id == programme.owner_id:
        raise Refusal(_("The owner stays in the group."))
    audit.record("removed", found, by=by, before={"person": found.name, "duty": found.duty})
    db.session.delete(found)


def write_order(
    programme: Programme, order_no: str, ordered_on: date, *, anyway: bool, by: Viewer
) -> None:
    """Write down number and day of the order that appoints the group.

    Args:
        programme: whose group it is.
        order_no: as the office numbers it; suggested, editable, never given twice unless said so.
        ordered_on: the day of the order.
        anyway: keep a number that another order has.
        by: who writes it.

    Refuses an empty group, an empty number, and, unless ``anyway``, a number that stands already.
    """
    _demand_open(programme)
    if not order_no.strip():
        raise Refusal(_("Please write the number of the order."), field="order_no")
    if not queries.members_of(programme.id):
        raise Refusal(_("Name the working group first."))
    other = queries.same_order_no(order_no.strip(), programme.id)
    if other is not None and not anyway:
        raise Refusal(
            _("The order of “%(name)s” has this number. Tick the box to keep it.", name=other.name),
            field="anyway",
        )
    before = {"order_no": programme.order_no, "ordered_on": programme.ordered_on}
    programme.order_no, programme.ordered_on = order_no.strip(), ordered_on
    after = {"order_no": programme.order_no, "ordered_on": ordered_on}
    audit.record("ordered", programme, by=by, before=before, after=after)


def _demand_open(programme: Programme) -> None:
    if programme.state in (State.CLOSED, State.CANCELLED):
        raise Refusal(_("This programme has ended."))
