"""``flask papers render``: every paper with sample data, one PDF each."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from helpdesk.gallery.collection import every
from kernel.i18n import both, mark

WRITTEN = mark("Papers written: %(number)s")
papers = AppGroup("papers", help="The papers that the service prints.")


@papers.command("render")
@click.option("--all", "all_of_them", is_flag=True, help="All papers.")
@click.option("--code", "codes", multiple=True, help="Only this paper, F02; may be repeated.")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="A folder."
)
@click.option(
    "--language",
    type=click.Choice(["th", "en"]),
    default="th",
    show_default=True,
    help="th: Thai; en: English beside the Thai labels.",
)
def render(all_of_them: bool, codes: tuple[str, ...], out: Path, language: str) -> None:  # noqa: FBT001 - click gives the flag by its name
    """Write papers with sample data into a folder, each named by its code."""
    if all_of_them == bool(codes):
        raise click.UsageError("Say either --all or --code.")
    unknown = [code for code in codes if code not in every()]
    if unknown:
        raise click.BadParameter(f"no paper has the code {', '.join(unknown)}")
    out.mkdir(parents=True, exist_ok=True)
    chosen = [one for one in every().values() if all_of_them or one.code in codes]
    for sample in chosen:
        (out / f"{sample.code}.pdf").write_bytes(sample.printed(language))
    click.echo(f"{out}: {both(WRITTEN, number=len(chosen))}")
