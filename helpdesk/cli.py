"""The commands of ``flask``; each calls a rule or a job."""

from __future__ import annotations

import click
from flask import Flask

from kernel.db import Model, db


def install(app: Flask) -> None:
    """Put the commands of every room into the application."""
    app.cli.add_command(create_tables)


@click.command("create-tables")
def create_tables() -> None:
    """Make all tables at once."""
    Model.metadata.create_all(db.engine)
