"""Commands of the bookkeeping: verify the audit trail."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from office.bookkeeping import audit


@click.group("audit")
def commands() -> None:
    """Audit trail."""


@commands.command("verify")
@with_appcontext
def verify() -> None:
    """Walk the whole chain; exit with 1 and name the first broken entry where there is one."""
    verdict = audit.verify()
    if verdict.broken_id is None:
        click.echo(f"{verdict.entries} entries, unbroken.")
        return
    raise click.ClickException(
        f"entry {verdict.broken_id} was {verdict.reason}; {verdict.entries} entries before it hold."
    )
