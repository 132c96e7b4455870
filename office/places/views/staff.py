"""Pages of the people of the units: the list, one person, roles, password links."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config import Settings
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import check_version, work
from office.bookkeeping import actors, words
from office.bookkeeping import rules as bookkeeping
from office.bookkeeping.queries import history
from office.people import access, keys, leaving, rules
from office.people.access import ROLE_NAMES, Role
from office.people.models import Person
from office.places import queries, slots, staff
from office.places.access import unit_seen
from office.places.forms import GrantForm, PersonForm

blueprint = Blueprint("staff", __name__)


@blueprint.get("/people")
@permit(access.SEE)
def people() -> ResponseReturnValue:
    """List the people of the units the viewer may see."""
    unit, role = request.args.get("unit", ""), request.args.get("role", "")
    wanted = staff.StaffFilter(
        query=request.args.get("q", "")[:100],
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 16 else None,
        role=role if role in tuple(Role) else "",
        left=request.args.get("left") == "1",
    )
    number = page_number()
    page = paged(staff.people(viewer(), wanted, number), number, staff.PAGE_SIZE)
    return render_template(
        "office/places/people.html",
        page=page,
        wanted=wanted,
        units=queries.choices(viewer().scope(access.SEE)),
        role_names=ROLE_NAMES,
        may_edit=viewer().may(access.EDIT),
    )


@blueprint.get("/people/<int:person_id>")
@permit(access.SEE)
def person(person_id: int) -> ResponseReturnValue:
    """Show a person; to an administrator also the roles and what was done to the account."""
    return _person_page(access.person_seen(viewer(), person_id), _grant_form())


def _grant_form() -> GrantForm:
    form = GrantForm()
    form.offer(viewer().scope(access.GRANT))
    return form


def _person_page(
    shown: Person, form: GrantForm, link: str = "", *, refused: ActionForm | None = None
) -> ResponseReturnValue:
    may_edit = viewer().may(access.EDIT, shown.unit_id)
    done = history("person", shown.id, 20) if may_edit else []
    page = render_template(
        "office/places/person.html",
        person=shown,
        unit=unit_seen(shown.unit_id),
        ways=slots.ways_of_person(shown, viewer()),
        held=staff.held(shown.id),
        role_names=ROLE_NAMES,
        may_edit=may_edit,
        form=form,
        link=link,
        history=done,
        called=actors.called(done),
        words=words,
        refused=refused.form_errors if refused else [],
        standing=leaving.standing(shown) if refused else [],
    )
    return page, refused.status if refused else form.status


@blueprint.route("/people/hire", methods=["GET", "POST"])
@permit(access.EDIT)
def hire() -> ResponseReturnValue:
    """Add a person."""
    form = PersonForm(unit_id=request.args.get("unit"))
    form.offer(viewer().scope(access.EDIT))
    if form.accepted():
        with form.refusals():
            with work():
                viewer().demand(access.EDIT, form.unit_id.data)
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = rules.hire(by=viewer(), **form.fields())
                here = url_for("staff.person", person_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("%(name)s is added.", name=made.name), "ok")
            return redirect(here)
    return render_template("office/places/person_form.html", form=form, person=None), form.status


@blueprint.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit(person_id: int) -> ResponseReturnValue:
    """Change what is known of a person."""
    edited = access.person_edited(viewer(), person_id)
    form = PersonForm(obj=edited)
    form.offer(viewer().scope(access.EDIT))
    if form.accepted():
        with form.refusals():
            with work():
                edited = access.person_edited(viewer(), person_id)
                check_version(edited.version, form.seen_version)
                viewer().demand(access.EDIT, form.unit_id.data)
                rules.edit(edited, by=viewer(), **form.fields())
            flash(_("Saved."), "ok")
            return redirect(url_for("staff.person", person_id=person_id))
        edited = access.person_edited(viewer(), person_id)
        form.stand_at(edited.version)
    return render_template("office/places/person_form.html", form=form, person=edited), form.status


@blueprint.post("/people/<int:person_id>/grant")
@permit(access.GRANT)
def grant(person_id: int) -> ResponseReturnValue:
    """Give a person a role."""
    form = _grant_form()
    if form.accepted():
        with form.refusals():
            with work():
                granted = access.person_edited(viewer(), person_id)
                access.demand_grant(viewer(), form.unit_id.data)
                rules.grant(granted, form.role.data, form.unit_id.data, by=viewer())
            flash(_("The role is given."), "ok")
            return redirect(url_for("staff.person", person_id=person_id))
    return _person_page(access.person_edited(viewer(), person_id), form)


@blueprint.post("/people/<int:person_id>/revoke/<int:grant_id>")
@permit(access.GRANT)
def revoke(person_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role away."""
    ActionForm().insist()
    with work():
        rules.revoke(access.person_edited(viewer(), person_id), grant_id, by=viewer())
    flash(_("The role is taken away."), "ok")
    return redirect(url_for("staff.person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/leave")
@permit(access.EDIT)
def leave(person_id: int) -> ResponseReturnValue:
    """Write down that a person has left."""
    form = ActionForm()
    form.insist()
    with form.refusals():
        with work():
            rules.leave(access.person_edited(viewer(), person_id), by=viewer())
        flash(_("The person has left; they cannot sign in any more."), "ok")
        return redirect(url_for("staff.person", person_id=person_id))
    # The page says what stands in the way, and leads to where it can be settled.
    staying = access.person_edited(viewer(), person_id)
    return _person_page(staying, _plain_grant_form(), refused=form)


@blueprint.post("/people/<int:person_id>/come-back")
@permit(access.EDIT)
def come_back(person_id: int) -> ResponseReturnValue:
    """Take a person who had left back."""
    ActionForm().insist()
    with work():
        rules.come_back(access.person_edited(viewer(), person_id), by=viewer())
    flash(_("The person is back. Give them their roles and a password link."), "ok")
    return redirect(url_for("staff.person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/sign-out")
@permit(access.EDIT)
def sign_out_everywhere(person_id: int) -> ResponseReturnValue:
    """End every session of a person, for a lost phone."""
    ActionForm().insist()
    with work():
        keys.sign_out_everywhere(access.person_edited(viewer(), person_id), by=viewer())
    flash(_("The person is signed out on every device."), "ok")
    return redirect(url_for("staff.person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/password-link")
@permit(access.EDIT)
def password_link(person_id: int) -> ResponseReturnValue:
    """Send a password link, or show it once where the service sends no e-mail."""
    ActionForm().insist()
    settings: Settings = current_app.extensions["settings"]
    with work():
        owner = access.person_edited(viewer(), person_id)
        secret = keys.issue_password_link(owner, by=viewer())
        path = url_for("people.reset", secret=secret)
        is_sent = bool(settings.smtp_url and owner.email)
        if is_sent:
            keys.send_password_link(owner, path)
    if is_sent:
        flash(_("A link is on its way to %(email)s.", email=owner.email), "ok")
        return redirect(url_for("staff.person", person_id=person_id))
    link = f"{settings.base_url}/password/{secret}"
    return _person_page(access.person_edited(viewer(), person_id), _plain_grant_form(), link)


def _plain_grant_form() -> GrantForm:
    form = GrantForm(formdata=None)
    form.offer(viewer().scope(access.GRANT))
    return form
