"""Notices to those concerned, and the receipts of who has read them."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from helpdesk.programmes import access, queries
from helpdesk.programmes.forms import NoticeForm
from helpdesk.programmes.models import Programme
from helpdesk.programmes.rules import telling
from helpdesk.programmes.states import State
from helpdesk.programmes.views.blueprint import blueprint
from helpdesk.programmes.views.people import named, page
from kernel.access import permit, viewer
from kernel.db import db
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person, RoleGrant


@blueprint.route("/<int:programme_id>/notices", methods=["GET", "POST"])
@permit(access.READ)
def notices(programme_id: int) -> ResponseReturnValue:
    """Show the notices with their receipts; the working group sends one."""
    form = NoticeForm()
    if form.accepted():
        with form.refusals():
            here = url_for("programmes.notices", programme_id=programme_id)
            with work():
                found = access.programme_edited(viewer(), programme_id)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    subject, body = form.subject.data or "", form.body.data or ""
                    telling.tell(found, subject, body, _people(form, found), by=viewer())
            flash(_("The notice is sent."), "ok")
            return redirect(here)
    shown = access.programme_seen(viewer(), programme_id)
    sent = queries.notices_of(shown.id)
    return page(
        "notices",
        shown,
        form.status,
        notices=sent,
        readers=queries.readers_of([one.id for one, _all, _read in sent]),
        me_id=viewer().id,
        form=form,
        may_tell=shown.state in (State.RUNNING, State.CLOSED),
    )


def _people(form: NoticeForm, programme: Programme) -> list[Person]:
    lines = (form.people.data or "").splitlines()
    people = [named(line, "people") for line in lines if line.strip()]
    if form.group.data:
        people += [one.person for one in queries.members_of(programme.id)]
    if form.coordinators.data:
        people += db.session.scalars(
            select(Person)
            .join(RoleGrant, RoleGrant.person_id == Person.id)
            .where(RoleGrant.role == Role.COORDINATOR, Person.left_on.is_(None))
            .order_by(Person.id)
        ).all()
    return [person for person in people if person.id != viewer().id]


@blueprint.post("/<int:programme_id>/notices/<int:notice_id>/confirm")
@permit(access.READ)
def confirm(programme_id: int, notice_id: int) -> ResponseReturnValue:
    """Say that a notice was read."""
    ActionForm().insist()
    with work():
        found = access.programme_seen(viewer(), programme_id)
        telling.confirm(found, notice_id, by=viewer())
    flash(_("Thank you. Your receipt is written down."), "ok")
    return redirect(url_for("programmes.notices", programme_id=programme_id))
