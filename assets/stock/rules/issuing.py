"""What goes out to people, and what they give back (clauses 204, 205; R-S1).

The needing unit asks, the store's orderer orders, the keeper hands out and posts, somebody
receives: each issue is one slip with all four names. Nobody orders what they ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.stock import access
from assets.stock.asked import NO_REFERENCE, Line, People, Reference
from assets.stock.ledger_models import StockMovement, StockSlip
from assets.stock.models import StockItem, Store
from assets.stock.quantities import checked
from assets.stock.rules import ledger, reserving, slips
from assets.stock.rules.ledger import Post
from assets.stock.states import Kind, SlipKind
from kernel.access import Permission, Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person
from office.places.models import Unit


def issue(
    store: Store,
    lines: Sequence[Line],
    people: People,
    purpose: str,
    *,
    reference: Reference = NO_REFERENCE,
    by: Viewer,
) -> StockSlip:
    """Hand materials out to a person; the slip is posted at once (clause 205).

    Args:
        store: an open one.
        lines: ``asked`` where another quantity was asked for, never less than what is handed out.
        people: who asked and who receives; the store's orderer orders where nobody else did.
        purpose: what it is for.
        by: who hands out; needs ``assets:stock:move`` over the unit of the store.

    Refuses more than there is or was asked for, a store without an orderer, an orderer who asked
    for it, people who have left, and a blank purpose (R-S1).
    """
    if not purpose.strip():
        raise Refusal(_("Please write what it is for."), field="purpose")
    return _issue(store, lines, people, purpose, reference, access.MOVE, by)


def issue_to_ticket(
    store: Store, lines: Sequence[Line], *, ticket_id: int, number: str, by: Viewer
) -> StockSlip:
    """Take parts for a repair; who takes them asks for them and receives them.

    Args:
        ticket_id, number: of the ticket.
        by: needs ``assets:stock:take`` over the unit of the store.

    Returns:
        the slip; each of its lines has its worth (``value``, baht).
    """
    me = _person(by)
    reference = Reference(number, ticket_id=ticket_id)
    purpose = _("Repair %(number)s", number=number)
    return _issue(store, lines, People(me, me), purpose, reference, access.TAKE, by)


def issue_to_request(
    store: Store,
    lines: Sequence[Line],
    people: People,
    *,
    request_id: int,
    number: str,
    purpose: str,
    by: Viewer,
) -> StockSlip:
    """Hand out what was asked for in a request; ``people.approver`` is who approved it.

    Give the open promise with each line (``Line.reservation``); what is handed out is taken off it.
    """
    reference = Reference(number, request_id=request_id)
    return issue(store, lines, people, purpose, reference=reference, by=by)


def give_back(slip: StockSlip, lines: Sequence[Line], reason: str, *, by: Viewer) -> StockSlip:
    """Take back what was issued with a slip and not used, at the price it went out with.

    Refuses more than the slip handed out and nobody gave back yet, and a blank reason.
    """
    by.demand(access.MOVE, slip.store.unit_id)
    reference = Reference(slip.reference, slip.ticket_id, slip.request_id, slip.purchase_id)
    return _give_back(slip.store, lines, StockMovement.slip_id == slip.id, reference, reason, by)


def return_from_ticket(
    store: Store, lines: Sequence[Line], *, ticket_id: int, number: str, reason: str, by: Viewer
) -> StockSlip:
    """Take back parts that a repair did not need; ``by`` needs ``assets:stock:take``.

    Refuses more than the ticket took out of this store and nobody gave back yet.
    """
    by.demand(access.TAKE, store.unit_id)
    of_ticket = StockMovement.slip_id.in_(
        select(StockSlip.id).where(StockSlip.ticket_id == ticket_id)
    )
    reference = Reference(number, ticket_id=ticket_id)
    return _give_back(store, lines, of_ticket, reference, reason, by)


def sign(slip: StockSlip, signature_key: str, *, by: Viewer) -> None:
    """Keep the receiver's signature of an issue: the key of a drawing in the file store.

    Drawn before the keeper, or by the receiver. Refuses another kind of document, and a second one.
    """
    if by.id is None or by.id != slip.receiver_id:
        by.demand(access.MOVE, slip.store.unit_id)
    if slip.kind != SlipKind.ISSUE:
        raise Refusal(_("Only an issue is signed by its receiver."))
    if slip.signature_key:
        raise Refusal(_("This has been signed already."))
    slip.signature_key = signature_key
    audit.record("signed", slip, by=by, after={"drawing": signature_key})


def _issue(
    store: Store,
    lines: Sequence[Line],
    people: People,
    purpose: str,
    reference: Reference,
    right: Permission,
    by: Viewer,
) -> StockSlip:
    by.demand(right, store.unit_id)
    slips.check_open(store)
    slips.check_lines(lines, retired=False)
    approver = _approver(store, people)
    quantities = [slips.base_quantity(line) for line in lines]
    for line, quantity in zip(lines, quantities, strict=True):
        _check_asked(line, quantity)
    balances = ledger.lock(store, [line.item for line in lines])
    promised = [reserving.keep(line, store, balances) for line in lines]
    for line, quantity, kept in zip(lines, quantities, promised, strict=True):
        ledger.demand(balances[line.item.id], line.item, quantity, promised=kept)
    slip = slips.write(SlipKind.ISSUE, store, by=by, purpose=purpose, reference=reference)
    _name_people(slip, people, approver)
    for line, quantity, kept in zip(lines, quantities, promised, strict=True):
        balance = balances[line.item.id]
        made = slips.add_line(slip, line, line.asked or quantity, quantity)
        reserving.use(line, min(quantity, kept), balance)
        post = Post(slip, Kind.ISSUED, by)
        moved = ledger.take_out(balance, line.item, quantity, post, promised=Decimal(0))
        made.value = -sum((one.value for one in moved), Decimal(0))
        made.left_after = balance.quantity
    db.session.flush()  # who calls links to the document by its id
    slips.record("issued", slip, by=by, receiver=slip.receiver_name, approver=slip.approver_name)
    return slip


def _check_asked(line: Line, quantity: Decimal) -> None:
    if line.asked is None:
        return
    asked = checked(line.asked, whole=line.item.whole_only, field="asked")
    if quantity > asked:
        raise Refusal(
            _("No more is handed out than was asked for: “%(name)s”.", name=line.item.name),
            field="quantity",
        )


def _approver(store: Store, people: People) -> Person:
    approver = people.approver or store.orderer
    if approver is None or approver.left_on is not None:
        raise Refusal(
            _(
                "Nobody orders issues for the store “%(name)s”. Please name somebody on the page "
                "of the store (clause 205).",
                name=store.name,
            )
        )
    for one in (people.requester, people.receiver):
        if one.left_on is not None:
            raise Refusal(_("%(name)s has left.", name=one.name), field="receiver")
    if approver.id == people.requester.id:
        raise NotAllowed(
            _(
                "%(name)s orders the issues of this store and cannot order a request of their own. "
                "Somebody else has to ask or to order.",
                name=approver.name,
            )
        )
    return approver


def _name_people(slip: StockSlip, people: People, approver: Person) -> None:
    asker, receiver = people.requester, people.receiver
    with db.session.no_autoflush:  # the slip is not complete before its people stand on it
        unit = db.session.get_one(Unit, asker.unit_id)
    slip.requester_id, slip.requester_name = asker.id, asker.name_th
    slip.requester_position, slip.requester_unit = asker.position, unit.name_th
    slip.approver_id, slip.approver_name = approver.id, approver.name_th
    slip.approver_position = approver.position
    slip.receiver_id, slip.receiver_name = receiver.id, receiver.name_th
    slip.receiver_position = receiver.position
    slip.signature_key = people.signature_key


def _give_back(
    store: Store,
    lines: Sequence[Line],
    issued: object,
    reference: Reference,
    reason: str,
    by: Viewer,
) -> StockSlip:
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    slips.check_lines(lines, retired=False)
    quantities = [slips.base_quantity(line) for line in lines]
    balances = ledger.lock(store, [line.item for line in lines])
    slip = slips.write(SlipKind.RETURN, store, by=by, purpose=reason, reference=reference)
    for line, quantity in zip(lines, quantities, strict=True):
        made = slips.add_line(slip, line, quantity, quantity)
        balance = balances[line.item.id]
        issues = _issues(store, line.item, issued)
        post = Post(slip, Kind.GIVEN_BACK, by, reason)
        moved = ledger.put_back(balance, issues, quantity, post)
        made.value = sum((one.value for one in moved), Decimal(0))
        made.left_after = balance.quantity
    db.session.flush()  # who calls links to the document by its id
    slips.record("given_back", slip, by=by, reason=reason.strip()[:400])
    return slip


def _issues(store: Store, item: StockItem, issued: object) -> Sequence[StockMovement]:
    return db.session.scalars(
        select(StockMovement)
        .options(joinedload(StockMovement.layer))
        .where(
            StockMovement.store_id == store.id,
            StockMovement.item_id == item.id,
            StockMovement.kind == Kind.ISSUED,
            issued,  # type: ignore[arg-type]  # a term over the movement's document
        )
    ).all()


def _person(by: Viewer) -> Person:
    if by.id is None:
        raise NotAllowed(_("Only a person can take materials."))
    return db.session.get_one(Person, by.id)
