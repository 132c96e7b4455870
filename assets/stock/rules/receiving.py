"""What comes in: a receipt with the supplier's paper, an opening balance."""

from __future__ import annotations

from collections.abc import Sequence

from assets.stock import access
from assets.stock.asked import NO_REFERENCE, Line, Paper, Reference
from assets.stock.ledger_models import StockSlip
from assets.stock.models import Store
from assets.stock.quantities import checked_value
from assets.stock.rules import ledger, slips
from assets.stock.rules.ledger import Post
from assets.stock.states import Kind, SlipKind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _


def receive(
    store: Store,
    lines: Sequence[Line],
    paper: Paper,
    *,
    reference: Reference = NO_REFERENCE,
    purpose: str = "",
    by: Viewer,
) -> StockSlip:
    """Take materials into a store; each line becomes a layer with its own price.

    Args:
        store: an open one.
        lines: ``value`` is baht for the whole line; ``lot`` and ``expires_on`` for what expires.
        paper: the delivery note or invoice (clause 203); its number is demanded.
        reference: the purchase it comes of.
        by: needs ``assets:stock:move`` over the unit of the store.

    Refuses a receipt without the number of its paper, a paper of a day to come, quantities and
    prices out of measure, an expiring item without its last day, and one that expired already.
    """
    by.demand(access.MOVE, store.unit_id)
    if not paper.number.strip():
        raise Refusal(_("Please write the number of the delivery paper."), field="doc_no")
    if paper.on is not None and paper.on > clock.today():
        raise Refusal(_("This day has not come yet."), field="doc_on")
    for line in lines:
        _check_expiry(line)
    slip = _bring_in(SlipKind.RECEIPT, Kind.RECEIVED, store, lines, reference, purpose, by)
    slip.doc_no, slip.doc_on = paper.number.strip()[:80], paper.on
    slip.counterparty = paper.counterparty.strip()[:200]
    slip.photo_key, slip.thumbnail_key = paper.photo_key, paper.thumbnail_key
    slips.record("received", slip, by=by, doc_no=slip.doc_no, counterparty=slip.counterparty)
    return slip


def open_with(store: Store, lines: Sequence[Line], purpose: str, *, by: Viewer) -> StockSlip:
    """Write down what a store held when it came into the service (ยอดยกมา).

    Refuses an item that moved in this store before: its balance is known already.
    """
    by.demand(access.MOVE, store.unit_id)
    balances = ledger.lock(store, [line.item for line in lines])
    for line in lines:
        if balances[line.item.id].quantity or ledger.has_moved(balances[line.item.id]):
            raise Refusal(
                _("“%(name)s” has moved in this store before.", name=line.item.name),
                field="quantity",
            )
    slip = _bring_in(SlipKind.OPENING, Kind.OPENED, store, lines, NO_REFERENCE, purpose, by)
    slips.record("opened", slip, by=by)
    return slip


def _bring_in(
    kind: SlipKind,
    why: Kind,
    store: Store,
    lines: Sequence[Line],
    reference: Reference,
    purpose: str,
    by: Viewer,
) -> StockSlip:
    slips.check_open(store)
    slips.check_lines(lines)
    quantities = [slips.base_quantity(line) for line in lines]
    values = [checked_value(line.value) for line in lines]
    balances = ledger.lock(store, [line.item for line in lines])
    slip = slips.write(kind, store, by=by, purpose=purpose, reference=reference)
    for line, quantity, value in zip(lines, quantities, values, strict=True):
        made = slips.add_line(slip, line, quantity, quantity)
        balance = balances[line.item.id]
        ledger.put_in(
            balance,
            quantity,
            value,
            Post(slip, why, by),
            lot=line.lot.strip(),
            expires_on=line.expires_on,
        )
        made.value, made.left_after = value, balance.quantity
    db.session.flush()  # who calls links to the document by its id
    return slip


def _check_expiry(line: Line) -> None:
    if line.expires_on is None:
        if line.item.expires:
            raise Refusal(
                _("Please write the last day of “%(name)s”.", name=line.item.name),
                field="expires_on",
            )
    elif line.expires_on < clock.today():
        raise Refusal(_("“%(name)s” has expired.", name=line.item.name), field="expires_on")
