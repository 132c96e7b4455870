"""Commands of places: take in the list of units."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from flask.cli import with_appcontext

from kernel.access import Viewer
from kernel.errors import Refusal
from kernel.work import work
from office.places import unit_list


@click.group("places")
def commands() -> None:
    """Units, buildings and rooms."""


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would happen and write nothing.")
@with_appcontext
def take_in(file: Path, *, dry_run: bool) -> None:
    """Take in a list of units (CSV or XLSX); exit with 1 where a row is refused."""
    data = file.read_bytes()
    try:
        if dry_run:
            plans = unit_list.plan(unit_list.read(data))
        else:
            with work():
                plans = unit_list.plan(unit_list.read(data))
                unit_list.apply(plans, by=Viewer(name="command line"))
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    for row in plans:
        click.echo(f"{row.number}\t{row.outcome}\t{row.code}\t{row.name}\t{row.reason}")
    counts = Counter(row.outcome for row in plans)
    click.echo(", ".join(f"{outcome}: {count}" for outcome, count in sorted(counts.items())))
    if counts["refused"]:
        raise SystemExit(1)
