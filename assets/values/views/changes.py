"""Additions and disposals of a fiscal year: page, workbook, paper."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from assets.values import access, columns, papers
from assets.values.queries import changes as queries
from assets.values.views import asked
from assets.values.views.blueprint import blueprint
from assets.values.views.register import pdf
from assets.values.words import CONVENTIONS, UNTOLD, WAYS
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import language

YEARS = 15
SHOWN = 300


@blueprint.get("/values/changes")
@permit(access.SEE)
def changes() -> ResponseReturnValue:
    """Show what came into the books and what left them in a fiscal year."""
    found, (year, _typed) = asked.asked(), asked.year_asked()
    told = queries.changes(viewer(), found.wanted, year)
    return render_template(
        "assets/values/changes.html",
        asked=found,
        wanted=found.wanted,
        year=_shown(year),
        years=_years(year),
        told=told,
        shown=SHOWN,
        tabs=asked.tabs("changes"),
        groups=[*_books(found), *asked.groups(found)],
        books_of=asked.books_of(found),
        convention=CONVENTIONS[found.wanted.convention],
        ways=WAYS,
        untold=UNTOLD,
        spoken=columns.spoken,
        paper=asked.address("values.changes_paper"),
        files=asked.files("values.changes_file"),
    )


def _years(chosen: int) -> list[tuple[str, str, bool]]:
    this = thai.fiscal_year(clock.today())
    years = sorted({*range(this - YEARS, this + 1), chosen}, reverse=True)
    return [(_shown(year), _shown(year), year == chosen) for year in years]


def _shown(year: int) -> str:
    return str(year if language() == "th" else year - thai.BUDDHIST_OFFSET)


def _books(found: asked.Asked) -> list[dict[str, object]]:
    value = found.wanted.book.value if found.wanted.book else ""
    choices = [("low", _("Low-value items"))]
    own = {"name": "book", "label": _("Value"), "choices": choices, "any": _("Capital items")}
    return [{**own, "value": value if value == "low" else ""}]


@blueprint.get("/values/changes.<ending>")
@permit(access.SEE)
def changes_file(ending: str) -> ResponseReturnValue:
    """Hand out the changes of a fiscal year as a workbook or as CSV."""
    found, (year, _typed) = asked.asked(), asked.year_asked()
    told = queries.changes(viewer(), found.wanted, year)
    name = f"{_('Additions and disposals')} {_shown(year)}"
    rows = [*told.came, *told.went]
    return downloads.table(
        ending, columns.of_changes(), rows, name=name, plain_name=f"changes-{year}"
    )


@blueprint.get("/values/changes.pdf")
@permit(access.SEE)
def changes_paper() -> ResponseReturnValue:
    """Print the changes of a fiscal year between its opening and closing sums."""
    found, (year, _typed) = asked.asked(), asked.year_asked()
    told = queries.changes(viewer(), found.wanted, year)
    whose = asked.books_of(found, "th")
    return pdf(papers.changes(found.wanted, year, told, books_of=whose), f"changes-{year}")
