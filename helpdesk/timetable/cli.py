"""The commands of the timetable: run it alone, list it, run one job by hand."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from helpdesk.timetable import queries, runner, scheduler, table
from kernel import clock
from kernel.access import Viewer
from kernel.errors import Refusal
from kernel.i18n import both, mark
from office.bookkeeping import runs

timetable = AppGroup("timetable", help="What the service does because time passed.")
job = AppGroup("job", help="Single jobs of the timetable.")
UNKNOWN_JOB = 2
NO_JOB = mark("There is no job “%(name)s”. There are:")
DONE = mark("done, %(rows)s rows")


@timetable.command("run")
def run_timetable() -> None:
    """Run the timetable in this process until it is told to end."""
    scheduler.run_alone(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's way past the proxy


@timetable.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list instead of lines.")
def list_timetable(as_json: bool) -> None:  # noqa: FBT001 - click passes a flag
    """List every job: rhythm, last run, outcome, next run."""
    found = [_described(line) for line in queries.lines()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for entry in found:
        last = f"{entry['outcome']} {entry['last_run']}" if entry["last_run"] else "-"
        click.echo(f"{entry['name']:24}{entry['rhythm']:16}{last:38}{entry['next_run']}")


def _described(line: queries.Line) -> dict[str, Any]:
    run = line.run
    return {
        "name": line.job.name,
        "what": str(line.job.what),
        "rhythm": line.job.rhythm.text,
        "last_run": _iso(run.started_at) if run else None,
        "due_at": _iso(run.due_at) if run else None,
        "finished_at": _iso(run.finished_at) if run else None,
        "seconds": queries.seconds_of(run) if run else None,
        "outcome": run.outcome if run else None,
        "rows": run.rows if run else None,
        "error": queries.gist_of(run.error) if run else None,
        "next_run": _iso(line.next_run),
    }


def _iso(moment: datetime | None) -> str | None:
    return clock.local(moment).isoformat(timespec="seconds") if moment else None


@job.command("run")
@click.argument("name")
def run_job(name: str) -> None:
    """Run one job now.

    Exit codes: 0 done; 1 the job failed, or is running already; 2 there is no such job.
    """
    chosen = table.job_named(name)
    if chosen is None:
        names = ", ".join(one.name for one in table.jobs())
        click.echo(
            both(NO_JOB, name=name) + f"\n{names}",
            err=True,
        )
        sys.exit(UNKNOWN_JOB)
    try:
        run = runner.run_by_hand(chosen, by=Viewer(name=queries.COMMAND_LINE))
    except Refusal as refusal:
        click.echo(refusal.message, err=True)
        sys.exit(1)
    if run.outcome != runs.OK:
        click.echo(run.error, err=True)
        sys.exit(1)
    click.echo(f"{name}: {both(DONE, rows=run.rows)}")
