"""The annual report as a file."""

from __future__ import annotations

from flask import Blueprint, Response

from helpdesk.annual import gathering, papers
from helpdesk.desk import access
from helpdesk.figures.periods import Period, period_asked
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.sending import disposition
from office.places.naming import office_name

blueprint = Blueprint("annual", __name__)


@blueprint.get("/year/<int:year>/report.pdf")
@permit(access.YEAR)
def report(year: int) -> Response:
    """Send the report of a fiscal year of the Buddhist era."""
    period = period_asked(str(year), "")
    if period != Period(year):
        raise NotFound(_("There is no such fiscal year."))
    told = gathering.report_of(viewer(), period, office=office_name("th"))
    answer = Response(papers.report_pdf(told), content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"annual-report-{year}.pdf", inline=True)
    return answer
