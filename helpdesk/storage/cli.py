"""``flask files``: moving to another store, and tidying by hand."""

from __future__ import annotations

from collections import Counter

import click
from flask import current_app
from flask.cli import AppGroup

from config import check_files_address
from helpdesk.storage import moving, named, tidying
from kernel.errors import Refusal
from kernel.files import store
from kernel.i18n import both, mark
from kernel.stores import open_store

files = AppGroup("files", help="Photos, documents and uploaded files.")
EVERY = 500
NOT_ITS_BYTES = mark("The content is not what its name promises; it was not copied.")
NOT_ALL = mark("Not every file could be copied; they are named above.")
NOW_SET = mark("Now set HELPDESK_FILES_URL to %(address)s and start the service anew.")
REMOVED = mark("Files removed: %(number)s")
OUTCOMES = {
    "copied": mark("Copied: %(number)s"),
    "there": mark("There already: %(number)s"),
    "gone": mark("Gone meanwhile: %(number)s"),
    "broken": mark("Broken: %(number)s"),
}


@files.command("move")
@click.option("--to", "address", required=True, help="file:///FOLDER or s3://BUCKET?endpoint=…")
def move(address: str) -> None:
    """Copy all files to another store; may be broken off and called again.

    Nothing is taken away here. Afterwards set HELPDESK_FILES_URL to the new address and start
    anew. The keys of a bucket are HELPDESK_FILES_KEY and HELPDESK_FILES_SECRET.
    """
    settings = current_app.extensions["settings"]
    try:
        check_files_address(address)
    except ValueError:
        raise click.BadParameter("file:///FOLDER or s3://BUCKET?endpoint=https://HOST") from None
    target = open_store(address, key=settings.files_key, secret=settings.files_secret)
    counted: Counter[str] = Counter()
    try:
        target.check()
        for one in moving.copy_all(store(), target):
            counted[one.said] += 1
            if one.said == "broken":
                click.echo(f"{one.key}: {both(NOT_ITS_BYTES)}", err=True)
            if counted.total() % EVERY == 0:
                click.echo(f"{counted.total()} …")
    except (Refusal, OSError) as error:
        raise click.ClickException(f"{error} {_said(counted)}") from error
    click.echo(_said(counted))
    if counted["broken"]:
        raise click.ClickException(both(NOT_ALL))
    click.echo(both(NOW_SET, address=address))


@files.command("tidy")
@click.option("--dry-run", is_flag=True, help="only tell what would be removed")
def tidy(*, dry_run: bool) -> None:
    """Remove the files that nothing names any more, as the timetable does each night."""
    days = current_app.extensions["settings"].files_kept_days
    if dry_run:
        for one in named.orphans(store(), days):
            click.echo(f"{one.key} {one.size}")
        return
    removed = tidying.tidy()
    click.echo(both(REMOVED, number=removed))


def _said(counted: Counter[str]) -> str:
    """Return what became of the files: one line for each outcome there was."""
    said = [(key, word) for key, word in OUTCOMES.items() if counted[key] or key == "copied"]
    return "\n".join(both(word, number=counted[key]) for key, word in said)
