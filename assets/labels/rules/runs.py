"""Print runs: which labels were made together, on what paper, and the same once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from assets.labels import queries
from assets.labels.geometry import Layout, faults
from assets.labels.models import LabelPrinter, PrintRun, PrintRunLine
from assets.labels.rules import rooms as tag_rooms
from assets.labels.rules import tags
from assets.labels.states import KINDS, Reason, RunKind
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.places.models import Room, Unit

LONGEST_ABOUT = 300


@dataclass(frozen=True)
class Paper:
    """What labels are printed on: layout, printer (or none), first free place from 0.

    ``modules`` is the size of our symbol, so that a paper too small for it is refused.
    """

    layout: Layout
    modules: int
    printer: LabelPrinter | None = None
    start: int = 0


def print_items(
    assets: Sequence[Asset],
    paper: Paper,
    *,
    about: str = "",
    renew: Reason | None = None,
    by: Viewer,
) -> PrintRun:
    """Make a run of the labels of items, tags made where there are none.

    Args:
        assets: the items in the order of the labels.
        paper: what they are printed on.
        about: in words, what was chosen.
        renew: give every item a new tag; the old ones end for this reason.
        by: who prints.

    Refuses nothing to print, a paper on which the symbol cannot be read, and a printer of the
    other kind.
    """
    _check(len(assets), paper)
    if renew is not None:
        tags.renew(assets, renew, by=by)
    made = tags.tags_for(assets, by=by)
    ids = [made[asset.id].id for asset in assets]
    return _run(RunKind.ITEMS, ids, paper, about=about, by=by)


def print_rooms(
    rooms: Sequence[Room], paper: Paper, *, renew: Reason | None = None, by: Viewer
) -> PrintRun:
    """Make a run of the labels of rooms, tags made where there are none.

    Args:
        rooms: the rooms in the order of the labels.
        paper: what they are printed on.
        renew: give every room a new tag; the old ones end for this reason.
        by: who prints.

    Refuses what ``print_items`` refuses.
    """
    _check(len(rooms), paper)
    made = tag_rooms.tags_for_rooms(rooms, renew=renew, by=by)
    about = ", ".join(room.name for room in rooms)
    return _run(RunKind.ROOMS, [made[room.id].id for room in rooms], paper, about=about, by=by)


def print_blanks(count: int, paper: Paper, *, about: str = "", by: Viewer) -> PrintRun:
    """Make a run of blank labels, a batch that is used up as they are claimed.

    Args:
        count: how many, up to 1,000.
        paper: what they are printed on.
        about: in words, what they are for.
        by: who prints.

    Refuses none and more than 1,000, and what ``print_items`` refuses of a paper.
    """
    _check(max(count, 1), paper)
    made = tags.print_blanks(count, by=by)
    return _run(RunKind.BLANKS, [tag.id for tag in made], paper, about=about, by=by)


def again(run: PrintRun, *, by: Viewer) -> PrintRun:
    """Print a run once more: the same codes on the same paper, without those that ended meanwhile.

    Args:
        run: the run that is repeated.
        by: who prints.

    Refuses a run of which no label can be printed any more.
    """
    lines = queries.run_lines(run, by)
    if not lines:
        raise Refusal(_("No label of this run is in use any more."))
    paper = Paper(run.layout, 0, run.printer, run.start)
    ids = [line.tag_id for line in lines]
    return _run(RunKind(run.kind), ids, paper, about=run.about, by=by, again_of=run.id)


def _check(count: int, paper: Paper) -> None:
    if not count:
        raise Refusal(_("There is nothing to print a label for."))
    if not 0 <= paper.start < paper.layout.per_page:
        most = paper.layout.per_page
        raise Refusal(_("This paper has the places 1 to %(most)s.", most=most), field="start")
    if paper.printer is not None and paper.printer.kind != paper.layout.kind:
        takes = KINDS[paper.printer.kind]
        raise Refusal(_("This printer takes: %(kind)s.", kind=takes), field="printer")
    wrong = faults(paper.layout, paper.modules)
    if wrong:
        raise Refusal(wrong[0].sentence, field="layout")


def _run(
    kind: RunKind,
    tag_ids: Sequence[int],
    paper: Paper,
    *,
    about: str,
    by: Viewer,
    again_of: int | None = None,
) -> PrintRun:
    run = PrintRun(
        kind=kind,
        at=clock.now(),
        by_id=by.id,
        by_name=by.name,
        unit_id=by.unit_id or _root(),
        paper=paper.layout.plain(),
        printer_id=paper.printer.id if paper.printer else None,
        start=paper.start,
        count=len(tag_ids),
        about=about[:LONGEST_ABOUT],
        again_of_id=again_of,
    )
    db.session.add(run)
    db.session.flush()  # the lines and the audit trail name the run by its id
    rows = [
        {"run_id": run.id, "position": position, "tag_id": tag_id}
        for position, tag_id in enumerate(tag_ids)
    ]
    db.session.execute(insert(PrintRunLine), rows)
    after = {"kind": str(kind), "count": run.count, "layout": paper.layout.key}
    audit.record("reprinted" if again_of else "printed", run, by=by, after=after)
    return run


def _root() -> int:
    return db.session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
