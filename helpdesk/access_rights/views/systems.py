"""The register of systems: the list, one system with who has what, entering and changing."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.access_rights import access, card_queries, queries, states
from helpdesk.access_rights.forms import SystemForm
from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.queries import Filter
from helpdesk.access_rights.rules import systems
from helpdesk.access_rights.rules.systems import SystemDraft
from helpdesk.access_rights.states import CRITICALITIES, Part, Standing, risk_level
from helpdesk.access_rights.views import cards
from helpdesk.access_rights.views.blueprint import blueprint
from helpdesk.access_rights.views.lists import face_of, level_of
from kernel import clock
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import check_version, work
from office.approvals.queries import person_named
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places import queries as places


@blueprint.get("/systems")
@permit(access.MINE)
def system_list() -> ResponseReturnValue:
    """Show the systems that the viewer owns or keeps; who reads the register all of them."""
    narrowed = cards.wanted()
    lines = card_queries.register(viewer(), narrowed)
    ids = [one.system.id for one in lines]
    return render_template(
        "helpdesk/access_rights/systems.html",
        lines=lines,
        wanted=narrowed,
        criticalities=CRITICALITIES,
        risk_level=risk_level,
        holders=queries.holders_of(ids),
        parts=queries.parts_of(ids),
        OWNER=Part.OWNER,
        KEEPER=Part.KEEPER,
    )


@blueprint.get("/systems/<int:system_id>")
@permit(access.MINE)
def system(system_id: int) -> ResponseReturnValue:
    """Show one system: its people, who has what, its reviews."""
    me, number = viewer(), page_number()
    shown = access.system_seen(me, system_id)
    wanted = Filter(system_id=system_id, standing=Standing.ACTIVE)
    parts = queries.parts_of([system_id])
    card = card_queries.cards_of([system_id]).get(system_id)
    return render_template(
        "helpdesk/access_rights/system.html",
        system=shown,
        owners=parts.get((system_id, Part.OWNER), []),
        keepers=parts.get((system_id, Part.KEEPER), []),
        page=paged(queries.rights(me, wanted, number), number, queries.A_PAGE),
        rounds=queries.rounds_of(system_id),
        may_own=access.may_own(me, shown),
        may_see_rights=me.may(access.SEE) or access.is_part(me, shown, *Part),
        card=card,
        to_check=card_queries.needs_check(shown, card, clock.today()),
        kinds=cards.kinds_told(card) if card is not None else "",
        risks=card_queries.risks_of([system_id]).get(system_id, []),
        flows=card_queries.flows_of([system_id])[system_id],
        words=states,
        may_edit=me.may(access.SYSTEMS),
        button=ActionForm(formdata=None),
        face=face_of,
        level=level_of,
    )


@blueprint.route("/systems/new", methods=["GET", "POST"])
@permit(access.SYSTEMS)
def enter_system() -> ResponseReturnValue:
    """Enter a system."""
    form = _form(SystemForm(data=None if request.method == "POST" else _usual()))
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = systems.enter(_draft(form), by=viewer())
                here = url_for("access_rights.system", system_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The system is entered. People can ask for access to it now."), "ok")
            return redirect(here)
    return _edit_page(form, None)


def _usual() -> dict[str, int]:
    return {"review_months": 12, "longest_months": 24}


@blueprint.route("/systems/<int:system_id>/edit", methods=["GET", "POST"])
@permit(access.SYSTEMS)
def edit_system(system_id: int) -> ResponseReturnValue:
    """Change a system and its people."""
    shown = access.system_seen(viewer(), system_id)
    form = _form(SystemForm(data=None if request.method == "POST" else _known(shown)))
    if form.accepted():
        with form.refusals():
            with work():
                found = access.system_seen(viewer(), system_id)
                check_version(found.version, form.seen_version)
                systems.edit(found, _draft(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("access_rights.system", system_id=system_id))
        shown = access.system_seen(viewer(), system_id)
        form.stand_at(shown.version)
    return _edit_page(form, shown)


def _known(shown: InformationSystem) -> dict[str, object]:
    return {
        "code": shown.code,
        "name_th": shown.name_th,
        "name_en": shown.name_en,
        "purpose": shown.purpose,
        "unit_id": str(shown.unit_id),
        "review_months": shown.review_months,
        "longest_months": shown.longest_months,
        "owners": _names(systems.people_of(shown.id, Part.OWNER)),
        "keepers": _names(systems.people_of(shown.id, Part.KEEPER)),
        "version": str(shown.version),
    }


def _names(people: list[Person]) -> str:
    return "\n".join(person.username or person.name_th for person in people)


def _form(form: SystemForm) -> SystemForm:
    form.unit_id.choices = places.choices()
    return form


def _draft(form: SystemForm) -> SystemDraft:
    return SystemDraft(
        code=form.code.data or "",
        name_th=form.name_th.data or "",
        name_en=form.name_en.data or "",
        purpose=form.purpose.data or "",
        unit_id=int(form.unit_id.data or 0),
        review_months=form.review_months.data or 0,
        longest_months=form.longest_months.data or 0,
        owners=_people(form.owners.data, "owners"),
        keepers=_people(form.keepers.data, "keepers"),
    )


def _people(typed: str | None, field: str) -> list[Person]:
    """Return the people named one a line.

    Raises:
        Refusal: one of the lines names nobody, or several.
    """
    found = []
    for line in (typed or "").splitlines():
        if not line.strip():
            continue
        person = person_named(line)
        if person is None:
            raise Refusal(
                _(
                    "Nobody is known by “%(typed)s”. Write the full name or the e-mail.",
                    typed=line[:80],
                ),
                field=field,
            )
        found.append(person)
    return found


def _edit_page(form: SystemForm, shown: InformationSystem | None) -> ResponseReturnValue:
    page = render_template("helpdesk/access_rights/edit.html", form=form, system=shown)
    return page, form.status


@blueprint.post("/systems/<int:system_id>/retire")
@permit(access.SYSTEMS)
def retire(system_id: int) -> ResponseReturnValue:
    """Take a system out of use."""
    ActionForm().insist()
    with work():
        found = access.system_seen(viewer(), system_id)
        systems.retire(found, by=viewer())
    flash(_("Nobody can ask for access to it any more."), "ok")
    return redirect(url_for("access_rights.system", system_id=system_id))
