"""The papers of a programme as PDF."""

from __future__ import annotations

from flask import Response, current_app

from helpdesk.programmes import access, papers, queries, report_queries
from helpdesk.programmes.approving import PROPOSAL_PAPER, REPORT_PAPER
from helpdesk.programmes.models import Programme
from helpdesk.programmes.papers import Letterhead
from helpdesk.programmes.rules import reporting
from helpdesk.programmes.states import StepKind
from helpdesk.programmes.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, viewer
from kernel.sending import disposition
from office.approvals import papers as signatures
from office.approvals.models import Approval
from office.papers import queries as issued_papers
from office.places.naming import office_name

PAPERS = {StepKind.PROPOSE: PROPOSAL_PAPER, StepKind.REPORT: REPORT_PAPER}


@blueprint.get("/<int:programme_id>/order.pdf")
@permit(access.READ)
def order_paper(programme_id: int) -> Response:
    """Print the order that appoints the working group."""
    found = access.programme_seen(viewer(), programme_id)
    made = papers.order(found, queries.members_of(found.id), office=office_name("th"))
    return _pdf(made, f"order-{found.id}")


@blueprint.get("/<int:programme_id>/proposal.pdf")
@permit(access.READ)
def proposal_paper(programme_id: int) -> Response:
    """Print the memo that proposes the programme."""
    found = access.programme_seen(viewer(), programme_id)
    head = _head(found, StepKind.PROPOSE, found.approval, str(found.id))
    plan, indicators = queries.activities_of(found.id), queries.indicators_of(found.id)
    return _pdf(papers.proposal(found, plan, indicators, head), f"proposal-{found.id}")


@blueprint.get("/reports/<int:report_id>/report.pdf")
@permit(access.READ)
def report_paper(report_id: int) -> Response:
    """Print a version of the summary report."""
    found = report_queries.report_of(report_id)
    access.programme_seen(viewer(), found.programme_id)
    number = f"{found.programme_id}/{found.edition}"
    head = _head(found.programme, StepKind.REPORT, found.approval, number)
    figures = found.figures or reporting.figures(found.programme)
    return _pdf(papers.report(found, figures, head), f"report-{found.id}")


def _head(
    programme: Programme, kind: StepKind, approval: Approval | None, number: str
) -> Letterhead:
    """Return what stands around a memo; its number is the one that its step keeps."""
    step = next(one for one in queries.steps_of(programme.id) if one.kind == kind)
    issued = issued_papers.valid_paper(PAPERS[kind], number)
    return Letterhead(
        office=office_name("th"),
        base_url=current_app.extensions["settings"].base_url,
        places=signatures.places(approval) if approval else (),
        issued=issued,
        number=step.doc_no,
        day=clock.local(approval.submitted_at).date() if approval else None,
    )


def _pdf(made: bytes, name: str) -> Response:
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=True)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
