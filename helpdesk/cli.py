"""The commands of ``flask``; each calls a rule or a job."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from assets.labels.cli import labels
from assets.register.cli import register
from helpdesk.backups.cli import backup
from helpdesk.backups.rules import moving
from helpdesk.demonstration.cli import demo
from helpdesk.doctor.cli import doctor
from helpdesk.gallery.cli import papers
from helpdesk.storage.cli import files
from helpdesk.timetable.cli import job, timetable
from kernel import schema
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import both, mark
from office.access_log.cli import commands as access_log
from office.bookkeeping.cli import commands as audit
from office.calendar.cli import commands as calendar
from office.people.cli import commands as setup
from office.places.cli import commands as places

database = AppGroup("database", help="The tables of the service.")
UP_TO_DATE = mark("The tables of the database are up to date.")
COPIED = mark("Rows copied: %(number)s. Now set HELPDESK_DATABASE_URL and start the service anew.")
STANDS_AT = mark("The tables of the database stand at")


def install(app: Flask) -> None:
    """Put the commands of every room into the application."""
    for group in (
        register,
        files,
        labels,
        timetable,
        job,
        setup,
        places,
        calendar,
        audit,
        access_log,
    ):
        group.callback = _with_tables
        app.cli.add_command(group)
    for group in (database, demo):
        app.cli.add_command(group)
    app.cli.add_command(doctor)
    app.cli.add_command(papers)
    app.cli.add_command(backup)


@with_appcontext
def _with_tables() -> None:
    """Make the tables of a database that has none; refuse one whose tables are of another step."""
    if schema.is_empty():
        schema.move("head")
    if not schema.is_newest():
        raise click.ClickException(both(schema.NOT_NEWEST))


@database.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables up to the newest step."""
    schema.move(revision)
    newest = schema.is_newest()
    click.echo(both(UP_TO_DATE) if newest else f"{both(STANDS_AT)}: {revision}")


@database.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back down to an earlier step; `base` removes them all."""
    schema.move(revision)
    click.echo(f"{both(STANDS_AT)}: {revision}")


@database.command("copy")
@click.option("--to", required=True, help="postgresql://USER@HOST/DATABASE")
def copy(to: str) -> None:
    """Copy all rows into another, empty database; stop the service first."""
    url = make_url(to)
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    target = create_engine(url)
    try:
        with db.engine.connect() as source:
            rows = moving.copy(source, target)
    except (Refusal, SQLAlchemyError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        target.dispose()
    click.echo(both(COPIED, number=rows))
