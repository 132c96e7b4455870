"""Hours: everybody's in a fiscal year, and one person's over the years."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.trainings import access, queries
from helpdesk.trainings.models import TrainingCertificate
from helpdesk.trainings.queries import Hours
from helpdesk.trainings.views.blueprint import blueprint
from kernel import clock, downloads
from kernel.access import Viewer, permit
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.paths import whole
from kernel.tables import Column, Kind
from kernel.thai import fiscal_year
from office.people.models import Person
from office.places.slots import Way

EARLIEST, LATEST = 2500, 2700


def _year() -> int:
    year = whole(request.args.get("year")) or 0
    return year if EARLIEST <= year <= LATEST else fiscal_year(clock.today())


def _query() -> str:
    return request.args.get("q", "").strip()[:100]


@blueprint.get("/trainings/hours")
@permit(access.SEE)
def hours() -> ResponseReturnValue:
    """List the hours of everybody in a fiscal year."""
    year, number = _year(), page_number()
    found = queries.hours(year, _query(), number, queries.PAGE)
    return render_template(
        "helpdesk/trainings/hours.html",
        page=paged(found, number, queries.PAGE),
        year=year,
        this=fiscal_year(clock.today()),
        query=_query(),
    )


@blueprint.get("/trainings/hours.<ending>")
@permit(access.SEE)
def hours_table(ending: str) -> Response:
    """Send the hours of a fiscal year as a table, as the list is narrowed."""
    columns: list[Column[Hours]] = [
        Column(_("Name"), lambda one: one.name, width=30),
        Column(_("School or group"), lambda one: one.unit, width=40),
        Column(_("Trainings"), lambda one: one.trainings, Kind.WHOLE),
        Column(_("Hours"), lambda one: one.hours, Kind.WHOLE),
    ]
    rows = queries.hours(_year(), _query())
    return downloads.table(ending, columns, rows, name=_("Training hours"), plain_name="hours")


@blueprint.get("/trainings/people/<int:person_id>")
@permit(access.SEE)
def of_person(person_id: int) -> ResponseReturnValue:
    """Show the hours of one person by fiscal year, and the certificates."""
    found = access.person_known(person_id)
    return render_template(
        "helpdesk/trainings/person.html",
        person=found,
        years=queries.hours_by_year(found.id),
        certificates=queries.certificates_of(found.id),
    )


@blueprint.get("/trainings/people/<int:person_id>/hours.<ending>")
@permit(access.SEE)
def person_table(person_id: int, ending: str) -> Response:
    """Send the trainings of one person as a table."""
    found = access.person_known(person_id)
    columns: list[Column[TrainingCertificate]] = [
        Column(_("Fiscal year"), lambda one: one.fiscal_year, Kind.WHOLE),
        Column(_("Training"), lambda one: one.enrolment.session.course.title, width=40),
        Column(_("Number"), lambda one: one.number, width=16),
        Column(_("Hours"), lambda one: one.hours, Kind.WHOLE),
        Column(_("Issued"), lambda one: one.issued_on, Kind.DAY),
    ]
    rows = queries.certificates_of(found.id)
    name = _("Training hours of %(name)s", name=found.name)
    return downloads.table(ending, columns, rows, name=name, plain_name="training-hours")


def ways_of_person(person: Person, me: Viewer) -> Sequence[Way]:
    """Return the way from a person's page to the hours of training."""
    if not me.may(access.SEE):
        return ()
    here = url_for("trainings.of_person", person_id=person.id)
    return (Way(_("Training hours"), here, "mortarboard"),)
