"""Commands of people: the first start's link."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from kernel.i18n import both, mark
from kernel.work import work
from office.people import rules


@click.group("setup")
def commands() -> None:
    """First start of the service."""


@commands.command("link")
@with_appcontext
def link() -> None:
    """Print a one-time address that makes the first administrator."""
    with work():
        address = rules.first_start_link(current_app.extensions["settings"].base_url)
    if address is None:
        raise click.ClickException(both(mark("There is an administrator already. Please sign in.")))
    click.echo(address)
