"""Commands of the bookkeeping: verify the audit trail."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from kernel.i18n import both, mark
from office.bookkeeping import audit

UNBROKEN = mark("All entries are as they were written: %(number)s")
HOLD = mark("Entries before it that hold: %(number)s")
REASONS = {
    "removed": mark("Entry %(entry)s was removed."),
    "changed": mark("Entry %(entry)s was changed."),
    "cut off": mark("The end was cut off, from entry %(entry)s on."),
    "without a head": mark(
        "The record of the last entry is gone; it should stand before %(entry)s."
    ),
}


@click.group("audit")
def commands() -> None:
    """Audit trail."""


@commands.command("verify")
@with_appcontext
def verify() -> None:
    """Walk the whole chain; exit with 1 and name the first broken entry where there is one."""
    verdict = audit.verify()
    tell(verdict.entries, verdict.broken_id, verdict.reason)


def tell(entries: int, broken_id: int | None, reason: str) -> None:
    """Say what the walk over a chain has found; a broken one ends the command with 1.

    Args:
        entries: how many hold.
        broken_id: the first one that does not.
        reason: one of ``REASONS``.
    """
    if broken_id is None:
        click.echo(both(UNBROKEN, number=entries))
        return
    why = both(REASONS[reason], entry=broken_id)
    raise click.ClickException(f"{why}\n{both(HOLD, number=entries)}")
