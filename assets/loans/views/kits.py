"""Kits: a unit keeps lists of what is borrowed together."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access, lenders, shelf
from assets.loans.request_forms import KitForm, PutForm
from assets.loans.rules import kits as rules
from assets.loans.views.blueprint import blueprint
from assets.loans.views.requests import quantities
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.paths import whole
from kernel.work import check_version, work
from office.places.models import Unit


def _units() -> list[Unit]:
    return lenders.kept_by(viewer())


@blueprint.get("/loans/kits")
@permit(access.KEEP_KITS)
def kits() -> ResponseReturnValue:
    """List the kits of a unit."""
    return _page(KitForm(formdata=None), whole(request.args.get("unit")))


def _page(form: KitForm, wanted: int | None) -> tuple[str, int]:
    units = _units()
    near = wanted or viewer().unit_id
    unit = next((one for one in units if one.id == near), None) or shelf.first_with_kits(units)
    page = render_template(
        "assets/loans/kits.html",
        units=units,
        unit=unit,
        kits=shelf.kits(unit.id) if unit else (),
        form=form,
    )
    return page, form.status


@blueprint.post("/loans/kits/<int:unit_id>/add")
@permit(access.KEEP_KITS)
def add_kit(unit_id: int) -> ResponseReturnValue:
    """Begin a kit."""
    if not viewer().may(access.KEEP_KITS, unit_id):
        raise NotFound(_("This unit does not lend to you."))
    form = KitForm()
    if form.accepted():
        with form.refusals():
            with work():
                kit = rules.add(unit_id, form.name.data or "", form.note.data or "", by=viewer())
                here = url_for("loans.kits", unit=kit.unit_id)
            flash(_("The kit is begun. Open a thing on the shelf to put it in."), "ok")
            return redirect(here)
    return _page(form, unit_id)


@blueprint.post("/loans/kits/<int:kit_id>/edit")
@permit(access.KEEP_KITS)
def write_kit(kit_id: int) -> ResponseReturnValue:
    """Change the name and the pieces of a kit."""
    form = KitForm()
    form.insist()
    with work():
        kit = access.kit_kept_by(viewer(), kit_id)
        check_version(kit.version, form.seen_version)
        typed = form.name.data or "", form.note.data or ""
        rules.write_down(kit, *typed, quantities(), by=viewer())
        unit_id = kit.unit_id
    flash(_("The kit is kept."), "ok")
    return redirect(url_for("loans.kits", unit=unit_id))


@blueprint.post("/loans/kits/<int:kit_id>/fill/<int:unit_id>/<kind>/<int:number>")
@permit(access.KEEP_KITS)
def fill_kit(kit_id: int, unit_id: int, kind: str, number: int) -> ResponseReturnValue:
    """Put so many of a thing into a kit."""
    form = PutForm()
    form.insist()
    pool = shelf.pool_named(unit_id, kind, number)
    if pool is None:
        raise NotFound(_("This is not lent here."))
    with work():
        kit = access.kit_kept_by(viewer(), kit_id)
        rules.put(kit, pool, form.quantity.data or 0, by=viewer())
    flash(_("The thing is in the kit."), "ok")
    return redirect(url_for("loans.kits", unit=unit_id))


@blueprint.post("/loans/kits/<int:kit_id>/retire")
@permit(access.KEEP_KITS)
def retire_kit(kit_id: int) -> ResponseReturnValue:
    """Offer a kit no more."""
    ActionForm().insist()
    with work():
        kit = access.kit_kept_by(viewer(), kit_id)
        rules.retire(kit, by=viewer())
        unit_id = kit.unit_id
    flash(_("The kit is not offered any more."), "ok")
    return redirect(url_for("loans.kits", unit=unit_id))
