"""The lists: what I may use, what is to be done, who has what, one person."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.access_rights import access, queries
from helpdesk.access_rights.forms import WhyForm
from helpdesk.access_rights.models import AccessRight
from helpdesk.access_rights.queries import MOVED, Filter
from helpdesk.access_rights.rules import granting
from helpdesk.access_rights.states import LEVELS, STANDINGS, Level, Standing
from helpdesk.access_rights.views.blueprint import blueprint
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import page_number, paged
from kernel.states import Face
from kernel.tables import Column, Kind
from kernel.work import work
from office.people.models import Person
from office.places import queries as places


def face_of(right: AccessRight) -> Face:
    """Return how a right stands today."""
    return STANDINGS[right.standing(clock.today())]


def level_of(right: AccessRight) -> str:
    """Return the level of a right in the language spoken now."""
    return str(LEVELS[Level(right.level)])


@blueprint.get("")
@permit(access.MINE)
def mine() -> ResponseReturnValue:
    """Show what I may use, and until when."""
    return render_template(
        "helpdesk/access_rights/mine.html",
        rights=queries.rights_of(viewer().id or 0),
        face=face_of,
        level=level_of,
    )


@blueprint.get("/to-do")
@permit(access.MINE)
def to_do() -> ResponseReturnValue:
    """Show keepers the accounts to make and to switch off, owners their reviews."""
    me = viewer()
    return render_template(
        "helpdesk/access_rights/to_do.html",
        to_grant=queries.to_grant(me),
        to_switch_off=queries.to_switch_off(me),
        rounds=queries.open_rounds(me),
        button=ActionForm(formdata=None),
        level=level_of,
    )


@blueprint.get("/rights")
@permit(access.MINE)
def overview() -> ResponseReturnValue:
    """Show who has what, as far as the viewer may see it."""
    me, wanted, number = viewer(), _wanted(), page_number()
    return render_template(
        "helpdesk/access_rights/rights.html",
        page=paged(queries.rights(me, wanted, number), number, queries.A_PAGE),
        wanted=wanted,
        systems=[(str(one.id), one.name) for one in queries.systems_cared_for(me)],
        units=places.choices(me.scope(access.SEE)) if me.may(access.SEE) else [],
        standings=_standings(),
        face=face_of,
        level=level_of,
        may_see_people=me.may(access.SEE),
    )


def _standings() -> list[tuple[str, object]]:
    shown = [(one.value, STANDINGS[one].label) for one in Standing]
    return [*shown, (MOVED, _("holder works elsewhere now"))]


def _wanted() -> Filter:
    system, unit = request.args.get("system", ""), request.args.get("unit", "")
    standing = request.args.get("standing", "")
    return Filter(
        words=thai.normalize(request.args.get("q", "").replace("\0", ""))[:100],
        system_id=int(system) if system.isdecimal() and len(system) < 16 else None,
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 16 else None,
        standing=standing if standing in (*Standing, MOVED) else "",
    )


@blueprint.get("/rights.<ending>")
@permit(access.MINE)
def table(ending: str) -> Response:
    """Send exactly what the list shows."""
    columns: list[Column[AccessRight]] = [
        Column(_("Name"), lambda one: one.person.name_th, width=28),
        Column(_("Unit"), lambda one: one.unit.name, width=32),
        Column(_("System"), lambda one: one.system.name, width=32),
        Column(_("Level"), level_of, width=16),
        Column(_("Account"), lambda one: one.account, width=24),
        Column(_("State"), lambda one: str(face_of(one).label), width=20),
        Column(_("From"), lambda one: one.starts_on, Kind.DAY),
        Column(_("Until"), lambda one: one.ends_on, Kind.DAY),
        Column(_("Granted by"), lambda one: one.granted_by.name_th, width=28),
        Column(_("Request"), lambda one: one.request.number, width=16),
        Column(_("Reason of the end"), lambda one: one.revoked_why, width=32),
    ]
    rows = queries.all_rights(viewer(), _wanted())
    return downloads.table(
        ending, columns, rows, name=_("Access rights"), plain_name="access-rights"
    )


@blueprint.get("/people/<int:person_id>")
@permit(access.SEE)
def person(person_id: int) -> ResponseReturnValue:
    """Show all rights of one person."""
    return _person_page(access.person_seen(viewer(), person_id), WhyForm(formdata=None))


def _person_page(shown: Person, form: WhyForm) -> ResponseReturnValue:
    rights = queries.rights_of(shown.id)
    page = render_template(
        "helpdesk/access_rights/person.html",
        person=shown,
        rights=rights,
        in_force=any(right.revoked_at is None for right in rights),
        may_revoke=viewer().may(access.SYSTEMS),
        form=form,
        face=face_of,
        level=level_of,
    )
    return page, form.status


@blueprint.post("/people/<int:person_id>/revoke-all")
@permit(access.SYSTEMS)
def revoke_all(person_id: int) -> ResponseReturnValue:
    """End every right of a person who leaves or moves (R-AC2)."""
    form = WhyForm()
    shown = access.person_seen(viewer(), person_id)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.person_seen(viewer(), person_id)
                access.demand_revoke_all(viewer())
                number = granting.revoke_all(found.id, form.words.data or "", by=viewer())
            flash(
                ngettext(
                    "%(number)s right is ended; its keepers switch it off.",
                    "%(number)s rights are ended; their keepers switch them off.",
                    number,
                ),
                "ok",
            )
            return redirect(url_for("access_rights.person", person_id=person_id))
        shown = access.person_seen(viewer(), person_id)
    return _person_page(shown, form)
