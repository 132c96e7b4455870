"""The commands of the register."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from assets.catalogue.rules import seeding as catalogue
from assets.register import import_queries, index, value_table
from assets.register.book_value import Convention
from assets.register.import_models import SavedMapping
from assets.register.rules import import_runs, imports
from assets.register.rules.imports import Examined
from assets.register.valuation import in_force, register_on
from assets.register.workbook.outcomes import Outcome, Verdict
from assets.register.workbook.reasons import Unreadable
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.files import store
from kernel.i18n import both, mark
from kernel.i18n import gettext as _
from kernel.work import work
from office.places.models import Unit

register = AppGroup("register", help="The equipment register.")
CLASSES_ADDED = mark("classes of equipment added")
COMMAND = Viewer(name="flask register import")
CANNOT_READ = 1
NO_UNIT = 2


@register.command("classes")
def classes() -> None:
    """Add the classes and symptoms that the service comes with; what stands there stays."""
    with work():
        made = catalogue.seed_classes(Viewer(name="flask register classes"))
    click.echo(f"  {made:>6,}  {both(CLASSES_ADDED)}")


@register.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", "code", help="Code of the unit whose books it is; the office if left out.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each row.")
@click.option("--take-over", is_flag=True, help="Where the file differs, the file wins.")
@click.option("--mapping", "mapping", help="Read the sheets by the columns kept under this name.")
def bring_in(
    file: Path,
    code: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    take_over: bool,
    mapping: str | None,
) -> None:
    """Bring a workbook (XLSX, CSV) into the register and account for every row."""
    unit = _nowhere() if dry_run and not code and _no_unit_yet() else _unit(code)
    try:
        saved = [_kept_mapping(mapping)] if mapping else []
        examined = imports.examine(file, name=file.name, unit=unit, saved=saved)
        if not dry_run:
            _write(file, unit, examined, take_over=take_over)
    except Unreadable as error:
        click.echo(error.reason.text, err=True)
        sys.exit(CANNOT_READ)
    except Refusal as refusal:
        click.echo(refusal.message, err=True)
        sys.exit(CANNOT_READ)
    outcomes = examined.outcomes
    if as_json:
        for outcome in outcomes:
            click.echo(json.dumps(outcome.as_json(), ensure_ascii=False, default=str))
        return
    _tell(outcomes, unit, dry_run=dry_run)


@register.command("value")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day, 2026-09-30; today.")
@click.option("--unit", "code", help="Code of the unit whose books are told, with those under it.")
@click.option(
    "--convention",
    type=click.Choice([one.value for one in Convention]),
    help="How parts of a year are counted; the office's way where it is left out.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each item.")
def value(on: datetime | None, code: str | None, convention: str | None, *, as_json: bool) -> None:
    """Tell the book value of every item that stood in the register on a day."""
    day = on.date() if on else clock.today()
    unit = _unit(code) if code else None
    counted = Convention(convention) if convention else in_force()
    worths = register_on(day, counted, unit=unit)
    if as_json:
        for worth in worths:
            click.echo(json.dumps(value_table.as_json(worth), ensure_ascii=False))
        return
    for line in value_table.lines(worths, day, counted):
        click.echo(line)


def _no_unit_yet() -> bool:
    return db.session.scalar(select(Unit.id).limit(1)) is None


def _nowhere() -> Unit:
    """Return a unit that owns nothing, so that a file can be tried before the service is set up."""
    return Unit(path="/nowhere/")


def _unit(code: str | None) -> Unit:
    wanted = Unit.code == code if code else Unit.parent_id.is_(None)
    unit = db.session.scalar(select(Unit).where(wanted))
    if unit is None:
        known = db.session.scalars(select(Unit.code).order_by(Unit.code)).all()
        if not known:
            click.echo(_("There is no unit yet. Set the service up first."), err=True)
        else:
            said = _("There is no unit “%(code)s”. Known: %(known)s", code=code, known=known)
            click.echo(said, err=True)
        sys.exit(NO_UNIT)
    return unit


def _kept_mapping(name: str) -> SavedMapping:
    found = import_queries.mapping_named(name)
    if found is None:
        raise Refusal(_("No columns are kept under the name “%(name)s”.", name=name))
    return found


def _write(file: Path, unit: Unit, examined: Examined, *, take_over: bool) -> None:
    data = file.read_bytes()
    key = store().put(data, import_runs.ending_of(data))
    with work():
        record = import_runs.keep(unit, key, file.name, by=COMMAND)
        import_runs.note_plan(record, examined)
        import_runs.begin(record, take_over=take_over, seen_version=record.version, by=COMMAND)
    writing = import_runs.Writing(record.id, examined.outcomes, COMMAND)
    for act in writing.acts(record):
        with work():
            act()


def _tell(outcomes: Sequence[Outcome], unit: Unit, *, dry_run: bool) -> None:
    for outcome in outcomes:
        if outcome.verdict in (Verdict.REFUSED, Verdict.CHANGED):
            reason = outcome.reason.text if outcome.reason else ""
            cell = outcome.reason.cell if outcome.reason else None
            click.echo(f"{outcome.row.sheet}!{cell or outcome.row.row}: {reason}")
    counts = Counter(outcome.verdict for outcome in outcomes)
    words = {
        Verdict.NEW: _("new"),
        Verdict.MATCH: _("known already"),
        Verdict.CHANGED: _("known with other details"),
        Verdict.REFUSED: _("refused"),
        Verdict.SKIPPED: _("not items"),
    }
    for verdict, word in words.items():
        click.echo(f"{counts[verdict]:>8,}  {word}")
    click.echo(f"{len(outcomes):>8,}  " + _("rows of the file"))
    click.echo(f"{index.count_items(unit):>8,}  " + _("items in the register"))
    if dry_run:
        click.echo(_("Nothing was written."))
