"""The commands of labels."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import true

from assets.labels import rules, sheets, wording
from assets.register import queries
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import work
from office.places.naming import office_name

labels = AppGroup("labels", help="Labels of the items.")
COMMAND = Viewer(name="flask labels sheet")
MOST = 20_000


@labels.command("sheet")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--limit", type=click.IntRange(1, MOST), default=24, help="How many labels.")
@click.option("--layout", type=click.Choice(list(sheets.LAYOUTS)), default=wording.DEFAULT_LAYOUT)
def sheet(out: Path, limit: int, layout: str) -> None:
    """Write the labels of the first items of the register as PDF."""
    base_url = current_app.extensions["settings"].base_url
    office = office_name("th")
    assets = queries.chosen(queries.Filters(), true(), limit=limit)
    if not assets:
        raise click.ClickException(_("There is nothing in the register yet."))
    with work():
        tags = rules.tags_for(assets, by=COMMAND)
        made = [
            wording.label_of(tags[asset.id], asset, base_url=base_url, office=office)
            for asset in assets
        ]
    out.write_bytes(sheets.sheet(made, sheets.LAYOUTS[layout]))
    click.echo(
        ngettext(
            "%(number)s label in %(file)s", "%(number)s labels in %(file)s", len(made), file=out
        )
    )
