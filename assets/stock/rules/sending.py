"""Transfers between stores: sent by one, accepted by the other; on the way they are in no store.

What the receiver does not find goes back into the book of the sender, who finds it or writes it
off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from assets.stock import access
from assets.stock.asked import Line
from assets.stock.costs import share
from assets.stock.ledger_models import StockMovement, StockSlip, StockSlipLine
from assets.stock.models import StockBalance, Store
from assets.stock.quantities import checked, shown
from assets.stock.rules import ledger, slips
from assets.stock.rules.ledger import Post
from assets.stock.states import SLIPS, Kind, SlipAction, SlipKind, SlipState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _


def send(
    store: Store, to_store: Store, lines: Sequence[Line], purpose: str, *, by: Viewer
) -> StockSlip:
    """Send materials to another store; they leave this one at once.

    Refuses the same or a closed store, and more than there is.
    """
    by.demand(access.MOVE, store.unit_id)
    if store.id == to_store.id:
        raise Refusal(_("Choose another store."), field="to_store")
    for one in (store, to_store):
        slips.check_open(one)
    slips.check_lines(lines)
    quantities = [slips.base_quantity(line) for line in lines]
    balances = ledger.lock(store, [line.item for line in lines])
    for line, quantity in zip(lines, quantities, strict=True):
        ledger.demand(balances[line.item.id], line.item, quantity, promised=Decimal(0))
    slip = slips.write(
        SlipKind.TRANSFER,
        store,
        by=by,
        state=SlipState.SENT,
        purpose=purpose,
        to_store=to_store,
    )
    post = Post(slip, Kind.SENT, by)
    for line, quantity in zip(lines, quantities, strict=True):
        made = slips.add_line(slip, line, quantity, Decimal(0))
        balance = balances[line.item.id]
        moved = ledger.take_out(balance, line.item, quantity, post, promised=Decimal(0))
        made.value = -sum((one.value for one in moved), Decimal(0))
        made.left_after = balance.quantity
    db.session.flush()  # who calls shows the document by its id
    slips.record("sent", slip, by=by, to=to_store.code)
    return slip


def accept(
    slip: StockSlip, arrived: Mapping[int, Decimal | None], words: str, *, by: Viewer
) -> None:
    """Confirm what arrived; needs ``assets:stock:move`` over the unit of the receiving store.

    Args:
        arrived: quantity by the id of the line, in the base unit; a line left out arrived whole.
        words: what was wrong; demanded where less arrived.

    Refuses more than was sent.
    """
    store = _receiving(slip)
    by.demand(access.MOVE, store.unit_id)
    _lock(slip)
    target = SLIPS.target(SlipState(slip.state), SlipAction.ACCEPT)
    slips.check_open(store)
    counts = [_arrived(line, arrived) for line in slip.lines]
    short = any(count < line.asked for count, line in zip(counts, slip.lines, strict=True))
    if short and not words.strip():
        raise Refusal(_("Please write what did not arrive, and why."), field="words")
    items = [line.item for line in slip.lines]
    # Both stores are locked in the order of their ids, whoever sends to whom.
    stores = sorted((slip.store, store), key=lambda one: one.id)
    balances = {one.id: ledger.lock(one, items) for one in stores}
    for line, count in zip(slip.lines, counts, strict=True):
        _bring(slip, line, count, balances[store.id], balances[slip.store_id], by)
        line.done = count
    _answer(slip, target, words, by)
    slips.record("accepted", slip, by=by, words=slip.answer)


def decline(slip: StockSlip, words: str, *, by: Viewer) -> None:
    """Refuse all of a transfer, with the reason; everything goes back into the sender's book."""
    by.demand(access.MOVE, _receiving(slip).unit_id)
    if not words.strip():
        raise Refusal(_("Please give the reason."), field="words")
    _all_back(slip, SlipAction.DECLINE, words, by)
    slips.record("declined", slip, by=by, words=slip.answer)


def recall(slip: StockSlip, words: str, *, by: Viewer) -> None:
    """Take a transfer back that is on its way; needs the right over the sending store."""
    by.demand(access.MOVE, slip.store.unit_id)
    _all_back(slip, SlipAction.RECALL, words, by)
    slips.record("recalled", slip, by=by, words=slip.answer)


def _all_back(slip: StockSlip, action: SlipAction, words: str, by: Viewer) -> None:
    _receiving(slip)
    _lock(slip)
    target = SLIPS.target(SlipState(slip.state), action)
    balances = ledger.lock(slip.store, [line.item for line in slip.lines])
    post = Post(slip, Kind.CAME_BACK, by, words)
    for line in slip.lines:
        sent = _sent(slip, line)
        ledger.put_back(balances[line.item_id], sent, line.asked, post)
    _answer(slip, target, words, by)


def _bring(
    slip: StockSlip,
    line: StockSlipLine,
    count: Decimal,
    there: Mapping[int, StockBalance],
    home: Mapping[int, StockBalance],
    by: Viewer,
) -> None:
    """Put what arrived into the receiving store layer by layer, and the rest back at home."""
    left = count
    sent = _sent(slip, line)
    for one in sent:
        part = min(left, -one.quantity)
        if part <= 0:
            continue
        value = share(-one.value, part, -one.quantity)
        post = Post(slip, Kind.ARRIVED, by)
        layer = one.layer
        ledger.put_in(
            there[line.item_id], part, value, post, lot=layer.lot, expires_on=layer.expires_on
        )
        left -= part
    if count < line.asked:
        missing = line.asked - count
        post = Post(slip, Kind.CAME_BACK, by, slip.answer)
        ledger.put_back(home[line.item_id], sent, missing, post)


def _arrived(line: StockSlipLine, arrived: Mapping[int, Decimal | None]) -> Decimal:
    said = arrived.get(line.id)
    if said is None:
        return line.asked
    count = checked(said, whole=line.item.whole_only, zero=True)
    if count > line.asked:
        raise Refusal(
            _(
                "Only %(count)s of “%(name)s” were sent.",
                count=shown(line.asked),
                name=line.item.name,
            )
        )
    return count


def _sent(slip: StockSlip, line: StockSlipLine) -> Sequence[StockMovement]:
    """Return the movements that a line took out of the sending store, the oldest layer first."""
    return db.session.scalars(
        select(StockMovement)
        .where(
            StockMovement.slip_id == slip.id,
            StockMovement.item_id == line.item_id,
            StockMovement.kind == Kind.SENT,
        )
        .order_by(StockMovement.id)
    ).all()


def _receiving(slip: StockSlip) -> Store:
    if slip.to_store is None:
        raise Refusal(_("This is not a transfer."))
    return slip.to_store


def _answer(slip: StockSlip, target: SlipState, words: str, by: Viewer) -> None:
    slip.state, slip.answer = target, words.strip()[:400]
    slip.answered_at, slip.answered_by_name = clock.now(), by.name[:200]


def _lock(slip: StockSlip) -> None:
    """Read a document anew and let others who act on it wait."""
    db.session.flush()  # what this unit of work changed is not read over
    db.session.refresh(slip, with_for_update={"of": StockSlip})
