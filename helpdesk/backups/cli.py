"""``flask backup``: making copies, and reading them back."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from helpdesk.backups import queries
from helpdesk.backups.rules import making, rehearsing
from kernel.errors import Refusal
from kernel.files import store
from kernel.work import work

backup = AppGroup("backup", help="Copies of the database and the files.")
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
    click.echo(
        f"{to / manifest.name}: {sum(manifest.rows.values())} rows, {manifest.size} bytes, "
        f"{manifest.files} files."
    )


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
    click.echo(
        f"{manifest.name} can be read back: {sum(manifest.rows.values())} rows, "
        f"{manifest.files} files." + ("" if known else " It was made by another office.")
    )


@backup.command("list")
def show() -> None:
    """Tell the newest backups and when each was last read back."""
    for one in queries.newest():
        read = f"{one.rehearsed_at:%Y-%m-%d %H:%M} UTC" if one.rehearsed_at else "never"
        click.echo(f"{one.name}  {one.rows} rows  {one.files} files  read back: {read}")
