"""My equipment: what is in my name, what waits for my confirmation, and what I say of it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.register.states import CONDITIONS
from assets.transfers import access, papers
from assets.transfers.forms import LinesForm, RemarkForm
from assets.transfers.queries import custody
from assets.transfers.rules import handing, remarks
from assets.transfers.states import REMARK_KINDS, RemarkKind
from assets.transfers.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext
from kernel.pages import page_number, paged
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Unit
from office.places.naming import office_name


@blueprint.get("/my-equipment")
@permit(access.MINE)
def mine() -> ResponseReturnValue:
    """Show what is in the viewer's name and what waits for an answer."""
    return _page(LinesForm())


def _page(form: LinesForm, answered: int = 0) -> ResponseReturnValue:
    """Return the page; ``answered`` is the handover whose answer in the form was refused."""
    number, person_id = page_number(), viewer().id or 0
    waiting = custody.waiting_for(person_id)
    page = render_template(
        "assets/transfers/mine.html",
        page=paged(custody.own_items(person_id, page=number), number, custody.PAGE),
        waiting=waiting,
        handovers=list({line.handover_id: line.handover for line in waiting}.values()),
        loans=custody.loans_out(person_id),
        form=form,
        answered=answered,
        conditions=CONDITIONS,
        remark_kinds=REMARK_KINDS,
        english=language() == "en",
    )
    return page, form.status


@blueprint.get("/my-equipment.pdf")
@permit(access.MINE)
def mine_paper() -> ResponseReturnValue:
    """Print what is in the viewer's name."""
    me = viewer()
    rows = custody.own_items(me.id or 0, size=papers.MOST_ROWS)
    person = db.session.get_one(Person, me.id)
    office = agency_of([db.session.get_one(Unit, person.unit_id)])
    return pdf(papers.in_name_of(person, rows, office=office), "equipment")


def agency_of(units: Sequence[Unit]) -> str:
    """Return the name of the school that all of these units are, in Thai; else the office's."""
    schools = {unit.name_th if unit.kind == "school" else "" for unit in units}
    return (schools.pop() if len(schools) == 1 else "") or office_name("th")


def pdf(content: bytes, name: str) -> Response:
    """Return a paper as the browser shows it."""
    quoted = "".join(f"%{byte:02X}" for byte in name.replace("/", "-").encode())
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quoted}.pdf"}
    return Response(content, mimetype="application/pdf", headers=headers)


@blueprint.post("/handovers/<int:handover_id>/accept")
@permit(access.MINE)
def accept_handover(handover_id: int) -> ResponseReturnValue:
    """Take over the ticked items of a handover."""
    form = LinesForm()
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key, url_for("transfers.mine"))
                if earlier is not None:
                    return redirect(earlier)
                handover = access.handover_seen_by(viewer(), handover_id)
                number = handing.accept(handover, form.lines.data or (), by=viewer())
            said = ngettext(
                "%(number)s item is in your name now.",
                "%(number)s items are in your name now.",
                number,
            )
            flash(said, "ok")
            return redirect(url_for("transfers.mine"))
    access.handover_seen_by(viewer(), handover_id)
    return _page(form, answered=handover_id)


@blueprint.post("/handovers/<int:handover_id>/decline")
@permit(access.MINE)
def decline_handover(handover_id: int) -> ResponseReturnValue:
    """Decline the ticked items of a handover, with a reason."""
    form = LinesForm()
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key, url_for("transfers.mine"))
                if earlier is not None:
                    return redirect(earlier)
                handover = access.handover_seen_by(viewer(), handover_id)
                reason = form.reason.data or ""
                handing.decline(handover, form.lines.data or (), reason=reason, by=viewer())
            flash(_("Declined. The storekeeper is told why."), "ok")
            return redirect(url_for("transfers.mine"))
    access.handover_seen_by(viewer(), handover_id)
    return _page(form, answered=handover_id)


@blueprint.route("/my-equipment/<int:asset_id>/remark", methods=["GET", "POST"])
@permit(access.MINE)
def remark(asset_id: int) -> ResponseReturnValue:
    """Say that an item in the own name is somebody else's, or somewhere else."""
    form = RemarkForm()
    asset = access.own_item(viewer(), asset_id)
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key, url_for("transfers.mine"))
                if earlier is not None:
                    return redirect(earlier)
                asset = access.own_item(viewer(), asset_id)
                kind = RemarkKind(form.kind.data)
                remarks.remark(asset, kind, form.said.data or "", by=viewer())
            flash(_("Thank you. The storekeeper will look at it."), "ok")
            return redirect(url_for("transfers.mine"))
        asset = access.own_item(viewer(), asset_id)
    return render_template("assets/transfers/remark.html", form=form, asset=asset), form.status
