"""The list of licences with its table, one licence, writing down, editing, renewing, giving up."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from assets.licences import access, queries, slots
from assets.licences.forms import FileForm, LicenceForm, SeatForm, TermForm, WhyForm
from assets.licences.models import Licence
from assets.licences.queries import Filter
from assets.licences.rules import keeping
from assets.licences.states import KINDS, STANDINGS, Kind, Standing
from assets.licences.views import holding, people  # noqa: F401 - pages of the same blueprint
from assets.licences.views.blueprint import blueprint
from assets.vendors import queries as vendors
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.tables import Column
from kernel.tables import Kind as Cell
from kernel.work import check_version, work
from office.approvals.queries import person_named
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places

__all__ = ["blueprint"]


@blueprint.get("/")
@permit(access.SEE)
def licences() -> ResponseReturnValue:
    """List the licences of the viewer's units, the next to end first."""
    wanted, number = _wanted(), page_number()
    page = paged(queries.licences(viewer(), wanted, number), number, queries.PAGE)
    return render_template(
        "assets/licences/licences.html",
        page=page,
        wanted=wanted,
        used=queries.seats_used([one.id for one in page.rows]),
        units=places.choices(viewer().scope(access.SEE)),
        kinds=KINDS,
        kind_choices=[(one.value, label) for one, label in KINDS.items()],
        standing_choices=[(one.value, face.label) for one, face in STANDINGS.items()],
        face=lambda one: STANDINGS[one.standing(clock.today())],
        may_keep=viewer().may(access.KEEP),
    )


def _wanted() -> Filter:
    kind, standing = request.args.get("kind", ""), request.args.get("standing", "")
    unit = request.args.get("unit", "")
    return Filter(
        words=thai.normalize(request.args.get("q", "").replace("\0", ""))[:100],
        kind=kind if kind in tuple(Kind) else "",
        standing=standing if standing in tuple(Standing) else "",
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 16 else None,
    )


@blueprint.get("/table.<ending>")
@permit(access.SEE)
def table(ending: str) -> Response:
    """Send exactly what the list shows."""
    today, me = clock.today(), viewer()
    columns: list[Column[Licence]] = [
        Column(_("Name"), lambda one: one.name, width=32),
        Column(_("Kind"), lambda one: str(KINDS[Kind(one.kind)])),
        Column(_("State"), lambda one: str(STANDINGS[one.standing(today)].label)),
        Column(_("Unit"), lambda one: one.unit.name, width=32),
        Column(_("Vendor"), lambda one: one.vendor.name if one.vendor else "", width=28),
        Column(_("Number of the contract or order"), lambda one: one.contract_no),
        Column(_("First day"), lambda one: one.starts_on, Cell.DAY),
        Column(_("Last day"), lambda one: one.ends_on, Cell.DAY),
        Column(_("Seats"), lambda one: one.seats, Cell.WHOLE),
        Column(
            _("Cost of the term (baht)"),
            lambda one: one.cost if me.may(access.COST, one.unit_id) else None,
            Cell.MONEY,
        ),
        Column(_("Who looks after it"), lambda one: one.caretaker.name if one.caretaker else ""),
    ]
    rows = queries.all_licences(me, _wanted())
    return downloads.table(ending, columns, rows, name=_("Licences"), plain_name="licences")


@blueprint.get("/<int:licence_id>")
@permit(access.SEE)
def licence(licence_id: int) -> ResponseReturnValue:
    """Show a licence with its seats, terms and files."""
    me, found = viewer(), access.licence_seen(viewer(), licence_id)
    return render_template(
        "assets/licences/licence.html",
        licence=found,
        kind=KINDS[Kind(found.kind)],
        face=STANDINGS[found.standing(clock.today())],
        seats=queries.seats_of(found),
        files=queries.files_of(found),
        may_keep=me.may(access.KEEP, found.unit_id),
        may_cost=me.may(access.COST, found.unit_id),
        renewal=slots.renewal_at(found, me),
        seating=SeatForm(formdata=None),
        leaving=WhyForm(formdata=None),
        filing=FileForm(formdata=None),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@permit(access.KEEP)
def add() -> ResponseReturnValue:
    """Write down a licence."""
    form = _form(LicenceForm())
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = keeping.add(_fields(form), by=viewer())
                here = url_for("licences.licence", licence_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("“%(name)s” is written down.", name=form.name.data), "ok")
            return redirect(here)
    return render_template("assets/licences/edit.html", form=form, licence=None), form.status


@blueprint.route("/<int:licence_id>/edit", methods=["GET", "POST"])
@permit(access.KEEP)
def edit(licence_id: int) -> ResponseReturnValue:
    """Change what is written down of a licence."""
    found = access.licence_seen(viewer(), licence_id, access.KEEP)
    caretaker = (found.caretaker.username or found.caretaker.name_th) if found.caretaker else ""
    form = _form(
        LicenceForm(
            obj=found,
            unit_id=str(found.unit_id),
            vendor_id=found.vendor_id or 0,
            caretaker=caretaker,
            version=str(found.version),
        )
    )
    form.caretaker.data = form.caretaker.data if form.is_submitted() else caretaker
    if form.accepted():
        with form.refusals():
            with work():
                found = access.licence_seen(viewer(), licence_id, access.KEEP)
                check_version(found.version, form.seen_version)
                keeping.edit(found, _fields(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("licences.licence", licence_id=licence_id))
        found = access.licence_seen(viewer(), licence_id, access.KEEP)
        form.stand_at(found.version)
    return render_template("assets/licences/edit.html", form=form, licence=found), form.status


def _form(form: LicenceForm) -> LicenceForm:
    form.fill(places.choices(viewer().scope(access.KEEP)), vendors.offered())
    return form


def _fields(form: LicenceForm) -> dict[str, object]:
    """Return what was typed, by column.

    Raises:
        Refusal: nobody is known by the caretaker's name.
    """
    typed = (form.caretaker.data or "").strip()
    caretaker = person_named(typed) if typed else None
    if typed and caretaker is None:
        raise Refusal(
            _(
                "Nobody is known by “%(typed)s”. Write the full name or the e-mail.",
                typed=typed[:80],
            ),
            field="caretaker",
        )
    viewer().demand(access.KEEP, int(form.unit_id.data))
    return {**form.fields(), "caretaker_id": caretaker.id if caretaker else None}


@blueprint.route("/<int:licence_id>/renew", methods=["GET", "POST"])
@permit(access.KEEP)
def renew(licence_id: int) -> ResponseReturnValue:
    """Write down the next term; the form begins with as long again."""
    found = access.licence_seen(viewer(), licence_id, access.KEEP)
    starts_on, ends_on = keeping.next_term(found)
    likely = {"starts_on": starts_on, "ends_on": ends_on, "cost": found.cost}
    form = TermForm(data={**likely, "version": str(found.version)})
    if form.accepted():
        with form.refusals():
            with work():
                found = access.licence_seen(viewer(), licence_id, access.KEEP)
                check_version(found.version, form.seen_version)
                keeping.renew(
                    found,
                    form.starts_on.data,
                    form.ends_on.data,
                    cost=form.cost.data,
                    contract_no=form.contract_no.data or "",
                    by=viewer(),
                )
            flash(_("The new term is written down."), "ok")
            return redirect(url_for("licences.licence", licence_id=licence_id))
        found = access.licence_seen(viewer(), licence_id, access.KEEP)
        form.stand_at(found.version)
    return render_template("assets/licences/renew.html", form=form, licence=found), form.status


@blueprint.post("/<int:licence_id>/give-up")
@permit(access.KEEP)
def give_up(licence_id: int) -> ResponseReturnValue:
    """Let a licence go."""
    form = WhyForm()
    form.insist()
    with work():
        found = access.licence_seen(viewer(), licence_id, access.KEEP)
        keeping.give_up(found, form.words.data or "", by=viewer())
    flash(_("The licence is given up; nobody is reminded of it any more."), "ok")
    return redirect(url_for("licences.licence", licence_id=licence_id))


@blueprint.post("/<int:licence_id>/take-up")
@permit(access.KEEP)
def take_up(licence_id: int) -> ResponseReturnValue:
    """Keep a licence again."""
    ActionForm().insist()
    with work():
        found = access.licence_seen(viewer(), licence_id, access.KEEP)
        keeping.take_up(found, by=viewer())
    flash(_("The licence is kept again."), "ok")
    return redirect(url_for("licences.licence", licence_id=licence_id))
