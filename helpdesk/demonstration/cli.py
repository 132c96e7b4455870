"""The command of the demonstration: fill its database once, and tell how to get in."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup

from config import Settings
from helpdesk.demonstration import ground, welcome
from helpdesk.demonstration.diary import Step
from helpdesk.demonstration.ground import Standing
from kernel import clock, schema
from kernel.errors import Refusal
from kernel.i18n import both, mark
from kernel.i18n import gettext as _
from kernel.work import work

if TYPE_CHECKING:
    from helpdesk.demonstration.story import Size

demo = AppGroup("demo", help="The demonstration office.")
PASSWORD_FILE = "demonstration_password"  # noqa: S105 - the name of a file
CONSONANTS, VOWELS = "bdfghkmnprstw", "aeiou"


@demo.command("fill")
def fill() -> None:
    """Fill the demonstration's own database, unless it is filled, and print the sign-ins."""
    settings: Settings = current_app.extensions["settings"]
    try:
        file = ground.database_file(settings)
        with ground.alone(file):
            password = fill_once(file, settings)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    schema.move("head")
    for line in welcome.lines(settings.base_url, password):
        click.echo(line)


def fill_once(
    file: Path,
    settings: Settings,
    *,
    size: Size | None = None,
    make_tables: Callable[[], None] | None = None,
) -> str:
    """Fill the database unless it is filled already, and return the password of the sign-ins.

    Args:
        file: the database.
        settings: of the service that will run on it.
        size: how much happens in it; a whole year when left out.
        make_tables: makes the tables of the draft; the migrations do when left out.

    Raises:
        Refusal: it holds data that is not the demonstration's, or the password's file is gone.
    """
    standing = ground.standing_of(file)
    if standing is Standing.REAL:
        raise Refusal(_("%(file)s holds data of another office. Nothing was changed.", file=file))
    kept = settings.var_dir / PASSWORD_FILE
    if standing is Standing.FILLED:
        if not kept.exists():
            raise Refusal(
                _(
                    "The password of the demonstration is gone. Remove the folder %(folder)s to "
                    "make the office anew.",
                    folder=settings.var_dir,
                )
            )
        return kept.read_text(encoding="ascii").strip()
    # A year of invented work is a fiftieth of the code, and no other command should wait for it.
    from helpdesk.demonstration import story as telling

    click.echo(both(mark("Making the demonstration office; this happens once.")))
    begun, password = time.monotonic(), _new_password(kept)
    with ground.draft_of(file, settings):
        (make_tables or (lambda: schema.move("head")))()
        story = telling.Story(password, clock.now(), _tell, size or telling.Size())
        for step in story.steps():
            _play(step)
    click.echo(f"  {time.monotonic() - begun:5.0f} s")
    return password


def _play(step: Step) -> None:
    with clock.frozen(step.at):
        if step.opens_work:
            step.act()
            return
        with work():
            step.act()


def _tell(what: str, number: int) -> None:
    click.echo(f"  {number:>6,}  {both(what)}")


def _new_password(kept: Path) -> str:
    """Return a new password that can be read aloud, kept for the next start."""
    parts = [
        "".join(secrets.choice(letters) for letters in (CONSONANTS, VOWELS) * 2) for _part in "abc"
    ]
    kept.touch(mode=0o600)
    kept.write_text("-".join(parts), encoding="ascii")
    return "-".join(parts)
