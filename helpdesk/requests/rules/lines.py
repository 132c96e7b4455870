"""The lines of a request for materials: kept in the draft, lowered, promised, handed out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.stock.asked import Line, People, Reference
from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockBalance, StockItem, StockReservation, Store
from assets.stock.quantities import checked, shown
from assets.stock.rules import issuing, reserving
from helpdesk.requests.answers import Reading
from helpdesk.requests.line_models import MaterialLine
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import carrying_out, story
from helpdesk.requests.states import Act, State
from kernel import numbers
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.approvals import access as approvals
from office.approvals import queries
from office.bookkeeping import audit
from office.people.models import Person

MOST_LINES = 60
LINE = re.compile(r"(line|add)_(\d{1,15})")


def lines_of(request_id: int) -> Sequence[MaterialLine]:
    """Return the lines of a request in the order they were added."""
    return db.session.scalars(
        select(MaterialLine)
        .options(joinedload(MaterialLine.item), joinedload(MaterialLine.reservation))
        .where(MaterialLine.request_id == request_id)
        .order_by(MaterialLine.id)
    ).all()


def keep_draft(request: ServiceRequest, typed: Mapping[str, str]) -> None:
    """Keep the lines of the form: ``line_7`` changes the line of item 7, ``add_7`` adds one.

    An empty quantity takes a line out; nonsense stays as typed until it is sent. Refuses more than
    60 lines, and items that are not kept in stock.
    """
    have = {line.item_id: line for line in lines_of(request.id)}
    for name, value in typed.items():
        found = LINE.fullmatch(name)
        if found is None:
            continue
        item_id, said = int(found[2]), value.strip()[:40]
        line = have.get(item_id)
        if line is not None and (said or found[1] == "line"):
            _rewrite(line, said, typed.get(f"note_{item_id}"))
        elif line is None and said and found[1] == "add":
            have[item_id] = _add(request, item_id, said, len(have))
    db.session.flush()  # what was taken out is not counted any more


def _rewrite(line: MaterialLine, said: str, note: str | None) -> None:
    if not said:
        db.session.delete(line)
        return
    line.typed = said
    if note is not None:
        line.note = note.strip()[:200]


def _add(request: ServiceRequest, item_id: int, said: str, count: int) -> MaterialLine:
    item = db.session.get(StockItem, item_id)
    if item is None or item.retired_on is not None:
        raise Refusal(_("There is no such material in stock."))
    if count >= MOST_LINES:
        raise Refusal(_("A request has at most %(most)s lines.", most=MOST_LINES))
    line = MaterialLine(request_id=request.id, item_id=item_id, typed=said, item=item)
    db.session.add(line)
    return line


def quantity_of(line: MaterialLine) -> Decimal:
    """Return the quantity that a draft's line says.

    Raises:
        Refusal: it is no quantity, negative, zero, a fraction of a whole thing, or too many digits.
    """
    try:
        typed = numbers.read(line.typed)
    except ValueError as wrong:
        raise Refusal(str(wrong)) from wrong
    return checked(typed, whole=line.item.whole_only)


def check(request: ServiceRequest, reading: Reading) -> None:
    """Find what is wrong with the lines of a draft."""
    lines = lines_of(request.id)
    if not lines:
        reading.wrong["lines"] = _("Please add at least one material with its quantity.")
    for line in lines:
        try:
            quantity_of(line)
        except Refusal as refusal:
            reading.wrong[f"line_{line.item_id}"] = f"{line.item.name}: {refusal.message}"
            continue
        if line.item.retired_on is not None:
            reading.wrong[f"line_{line.item_id}"] = _(
                "“%(name)s” is not kept in stock any more.", name=line.item.name
            )


def freeze(request: ServiceRequest) -> None:
    """Write down what is asked for as it is sent; what somebody lowered before is forgotten."""
    for line in lines_of(request.id):
        line.requested, line.approved = quantity_of(line), None


def lower(
    request: ServiceRequest, wanted: Mapping[int, Decimal | None], why: str, *, by: Viewer
) -> int:
    """Approve less than was asked for, as who is asked to sign now.

    Who signed before approved more, so their signatures stand. Refuses everybody else, more than
    was asked for, and lowering without a reason.

    Returns:
        how many lines were lowered.
    """
    if request.state != State.WAITING or request.approval is None:
        raise Refusal(_("Quantities are lowered while the request waits for approval."))
    if not approvals.can_sign(by, request.approval):
        raise NotAllowed(_("Only who is asked to sign now may do this."))
    told = []
    for line in lines_of(request.id):
        quantity = wanted.get(line.id)
        if quantity is None or line.requested is None:
            continue
        asked = checked(quantity, whole=line.item.whole_only, zero=True)
        before = line.requested if line.approved is None else line.approved
        if asked > line.requested:
            raise Refusal(
                _(
                    "“%(name)s”: no more can be approved than was asked for (%(asked)s).",
                    name=line.item.name,
                    asked=shown(line.requested),
                )
            )
        if asked != before:
            line.approved = asked
            told.append(f"{line.item.name_th}: {shown(before)} → {shown(asked)}")
    if told and not why.strip():
        raise Refusal(_("Please give the reason."), field="words")
    if told:
        story.note(request, Act.LOWERED, by=by, words="\n".join([*told, why.strip()]))
        audit.record("lowered", request, by=by, after={"lines": told, "why": why.strip()})
    return len(told)


def approve(request: ServiceRequest, store: Store | None, *, by: Viewer) -> None:
    """Fix what is approved and promise as much of it as the store has free."""
    for line in lines_of(request.id):
        if line.approved is None:
            line.approved = line.requested
        free = _free(store, line) if store is not None and store.closed_on is None else Decimal(0)
        promised = min(line.left, free)
        if store is not None and promised > 0 and line.item.retired_on is None:
            reference = Reference(request.number or "", request_id=request.id)
            line.reservation = reserving.reserve(store, Line(line.item, promised), reference, by=by)


def _free(store: Store, line: MaterialLine) -> Decimal:
    balance = db.session.scalar(
        select(StockBalance).where(
            StockBalance.store_id == store.id, StockBalance.item_id == line.item_id
        )
    )
    return balance.free if balance is not None else Decimal(0)


def release(request: ServiceRequest, *, by: Viewer) -> None:
    """Let go of what is promised to a request and not handed out."""
    for promise in reserving.open_for_request(request.id):
        reserving.release(promise, by=by)


def withdraw(request: ServiceRequest, *, by: Viewer) -> None:
    """Undo an approval: promises are let go. Refuses where something was handed out already."""
    if any(line.issued for line in lines_of(request.id)):
        raise Refusal(
            _(
                "Some of it was handed out already. Finish the request with what was handed out, "
                "and ask anew for anything else."
            )
        )
    release(request, by=by)
    for line in lines_of(request.id):
        line.approved = None


def _taken(
    request: ServiceRequest, quantities: Mapping[int, Decimal | None]
) -> list[tuple[MaterialLine, Decimal]]:
    """Return what is handed out of each line, never more than is left of it."""
    taken = [
        (line, checked(quantities[line.id], whole=line.item.whole_only))
        for line in lines_of(request.id)
        if quantities.get(line.id)
    ]
    if not taken:
        raise Refusal(_("Please write how much of at least one material is handed out."))
    for line, quantity in taken:
        if quantity > line.left:
            raise Refusal(
                _(
                    "“%(name)s”: only %(left)s are approved and not handed out yet.",
                    name=line.item.name,
                    left=shown(line.left),
                ),
                field=f"line_{line.id}",
            )
    return taken


def issue(
    request: ServiceRequest,
    store: Store,
    quantities: Mapping[int, Decimal | None],
    receiver: Person,
    *,
    by: Viewer,
    signature_key: str = "",
) -> StockSlip:
    """Hand out materials of an approved request; with the last of them it is carried out.

    Args:
        request: approved.
        store: out of which it is handed out.
        quantities: by line; empty ones stay for another time.
        receiver: who takes them.
        by: the keeper of the store.
        signature_key: the receiver's drawn signature in the file store.

    Refuses more than is approved and not handed out yet, nothing at all, and whatever the store
    refuses (R-S1).
    """
    if request.state != State.APPROVED:
        raise Refusal(_("Only an approved request is carried out."))
    taken = _taken(request, quantities)
    slip = issuing.issue_to_request(
        store,
        [
            Line(line.item, quantity, asked=line.requested, reservation=_promise(line, store))
            for line, quantity in taken
        ],
        People(request.asker, receiver, _approver(request), signature_key),
        request_id=request.id,
        number=request.number or "",
        purpose=request.title[:400],
        by=by,
    )
    for line, quantity in taken:
        line.issued += quantity
    with speaking("th"):
        said = ", ".join(f"{line.item.name} {shown(q)} {line.item.unit}" for line, q in taken)
    story.note(request, Act.ISSUED, by=by, words=f"{slip.number}: {said}")
    if all(line.left == 0 for line in lines_of(request.id)):
        with speaking(request.asker.language):
            result = _("All of it was handed out (%(slip)s).", slip=slip.number)
        carrying_out.finish(request, result, by=by)
    return slip


def _promise(line: MaterialLine, store: Store) -> StockReservation | None:
    """Return the promise of a line where it is of this store and still open."""
    promise = line.reservation
    if promise is None or promise.ended_at is not None or promise.store_id != store.id:
        return None
    return promise


def _approver(request: ServiceRequest) -> Person | None:
    """Return who gave the last signature and still works here; else the store's orderer orders."""
    if request.approval is None:
        return None
    acts = queries.signature_acts(request.approval)
    last = acts[-1][0].person if acts else None
    return last if last is not None and last.left_on is None else None
