"""Pages of those who report: a fault on a scanned item, one without an item, and own reports."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from assets.catalogue.models import Symptom
from assets.labels import queries as labels
from assets.labels.codes import read_code
from assets.register import access as register
from assets.register.models import Asset
from helpdesk.tickets import access, queries
from helpdesk.tickets.forms import AskForm, ReporterForm, ReportForm
from helpdesk.tickets.models import new_token
from helpdesk.tickets.rules import intake
from helpdesk.tickets.states import PLAIN, TICKET, Category, Kind
from helpdesk.tickets.views import photos
from helpdesk.tickets.views.blueprint import blueprint
from kernel.access import permit, public, viewer
from kernel.errors import Refusal, TooMany
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged
from kernel.work import work
from office.bookkeeping import rules as bookkeeping

HOUR = 3600
OWN_PAGE = 30
Act = Callable[[list[intake.KeptPhoto]], str]  # done in a unit of work; says where to go on


@dataclass(frozen=True)
class Found:
    """The item a report is about: how to find it anew, and the pages around the report.

    ``find`` takes the ids of the chosen symptoms and brings these along.
    """

    label: str
    find: Callable[[Sequence[int]], tuple[Asset | None, Sequence[Symptom]]]
    back: str
    noted: str


@blueprint.route("/q/<code>/report", methods=["GET", "POST"])
@public
def report(code: str) -> ResponseReturnValue:
    """Take a report on the item behind a label, or add it to the one that is open."""
    found = Found(
        label=read_code(code) or code,
        find=lambda chosen: queries.behind_label(code, chosen),
        back=url_for("scan.landing", code=code),
        noted=url_for("tickets.noted", code=code),
    )
    return _report(found)


@blueprint.route("/items/<int:asset_id>/report", methods=["GET", "POST"])
@permit(register.REPORT)
def report_item(asset_id: int) -> ResponseReturnValue:
    """Take a report on an item from its page or from “my equipment”, with or without a label."""
    seen = viewer().may(register.SEE)
    item = url_for("register.item", asset_id=asset_id) if seen else url_for("transfers.mine")
    found = Found(
        label=f"item {asset_id}",
        find=lambda chosen: (
            register.asset_at_hand(viewer(), asset_id),
            queries.symptoms_chosen(chosen),
        ),
        back=item,
        noted=item,
    )
    return _report(found)


def _report(found: Found) -> ResponseReturnValue:
    form = ReportForm()
    _know_person(form)
    if form.is_submitted():
        answer = _sent(form, found.label, lambda kept: _make(found, form, kept))
        if answer is not None:
            if answer.location == found.back:
                flash(_("Added to the report that is open already."), "ok")
            return answer
    asset, _none = found.find(())
    if asset is None or not asset.is_in_register:
        return redirect(found.back)
    form.symptoms.choices = [(c.id, c.text) for c in queries.chips_for(asset.asset_class)]
    return render_template(
        "helpdesk/tickets/report.html",
        form=form,
        asset=asset,
        back=found.back,
        open_ticket=queries.open_ticket_on(asset.id),
        plain=PLAIN,
        kept=photos.kept_count(form),
    ), form.status


@blueprint.get("/q/<code>/noted")
@public
def noted(code: str) -> ResponseReturnValue:
    """Confirm that a report was added to the open one."""
    asset = _item_behind(code)
    if asset is None:
        return redirect(url_for("scan.landing", code=code))
    ticket = queries.open_ticket_on(asset.id)
    return render_template(
        "helpdesk/tickets/noted.html", code=code, asset=asset, ticket=ticket, plain=PLAIN
    )


@blueprint.route("/report", methods=["GET", "POST"])
@public
def ask() -> ResponseReturnValue:
    """Take a report or a question that no label stands for."""
    me = viewer()
    # The label of a room leads here with unit and place filled in.
    asked = request.args.get("unit", type=int), request.args.get("place", "")[:120]
    form = AskForm(
        data={"kind": Kind.REPAIR, "unit": asked[0] or me.unit_id or "", "place": asked[1]}
    )
    _know_person(form)
    if form.is_submitted():
        answer = _sent(form, "none", lambda kept: _ask(form, kept))
        if answer is not None:
            return answer
    units = queries.open_units()
    english = language() == "en"
    form.offer([(u.id, u.name_en if english and u.name_en else u.name_th) for u in units])
    return render_template(
        "helpdesk/tickets/ask.html", form=form, kept=photos.kept_count(form)
    ), form.status


@blueprint.get("/reports")
@permit(access.FOLLOW)
def mine() -> ResponseReturnValue:
    """Show the own reports of a signed-in person, newest first."""
    number = page_number()
    found = queries.reported_by(viewer().id or 0, number, OWN_PAGE)
    return render_template(
        "helpdesk/tickets/mine.html", page=paged(found, number, OWN_PAGE), faces=TICKET.faces
    )


def _know_person(form: ReporterForm) -> None:
    if not viewer().is_guest:
        form.forget_person()


def _sent(form: ReporterForm, label: str, act: Act) -> Response | None:
    """Do what a sent form asks for, and count it as a try whatever comes of it.

    Returns:
        where to go on, or None where the form has to be shown again with what is wrong.
    """
    good = form.accepted()
    if form.form_errors:
        return None
    with form.refusals():
        if good and not sent_files(form.photos.name):
            return redirect(_counted(act, photos.take_photos(form), label))
        # Photos are read between the two counts, so that a refusal by the second keeps them.
        with work():
            _count(_address())
        kept = photos.take_photos(form)
        if not good:
            return None
        with work():
            _count(_label(label))
        with work():
            return redirect(act(kept))
    return None


def _counted(act: Act, kept: list[intake.KeptPhoto], label: str) -> str:
    """Count and act in one unit of work; a refusal undoes both, so the try is counted again."""
    tries = (_address(), _label(label))
    try:
        with work():
            _count(*tries)
            return act(kept)
    except TooMany:
        raise
    except Refusal:
        with work():
            _count(*tries)
        raise


def _make(found: Found, form: ReportForm, kept: list[intake.KeptPhoto]) -> str:
    """Make the ticket, or join the open one; return where to go on."""
    token = new_token()
    made = url_for("tickets.sent", token=token)
    asset, symptoms = found.find(form.symptoms.data or ())
    if asset is None:
        raise Refusal(_("This label stands for no item now. Please scan it again."))
    ticket = queries.open_ticket_on(asset.id) if form.about.data == "same" else None
    earlier = bookkeeping.spend_key(form.act_key, found.noted if ticket else made)
    if earlier is not None:
        return earlier
    fields = intake.Report(
        asset=asset,
        symptoms=symptoms,
        detail=form.detail.data or "",
        reporter_name=_typed(form, "name"),
        reporter_contact=_typed(form, "contact"),
        token=token,
    )
    if ticket is None:
        intake.report(fields, by=viewer(), photos=kept)
        return made
    intake.join(ticket, fields, by=viewer(), photos=kept)
    return found.noted


def _ask(form: AskForm, kept: list[intake.KeptPhoto]) -> str:
    token = new_token()
    made = url_for("tickets.sent", token=token)
    earlier = bookkeeping.spend_key(form.act_key, made)
    if earlier is not None:
        return earlier
    place = form.place.data or ""
    fields = intake.Report(
        unit_id=_known_unit(form.unit.data),
        room=queries.room_called(form.unit.data, place),
        place_text=place,
        kind=Kind.ADVICE if form.kind.data == Kind.ADVICE else Kind.REPAIR,
        category=_known_category(form.category.data),
        detail=form.detail.data or "",
        reporter_name=_typed(form, "name"),
        reporter_contact=_typed(form, "contact"),
        source="form",
        token=token,
    )
    intake.report(fields, by=viewer(), photos=kept)
    return made


def _item_behind(code: str) -> Asset | None:
    tag = labels.tag_by_code(code)
    return tag.asset if tag is not None else None


def _typed(form: ReporterForm, name: str) -> str:
    """Return what a guest typed; a signed-in person was not asked."""
    return str(form[name].data or "") if name in form else ""


def _known_unit(unit_id: int) -> int:
    if all(unit.id != unit_id for unit in queries.open_units()):
        raise Refusal(_("Please choose the school or group."), field="unit")
    return unit_id


def _known_category(name: str) -> Category:
    if name not in set(Category):
        raise Refusal(_("Please choose what it is about."), field="category")
    return Category(name)


def _count(*allowances: bookkeeping.Allowance) -> None:
    bookkeeping.count_tries(*allowances, seconds=HOUR)


def _address() -> bookkeeping.Allowance:
    """Return what one network may send: generous, for a whole school shares an address."""
    return bookkeeping.Allowance(
        f"report:address:{request.remote_addr}",
        photos.settings().reports_per_address,
        _(
            "Very many reports have come from this network within an hour. Please send it "
            "again a little later, or phone the office. What you typed is kept below."
        ),
    )


def _label(label: str) -> bookkeeping.Allowance:
    """Return what one browser may send about one label."""
    browser = session.setdefault("browser", secrets.token_urlsafe(9))
    return bookkeeping.Allowance(
        f"report:label:{label.upper()[:16]}:{browser}",
        photos.settings().reports_per_tag,
        _(
            "You have reported this several times within an hour, and all of it has arrived. "
            "Please send it again later. What you typed is kept below."
        ),
    )
