"""Kits: things that are borrowed together, kept by the unit that lends them."""

from __future__ import annotations

from collections.abc import Mapping

from assets.loans import access, pools
from assets.loans.pools import Pool
from assets.loans.request_models import KitLine, LoanKit
from assets.loans.rules.asking import MOST_LINES, MOST_PIECES
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def add(unit_id: int, name: str, note: str, *, by: Viewer) -> LoanKit:
    """Begin a kit of a unit. Refuses without the right over it, and an empty name."""
    by.demand(access.KEEP_KITS, unit_id)
    kit = LoanKit(unit_id=unit_id, name=_named(name), note=note.strip())
    db.session.add(kit)
    audit.record("added", kit, by=by, after={"name": kit.name})
    return kit


def _named(name: str) -> str:
    if not name.strip():
        raise Refusal(_("Please name the kit."), field="name")
    return name.strip()


def write_down(
    kit: LoanKit, name: str, note: str, quantities: Mapping[int, int], *, by: Viewer
) -> None:
    """Change a kit; a line with 0 pieces goes. Refuses an empty name and too many pieces."""
    before = {"name": kit.name, "lines": _lines(kit)}
    kit.name, kit.note = _named(name), note.strip()
    for line in list(kit.lines):
        wanted = quantities.get(line.id, line.quantity)
        if not 0 <= wanted <= MOST_PIECES:
            raise Refusal(_("Please ask for 1 to %(most)s pieces.", most=MOST_PIECES))
        if wanted == 0:
            kit.lines.remove(line)
        else:
            line.quantity = wanted
    after = {"name": kit.name, "lines": _lines(kit)}
    audit.record("changed", kit, by=by, before=before, after=after)


def _lines(kit: LoanKit) -> list[str]:
    return [f"{line.model_id or ''}/{line.class_id or ''} × {line.quantity}" for line in kit.lines]


def put(kit: LoanKit, pool: Pool, quantity: int, *, by: Viewer) -> None:
    """Put so many things of a pool of the kit's unit into it; more of the same is added.

    Refuses what the unit does not lend, an odd item (a kit names models and classes), no pieces
    or too many, and too many lines.
    """
    if pool.unit_id != kit.unit_id or pool.asset_id or not pools.exists_in(pool):
        raise Refusal(_("This is not lent here."))
    key = (pool.model_id or None, pool.class_id or None)
    same = next((one for one in kit.lines if (one.model_id, one.class_id) == key), None)
    total = quantity + (same.quantity if same else 0)
    if quantity < 1 or total > MOST_PIECES or (same is None and len(kit.lines) >= MOST_LINES):
        raise Refusal(_("Please ask for 1 to %(most)s pieces.", most=MOST_PIECES))
    if same is not None:
        same.quantity = total
    else:
        kit.lines.append(KitLine(model_id=key[0], class_id=key[1], quantity=quantity))
    audit.record("filled", kit, by=by, after={"lines": _lines(kit)})


def retire(kit: LoanKit, *, by: Viewer) -> None:
    """Offer a kit no more. Refuses one that is not offered already."""
    if kit.retired_on is not None:
        raise Refusal(_("This kit is not offered any more."))
    kit.retired_on = clock.today()
    audit.record("retired", kit, by=by, after={"name": kit.name})
