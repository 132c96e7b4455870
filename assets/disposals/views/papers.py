"""The papers of a case as PDF."""

from __future__ import annotations

from flask import Response, current_app

from assets.disposals import access, papers, queries
from assets.disposals.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.places.naming import office_name


@blueprint.get("/<int:disposal_id>/papers/<name>.pdf")
@permit(access.OPEN)
def paper(disposal_id: int, name: str) -> Response:
    """Print one paper of a case."""
    case = access.disposal_seen(viewer(), disposal_id)
    if name not in {key for key, _label in papers.offered(case)}:
        raise NotFound(_("There is no such paper."))
    agency = queries.agency_of(case.unit)
    office = office_name("th")
    school = agency.name_th if agency.kind == "school" else ""
    return Response(
        papers.paper(
            name,
            case,
            office=school or office,
            above=office if school else "",
            base_url=current_app.extensions["settings"].base_url,
        ),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="disposal-{name}.pdf"'},
    )
