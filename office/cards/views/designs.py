"""The page where a unit chooses what its cards look like."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.images import clean_photo
from kernel.sending import send_kept
from kernel.work import check_version, work
from office.cards import access, queries
from office.cards.forms import DesignForm
from office.cards.rules import designing
from office.cards.rules.designing import Look
from office.cards.views.blueprint import blueprint
from office.places import queries as places
from office.places.access import unit_seen
from office.places.models import Unit

MEGABYTES = 5


@blueprint.get("/design")
@permit(access.DESIGN)
def designs() -> ResponseReturnValue:
    """Choose the unit; straight to it where there is only one."""
    units = places.choices(viewer().scope(access.DESIGN))
    said = request.args.get("unit", "")
    if said in {key for key, _name in units}:
        return redirect(url_for("cards.design", unit_id=int(said)))
    if len(units) == 1:
        return redirect(url_for("cards.design", unit_id=int(units[0][0])))
    return render_template("office/cards/designs.html", units=units)


@blueprint.route("/design/<int:unit_id>", methods=["GET", "POST"])
@permit(access.DESIGN)
def design(unit_id: int) -> ResponseReturnValue:
    """Show and change the look of a unit's cards."""
    unit = _unit(unit_id)
    shown = queries.design_of(unit)
    own = queries.own_design(unit_id)
    form = DesignForm(obj=shown)
    if not form.version.data:
        form.version.data = str(own.version if own else 0)
    if form.accepted():
        with form.refusals():
            emblem = _emblem(form, shown.emblem_key)
            with work():
                now = queries.own_design(unit_id)
                check_version(now.version if now else 0, form.seen_version)
                designing.design(_unit(unit_id), _look(form, emblem), by=viewer())
            flash(_("Saved. Cards that are printed from now on look like this."), "ok")
            return redirect(url_for("cards.design", unit_id=unit_id))
        own = queries.own_design(unit_id)
        form.stand_at(own.version if own else 0)
        unit = _unit(unit_id)
    page = render_template(
        "office/cards/design.html",
        form=form,
        unit=unit,
        inherited=own is None,
        emblem=bool(queries.design_of(unit).emblem_key),
    )
    return page, form.status


def _unit(unit_id: int) -> Unit:
    if not viewer().may(access.DESIGN, unit_id):
        raise NotFound(_("There is no such unit."))
    return unit_seen(unit_id)


def _emblem(form: DesignForm, before: str) -> str:
    sent = sent_files("emblem")
    if sent:
        clean = clean_photo(sent[0].stream, sent[0].filename or "", megabytes=MEGABYTES)
        return store().put(clean.thumbnail, "jpg")
    return "" if form.no_emblem.data else before


def _look(form: DesignForm, emblem: str) -> Look:
    return Look(
        band=form.band.data or "",
        ink=form.ink.data or "",
        emblem_key=emblem,
        rules_text=form.rules_text.data or "",
        valid_years=form.valid_years.data or 0,
        front_right=form.front_right.data or 0,
        front_down=form.front_down.data or 0,
        back_right=form.back_right.data or 0,
        back_down=form.back_down.data or 0,
    )


@blueprint.get("/design/<int:unit_id>/emblem")
@permit(access.DESIGN)
def emblem(unit_id: int) -> Response:
    """Send the emblem that a unit's cards carry."""
    key = queries.design_of(_unit(unit_id)).emblem_key
    if not key:
        raise NotFound(_("There is no emblem."))
    return send_kept(key, media="image/jpeg", name="emblem.jpg", inline=True)
