"""The register of systems as a table, and the card of one: written and looked through by owners."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from assets.vendors import queries as vendors
from helpdesk.access_rights import access, card_queries, queries
from helpdesk.access_rights.card_models import SystemCard
from helpdesk.access_rights.card_queries import TO_CHECK, Filter, Flow, Line
from helpdesk.access_rights.forms import CardForm
from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.rules import describing
from helpdesk.access_rights.states import (
    CRITICALITIES,
    DATA,
    TREATMENTS,
    WAYS,
    WHOSE,
    Criticality,
    Data,
    Part,
    Treatment,
    Whose,
)
from helpdesk.access_rights.views.blueprint import blueprint
from kernel import downloads
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import pgettext
from kernel.tables import Column, Kind
from kernel.work import check_version, work
from office.people.models import Person

SHOWS = ("personal", "risk", TO_CHECK)


def wanted() -> Filter:
    """Return what the register is narrowed to, out of the address; nonsense asks for everything."""
    said = request.args
    level, show = said.get("criticality", ""), said.get("show", "")
    return Filter(
        words=said.get("q", "").strip()[:100],
        criticality=level if level in tuple(Criticality) else "",
        show=show if show in SHOWS else "",
    )


def kinds_told(card: SystemCard) -> str:
    """Return the kinds of personal data in the language spoken now."""
    return ", ".join(str(DATA[Data(one)]) for one in card.data_kinds)


@blueprint.get("/systems.<any(csv, xlsx):ending>")
@permit(access.MINE)
def system_table(ending: str) -> Response:
    """Export the register as it is narrowed, one line a system."""
    lines = card_queries.register(viewer(), wanted())
    ids = [line.system.id for line in lines]
    columns = _columns(queries.parts_of(ids), card_queries.flows_of(ids))
    return downloads.table(
        ending, columns, lines, name=_("Register of systems"), plain_name="systems"
    )


def _columns(
    parts: dict[tuple[int, str], list[Person]], flows: dict[int, list[Flow]]
) -> list[Column[Line]]:
    def people(line: Line, part: Part) -> str:
        return ", ".join(one.name for one in parts.get((line.system.id, part), []))

    def of_card(name: str, line: Line) -> str:
        return str(getattr(line.card, name)) if line.card is not None else ""

    return [
        Column(_("Code"), lambda one: one.system.code),
        Column(_("System"), lambda one: one.system.name, width=32),
        Column(_("What it is for"), lambda one: one.system.purpose, width=36),
        Column(_("Unit"), lambda one: one.system.unit.name, width=28),
        Column(_("System of"), lambda one: str(WHOSE[Whose(one.card.whose)]) if one.card else ""),
        Column(_("Owners"), lambda one: people(one, Part.OWNER), width=28),
        Column(_("Keepers"), lambda one: people(one, Part.KEEPER), width=28),
        Column(_("Who decides on access"), lambda one: of_card("decides", one), width=28),
        Column(_("Criticality"), _criticality),
        Column(_("Data it holds"), lambda one: of_card("data_held", one), width=36),
        Column(_("Personal data"), lambda one: one.card.personal_data if one.card else None),
        Column(_("Which personal data"), lambda one: kinds_told(one.card) if one.card else ""),
        Column(_("Users and groups"), lambda one: of_card("users", one), width=28),
        Column(pgettext("system", "Platform"), lambda one: of_card("platform", one), width=28),
        Column(_("Vendor"), _vendor, width=24),
        Column(_("Risks"), _risks, width=48),
        Column(_("Highest risk"), lambda one: one.score or None, Kind.WHOLE),
        Column(_("Links"), lambda one: _flows(flows[one.system.id]), width=36),
        Column(_("Looked through on"), lambda one: one.card.checked_on if one.card else None,
               Kind.DAY),
        Column(_("Retired on"), lambda one: one.system.retired_on, Kind.DAY),
    ]  # fmt: skip


def _criticality(line: Line) -> str:
    return str(CRITICALITIES[Criticality(line.card.criticality)].label) if line.card else ""


def _vendor(line: Line) -> str:
    return line.card.vendor.name if line.card is not None and line.card.vendor else ""


def _risks(line: Line) -> str:
    return "\n".join(
        f"{one.risk} ({one.likelihood} × {one.impact} = {one.score}, "
        f"{TREATMENTS[Treatment(one.treatment)]}) {one.plan}".strip()
        for one in line.risks
    )


def _flows(flows: Sequence[Flow]) -> str:
    return "\n".join(f"{WAYS[one.way]} {one.name}: {one.what}" for one in flows)


@blueprint.route("/systems/<int:system_id>/card", methods=["GET", "POST"])
@permit(access.MINE)
def describe(system_id: int) -> ResponseReturnValue:
    """Write the card of a system."""
    shown = access.system_seen(viewer(), system_id)
    access.demand_own(viewer(), shown)
    form, others = CardForm(), _others(system_id)
    card = card_queries.cards_of([system_id]).get(system_id)
    offered = _vendors(card)
    if not form.is_submitted():
        risks = card_queries.risks_of([system_id]).get(system_id, [])
        form.show(card, risks, card_queries.links_of(system_id))
    form.choose(offered, others)
    if "more" not in request.form and form.accepted():
        with form.refusals():
            with work():
                found = access.system_seen(viewer(), system_id)
                access.demand_own(viewer(), found)
                describing.lock(found)
                check_version(_version(system_id), form.seen_version)
                describing.describe(found, form.draft(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("access_rights.system", system_id=system_id))
        form.stand_at(_version(system_id))
    form.offer(offered, _others(system_id))
    shown = access.system_seen(viewer(), system_id)
    page = render_template("helpdesk/access_rights/card.html", form=form, system=shown)
    return page, form.status


def _others(system_id: int) -> list[InformationSystem]:
    return [one for one in queries.systems(retired=True) if one.id != system_id]


def _vendors(card: SystemCard | None) -> list[tuple[int, str]]:
    """Return the vendors to choose from; the present one stays though it is retired."""
    offered = [(one.id, one.name) for one in vendors.offered()]
    if card is not None and card.vendor is not None and card.vendor_id not in dict(offered):
        offered.append((card.vendor.id, card.vendor.name))
    return offered


def _version(system_id: int) -> int:
    card = card_queries.cards_of([system_id]).get(system_id)
    return card.version if card is not None else 0


@blueprint.post("/systems/<int:system_id>/card/confirm")
@permit(access.MINE)
def confirm(system_id: int) -> ResponseReturnValue:
    """Say that everything on the card is right today."""
    ActionForm().insist()
    with work():
        found = access.system_seen(viewer(), system_id)
        access.demand_own(viewer(), found)
        describing.confirm(found, by=viewer())
    flash(_("Noted: everything on the card is right today."), "ok")
    return redirect(url_for("access_rights.system", system_id=system_id))
