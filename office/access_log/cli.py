"""Commands of the access log."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from office.access_log import queries
from office.bookkeeping.cli import tell


@click.group("access-log")
def commands() -> None:
    """Access log of the service."""


@commands.command("verify")
@with_appcontext
def verify() -> None:
    """Walk the chain; exit with 1 and name the first broken entry where there is one."""
    verdict = queries.verify()
    tell(verdict.entries, verdict.broken_id, verdict.reason)
