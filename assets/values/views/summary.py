"""Sums for each class and each unit: page, workbook, paper."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assets.values import access, columns, papers
from assets.values.queries import summary as queries
from assets.values.queries.summary import By
from assets.values.views import asked
from assets.values.views.blueprint import blueprint
from assets.values.views.register import pdf
from assets.values.words import CONVENTIONS
from kernel import downloads
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import speaking


def _by() -> By:
    return By.UNIT if request.args.get("by") == By.UNIT else By.CLASS


def _heading(by: By) -> str:
    return _("Class") if by == By.CLASS else _("Unit")


@blueprint.get("/values/summary")
@permit(access.SEE)
def summary() -> ResponseReturnValue:
    """Show the sums of both registers for each class or each unit on a day."""
    found, by = asked.asked(None), _by()
    rows, total = queries.summary(viewer(), found.wanted, by)
    return render_template(
        "assets/values/summary.html",
        asked=found,
        wanted=found.wanted,
        by=by.value,
        heading=_heading(by),
        rows=rows,
        figures=total,
        tabs=asked.tabs(by.value),
        groups=asked.groups(found),
        shortcuts=asked.shortcuts(),
        books_of=asked.books_of(found),
        convention=CONVENTIONS[found.wanted.convention],
        paper=asked.address("values.summary_paper"),
        files=asked.files("values.summary_file"),
    )


@blueprint.get("/values/summary.<ending>")
@permit(access.SEE)
def summary_file(ending: str) -> ResponseReturnValue:
    """Hand out the sums as a workbook or as CSV."""
    wanted, by = asked.asked(None).wanted, _by()
    rows, _total = queries.summary(viewer(), wanted, by)
    day = wanted.on.isoformat()
    name = f"{_('By class') if by == By.CLASS else _('By unit')} {day}"
    found = columns.of_summary(_heading(by))
    return downloads.table(ending, found, rows, name=name, plain_name=f"summary-{by.value}-{day}")


@blueprint.get("/values/summary.pdf")
@permit(access.SEE)
def summary_paper() -> ResponseReturnValue:
    """Print the sums for each class or each unit."""
    found, by = asked.asked(None), _by()
    with speaking("th"):
        rows, total = queries.summary(viewer(), found.wanted, by)
    whose = asked.books_of(found, "th")
    content = papers.summary(found.wanted, rows, total, by, books_of=whose)
    return pdf(content, f"summary-{by.value}-{found.wanted.on.isoformat()}")
