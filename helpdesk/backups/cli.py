"""``flask backup``: making copies, and reading them back."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from helpdesk.backups import queries
from helpdesk.backups.rules import making, rehearsing
from helpdesk.backups.rules.making import Manifest
from kernel.errors import Refusal
from kernel.files import store
from kernel.i18n import both, mark
from kernel.work import work

backup = AppGroup("backup", help="Copies of the database and the files.")
READ_BACK = mark("This backup can be read back whole.")
OF_OTHERS = mark("It was made by another office, so the page of backups does not know it.")
HOLDS = mark("%(rows)s rows, %(files)s files")
LAST_READ, NEVER = mark("last read back"), mark("never yet")
FOLDER = click.Path(file_okay=False, path_type=Path)


@backup.command("make")
@click.option("--to", required=True, type=FOLDER, help="where backups lie, on another disk")
@click.option("--files/--no-files", default=True, help="copy the files too, or only list them")
def make(to: Path, *, files: bool) -> None:
    """Write a backup while the service runs, and remember it."""
    try:
        manifest = making.write(to, store(), with_files=files)
    except (Refusal, OSError) as error:
        raise click.ClickException(str(error)) from error
    with work():
        making.remember(manifest)
    click.echo(f"{to / manifest.name}: {_size(manifest)}")


@backup.command("rehearse")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def rehearse(folder: Path) -> None:
    """Read a backup back into a place of its own and compare; ends with 1 where it differs."""
    try:
        manifest = rehearsing.read(folder)
        found = rehearsing.faults(folder, manifest, store())
    except (Refusal, OSError) as error:
        raise click.ClickException(str(error)) from error
    if found:
        raise click.ClickException("\n".join(found))
    with work():
        known = rehearsing.remember(manifest.name)
    click.echo(f"{manifest.name}: {both(READ_BACK)}")
    click.echo(_size(manifest))
    if not known:
        click.echo(both(OF_OTHERS))


@backup.command("list")
def show() -> None:
    """Tell the newest backups and when each was last read back."""
    for one in queries.newest():
        read = f"{one.rehearsed_at:%Y-%m-%d %H:%M} UTC" if one.rehearsed_at else both(NEVER)
        held = both(HOLDS, rows=f"{one.rows:,}", files=f"{one.files:,}")
        click.echo(f"{one.name}  {held}  {both(LAST_READ)}: {read}")


def _size(manifest: Manifest) -> str:
    rows, megabytes = sum(manifest.rows.values()), manifest.size / 1_000_000
    held = both(HOLDS, rows=f"{rows:,}", files=f"{manifest.files:,}")
    return f"{megabytes:,.1f} MB, {held}"
