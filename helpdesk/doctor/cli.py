"""The command of the doctor."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click
from flask.cli import with_appcontext

from helpdesk.doctor import checkup
from helpdesk.doctor.findings import Result
from kernel import schema
from kernel.i18n import LANGUAGES, both, ngettext, speaking
from kernel.i18n import gettext as _

FOUND = 1


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each check.")
@click.option("--language", type=click.Choice(sorted(LANGUAGES)), default="th", show_default=True)
@with_appcontext
def doctor(language: str, *, as_json: bool) -> None:
    """Check that the data keep the rules of the house; change nothing.

    Exits with 0 when all is sound, with 1 when something was found.
    """
    if not schema.is_newest():
        raise click.ClickException(both(schema.NOT_NEWEST))
    broken = 0
    with speaking(language):
        for result in checkup.examine():
            broken += bool(result.count)
            if as_json:
                click.echo(json.dumps(_fields(result), ensure_ascii=False))
                continue
            for line in _lines(result):
                click.echo(line)
        if not as_json:
            click.echo(_summary(broken))
    if broken:
        sys.exit(FOUND)


def _fields(result: Result) -> dict[str, Any]:
    return {
        "check": result.check.name,
        "looks_at": str(result.check.looks_at),
        "sound": not result.count,
        "count": result.count,
        "findings": list(result.shown),
        "mend": str(result.check.mend) if result.count else None,
    }


def _lines(result: Result) -> Iterator[str]:
    mark = "✗" if result.count else "✓"
    yield f"{mark} {result.check.name:<17} {result.check.looks_at}"
    if not result.count:
        return
    for finding in result.shown:
        yield f"    {finding}"
    more = result.count - len(result.shown)
    if more:
        yield "    " + ngettext("and %(number)s more", "and %(number)s more", more)
    yield "    " + _("To mend it: %(how)s", how=result.check.mend)


def _summary(broken: int) -> str:
    if not broken:
        return _("All is sound.")
    return ngettext(
        "%(number)s check found something.", "%(number)s checks found something.", broken
    )
