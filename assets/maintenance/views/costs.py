"""Cost and time out of use of each item against its plan: page, workbook, paper."""

from __future__ import annotations

from itertools import islice

from flask import render_template
from flask.typing import ResponseReturnValue

from assets.maintenance import access, columns, costs, papers
from assets.maintenance.costs import Figures
from assets.maintenance.views.blueprint import blueprint
from assets.maintenance.views.year import address, asked, books_of, groups, pdf, shown_year
from kernel import downloads
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from office.papers.variant import both


@blueprint.get("/maintenance/costs")
@permit(access.SEE)
def cost_page() -> ResponseReturnValue:
    """Show what the maintenance of each item cost and how long it was out of use."""
    wanted, number = asked(), page_number()
    return render_template(
        "assets/maintenance/costs.html",
        year=shown_year(wanted.fiscal_year),
        page=paged(costs.lines(viewer(), wanted, number), number, costs.A_PAGE),
        groups=groups(wanted),
        files=[
            *both("PDF", address("maintenance.cost_paper", wanted)),
            ("Excel", address("maintenance.cost_file", wanted, ending="xlsx")),
        ],
    )


@blueprint.get("/maintenance/costs.<ending>")
@permit(access.SEE)
def cost_file(ending: str) -> ResponseReturnValue:
    """Hand out all lines as a workbook or as CSV."""
    wanted = asked()
    name = f"{_('Cost and downtime')} {shown_year(wanted.fiscal_year)}"
    rows = costs.every_line(viewer(), wanted)
    plain_name = f"maintenance-costs-{wanted.fiscal_year}"
    return downloads.table(ending, columns.of_costs(), rows, name=name, plain_name=plain_name)


@blueprint.get("/maintenance/costs.pdf")
@permit(access.SEE)
def cost_paper() -> ResponseReturnValue:
    """Print all lines, up to 2,000, with their sums."""
    wanted = asked()
    lines = list(islice(costs.every_line(viewer(), wanted), papers.MOST_ROWS + 1))
    if len(lines) > papers.MOST_ROWS:
        raise Refusal(_("These are too many lines for one paper. Choose a school or a plan."))
    total = Figures()
    for line in lines:
        total.add(line.figures)
    content = papers.cost_list(wanted.fiscal_year, lines, total, books_of=books_of(wanted))
    return pdf(content, f"maintenance-costs-{wanted.fiscal_year}")
