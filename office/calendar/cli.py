"""Commands of the calendar: take the public holidays."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from kernel import clock
from kernel.access import Viewer
from kernel.i18n import both, mark
from kernel.work import work
from office.calendar import rules

ADDED = mark("Closed days added: %(number)s")


@click.group("calendar")
def commands() -> None:
    """Keep the closed days."""


@commands.command("holidays")
@click.argument("years", nargs=-1, type=click.IntRange(rules.FIRST_YEAR, rules.LAST_YEAR))
@with_appcontext
def holidays(years: tuple[int, ...]) -> None:
    """Take the public holidays of YEARS (Common Era); this year and the next when left out."""
    this = clock.today().year
    with work():
        made = rules.seed_holidays(years or (this, this + 1), by=Viewer(name="command line"))
    click.echo(both(ADDED, number=made))
