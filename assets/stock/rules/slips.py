"""Writing a document of the store: its number, its people, its lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assets.stock.asked import NO_REFERENCE, Line, Reference
from assets.stock.ledger_models import StockSlip, StockSlipLine
from assets.stock.models import Store
from assets.stock.quantities import checked, shown
from assets.stock.series import NUMBERS
from assets.stock.states import SlipKind, SlipState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping

MOST_LINES = 200


def base_quantity(line: Line, *, zero: bool = False) -> Decimal:
    """Return the quantity of a line in the base unit, checked (see ``quantities.checked``).

    Refuses an item that is no longer kept, and a pack of another item.
    """
    if line.pack is None:
        return checked(line.quantity, whole=line.item.whole_only, zero=zero)
    if line.pack.item_id != line.item.id:
        raise Refusal(_("This pack is of another item."), field="pack")
    packs = checked(line.quantity, whole=False, zero=zero)
    return checked(packs * line.pack.factor, whole=line.item.whole_only, zero=zero)


def check_lines(lines: Sequence[Line], *, retired: bool = True) -> None:
    """Refuse no lines, more than 200, the same item twice, and items that are no longer kept.

    Args:
        retired: whether items that are no longer kept are refused.
    """
    if not lines:
        raise Refusal(_("Choose at least one item."))
    if len(lines) > MOST_LINES:
        raise Refusal(_("A document has at most %(most)s lines.", most=MOST_LINES))
    if len({line.item.id for line in lines}) != len(lines):
        raise Refusal(_("The same item is listed twice. Please make one line of it."))
    for line in lines:
        if retired and line.item.retired_on is not None:
            raise Refusal(_("“%(name)s” is not kept in stock any more.", name=line.item.name))


def check_open(store: Store) -> None:
    """Refuse a store that is closed."""
    if store.closed_on is not None:
        raise Refusal(_("The store “%(name)s” is closed.", name=store.name))


def write(
    kind: SlipKind,
    store: Store,
    *,
    by: Viewer,
    state: SlipState = SlipState.POSTED,
    purpose: str = "",
    reference: Reference = NO_REFERENCE,
    to_store: Store | None = None,
) -> StockSlip:
    """Return a new document with its number; its lines and people are added by who calls."""
    slip = StockSlip(
        number=bookkeeping.next_number(NUMBERS[kind]),
        kind=kind,
        state=state,
        store=store,
        to_store=to_store,
        posted_on=clock.today(),
        at=clock.now(),
        purpose=purpose.strip()[:400],
        issuer_id=by.id,
        issuer_name=by.name[:200],
        ticket_id=reference.ticket_id,
        request_id=reference.request_id,
        purchase_id=reference.purchase_id,
        reference=reference.number[:40],
    )
    db.session.add(slip)
    return slip


def add_line(slip: StockSlip, line: Line, asked: Decimal, done: Decimal) -> StockSlipLine:
    """Add a line to a document; ``asked`` and ``done`` are in the base unit."""
    said = ""
    if line.pack is not None and line.quantity is not None:
        said = f"{shown(line.quantity)} {line.pack.name_th}"
    made = StockSlipLine(
        item=line.item, asked=asked, done=done, said=said[:60], note=line.note.strip()[:200]
    )
    slip.lines.append(made)
    return made


def record(act: str, slip: StockSlip, *, by: Viewer, **told: object) -> None:
    """Write the act on a document into the audit trail, with its lines in short."""
    lines = [f"{one.item.code} × {shown(one.done or one.asked)}" for one in slip.lines]
    after = {"number": slip.number, "lines": lines, **told}
    if slip.reference:
        after["reference"] = slip.reference
    audit.record(act, slip, by=by, after=after)
