"""The commands of labels."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import ColumnElement, or_, select, true

from assets.labels import queries, sheets, shipped, wording
from assets.labels.geometry import Layout
from assets.labels.models import LabelPrinter, PrintRun
from assets.labels.rules import runs
from assets.labels.rules.runs import Paper
from assets.register import list_queries as items
from assets.register.filters import Filters
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import both, mark
from kernel.work import work
from office.people.access import Role
from office.places.models import Room, Unit
from office.places.naming import office_name

labels = AppGroup("labels", help="Labels of the items.")
COMMAND = Viewer(name="flask labels sheet", grants={Role.ADMIN: None})
MOST = 20_000
WRITTEN = mark("Labels written: %(number)s")


@labels.command("sheet")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--limit", type=click.IntRange(1, MOST), default=24, help="How many labels.")
@click.option("--layout", "key", default=shipped.DEFAULT, help="Key of the paper: a4-24, own-3.")
@click.option("--printer", help="Name of a printer that was fitted.")
@click.option("--unit", help="Code of the unit that has the items.")
@click.option("--room", help="Name of the room in which the items are.")
@click.option("--blank", type=click.IntRange(1, 1000), help="So many blank labels instead.")
@click.option("--unlabelled", is_flag=True, help="Only items that have no label yet.")
def sheet(
    out: Path,
    limit: int,
    key: str,
    printer: str | None,
    unit: str | None,
    room: str | None,
    blank: int | None,
    *,
    unlabelled: bool,
) -> None:
    """Write labels as PDF, and note the run: of the register's items in its order, or blank ones.

    All of them go into one file, however many; the web shares them out.
    """
    base_url = current_app.extensions["settings"].base_url
    paper = Paper(_layout(key), wording.modules_of(base_url), _printer(printer))
    terms = [*_places(unit, room), *([queries.without_label()] if unlabelled else [])]
    try:
        with work():
            if blank is not None:
                run = runs.print_blanks(blank, paper, by=COMMAND)
            else:
                assets = items.chosen(Filters(), true(), *terms, limit=limit)
                run = runs.print_items(assets, paper, by=COMMAND)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    _write(run, out, base_url)


def _layout(key: str) -> Layout:
    found = queries.layout_of(key)
    if found is None:
        known = ", ".join(layout.key for layout in queries.layouts())
        raise click.BadParameter(f"{key}: {known}", param_hint="--layout")
    return found


def _printer(name: str | None) -> LabelPrinter | None:
    if name is None:
        return None
    found = [printer for printer in queries.printers() if printer.name == name]
    if not found:
        raise click.BadParameter(name, param_hint="--printer")
    return found[0]


def _places(unit: str | None, room: str | None) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if unit is not None:
        number = db.session.scalar(select(Unit.id).where(Unit.code == unit))
        if number is None:
            raise click.BadParameter(unit, param_hint="--unit")
        terms.append(or_(Asset.holding_unit_id == number, Asset.owner_unit_id == number))
    if room is not None:
        terms.append(Asset.room_id.in_(select(Room.id).where(Room.name == room)))
    return terms


def _write(run: PrintRun, out: Path, base_url: str) -> None:
    layout, fit, office = run.layout, run.fit, office_name("th")
    lines = queries.run_lines(run, COMMAND)
    made = [wording.label_of(line, base_url=base_url, office=office) for line in lines]
    out.write_bytes(sheets.sheet(made, layout, fit=fit))
    click.echo(f"{out}: {both(WRITTEN, number=len(made))}")
