"""Pages of those who report: a fault on a scanned item, one without an item, and own reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue.models import Symptom
from assets.labels.codes import read_code
from assets.register import access as register
from assets.register.models import Asset
from helpdesk.tickets import access, queries
from helpdesk.tickets.categories import answers
from helpdesk.tickets.categories import forms as questions
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.categories.answers import Answer
from helpdesk.tickets.forms import AskForm, ReporterForm, ReportForm
from helpdesk.tickets.models import new_token
from helpdesk.tickets.rules import intake, joining
from helpdesk.tickets.rules.intake import KeptPhoto
from helpdesk.tickets.states import PLAIN, TICKET, Kind
from helpdesk.tickets.views import near, photos
from helpdesk.tickets.views.blueprint import blueprint
from helpdesk.tickets.views.tries import sent
from kernel.access import permit, public, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged
from kernel.paths import whole
from office.bookkeeping import rules as bookkeeping

OWN_PAGE = 30
F = TypeVar("F", bound=ReporterForm)


@dataclass(frozen=True)
class Found:
    """The item a report is about: how to find it anew, and the pages around the report.

    ``find`` takes the ids of the chosen symptoms and brings these along.
    """

    label: str
    find: Callable[[Sequence[int]], tuple[Asset | None, Sequence[Symptom]]]
    back: str


@blueprint.route("/q/<code>/report", methods=["GET", "POST"])
@public
def report(code: str) -> ResponseReturnValue:
    """Take a report on the item behind a label, or add it to the one that is open."""
    found = Found(
        label=read_code(code) or code,
        find=lambda chosen: queries.behind_label(code, chosen),
        back=url_for("scan.landing", code=code),
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
    )
    return _report(found)


def _report(found: Found) -> ResponseReturnValue:
    # Which questions the page showed comes back with it; they are those of the item's category.
    form = _asking(ReportForm, request.form.get("asked", ""))
    if form.is_submitted():
        good = form.accepted()
        answer = sent(form, found.label, lambda kept: _make(found, form, kept), good=good)
        if answer is not None:
            return answer
    asset, _none = found.find(())
    if asset is None or not asset.is_in_register:
        return redirect(found.back)
    if not form.is_submitted():
        form = _asking(ReportForm, intake.category_of(asset))
    form.symptoms.choices = [(c.id, c.text) for c in queries.chips_for(asset.asset_class)]
    return render_template(
        "helpdesk/tickets/report.html",
        form=form,
        asked=_asked(form),
        asset=asset,
        back=found.back,
        open_ticket=queries.open_ticket_on(asset.id),
        suggested=near.of_item(asset),
        plain=PLAIN,
        kept=photos.kept_count(form),
    ), form.status


@blueprint.route("/report", methods=["GET", "POST"])
@public
def ask() -> ResponseReturnValue:
    """Take a report or a question that no label stands for."""
    me = viewer()
    category = (request.form or request.args).get("category", "")
    # The label of a room leads here with unit and place filled in.
    unit_id, place = whole(request.args.get("unit")), request.args.get("place", "")[:120]
    first = {"kind": Kind.REPAIR, "unit": unit_id or me.unit_id or "", "place": place}
    form = _asking(AskForm, category, {**first, "category": category})
    step = _is_step(form, category)
    if form.is_submitted() and not step:
        if "join" in request.form:
            form.ask_only_who()
        act = _join_near if "join" in request.form else _ask
        answer = sent(form, "none", lambda kept: act(form, kept), good=form.accepted())
        if answer is not None:
            return answer
    units = queries.open_units()
    english = language() == "en"
    form.offer(
        [(u.id, u.name_en if english and u.name_en else u.name_th) for u in units],
        [(one.code, one.name) for one in categories.offered()],
    )
    return render_template(
        "helpdesk/tickets/ask.html",
        form=form,
        asked=_asked(form),
        step=step,
        suggested=near.of_place(form.unit.data, form.place.data or "", form.detail.data or ""),
        kept=photos.kept_count(form),
    ), form.status


@blueprint.get("/reports")
@permit(access.FOLLOW)
def mine() -> ResponseReturnValue:
    """Show the own reports of a signed-in person, newest first: open, finished, or all."""
    number, show = page_number(), request.args.get("show", "")
    found = queries.reported_by(viewer().id or 0, show, number, OWN_PAGE)
    return render_template(
        "helpdesk/tickets/mine.html",
        page=paged(found, number, OWN_PAGE),
        show=show if show in ("open", "finished") else "",
        faces=TICKET.faces,
    )


def _asking(kind: type[F], category: str, first: dict[str, object] | None = None) -> F:
    """Return the form with the questions of a category; a signed-in person is known already."""
    form = questions.asking(kind, categories.questions_of(category), category)(data=first)
    form.asked.data = category
    if not viewer().is_guest:
        form.forget_person()
    return form


def _asked(form: ReporterForm) -> list[object]:
    """Return the fields of the questions, in their order."""
    return [field for field in form if field.name.startswith("q_")]


def _is_step(form: AskForm, category: str) -> bool:
    """Tell whether the questions of the category have to be shown before the report is taken.

    Without a script the page learns which category was chosen only when it is sent.
    """
    if not form.is_submitted() or "join" in request.form:
        return False
    must = any(one.required for one in categories.questions_of(category))
    return "step" in request.form or (must and request.form.get("asked", "") != category)


def _make(found: Found, form: ReportForm, kept: list[KeptPhoto]) -> str:
    """Make the ticket, or join the open one; return where to go on."""
    token = new_token()
    asset, symptoms = found.find(form.symptoms.data or ())
    if asset is None:
        raise Refusal(_("This label stands for no item now. Please scan it again."))
    ticket = queries.open_ticket_on(asset.id) if form.about.data == "same" else None
    made = url_for("tickets.joined" if ticket else "tickets.sent", token=token)
    earlier = bookkeeping.spend_key(form.act_key, made)
    if earlier is not None:
        return earlier
    category = intake.category_of(asset)
    fields = intake.Report(
        asset=asset,
        symptoms=symptoms,
        detail=form.detail.data or "",
        reporter_name=_typed(form, "name"),
        reporter_contact=_typed(form, "contact"),
        answers=_answered(form, category) if form.asked.data == category else (),
        token=token,
    )
    if ticket is None:
        intake.report(fields, by=viewer(), photos=kept)
        return made
    return _joined(joining.join(ticket, fields, by=viewer(), photos=kept).token, made)


def _ask(form: AskForm, kept: list[KeptPhoto]) -> str:
    token = new_token()
    made = url_for("tickets.sent", token=token)
    earlier = bookkeeping.spend_key(form.act_key, made)
    if earlier is not None:
        return earlier
    place, category = form.place.data or "", form.category.data
    if not categories.is_offered(category):
        raise Refusal(_("Please choose what it is about."), field="category")
    fields = intake.Report(
        unit_id=_known_unit(form.unit.data),
        room=queries.room_called(form.unit.data, place),
        place_text=place,
        kind=Kind.ADVICE if form.kind.data == Kind.ADVICE else Kind.REPAIR,
        category=category,
        detail=form.detail.data or "",
        reporter_name=_typed(form, "name"),
        reporter_contact=_typed(form, "contact"),
        answers=_answered(form, category),
        source="form",
        token=token,
    )
    intake.report(fields, by=viewer(), photos=kept)
    return made


def _join_near(form: AskForm, kept: list[KeptPhoto]) -> str:
    """Join the open report that was suggested for the room; it must be of that room still."""
    token = new_token()
    made = url_for("tickets.joined", token=token)
    earlier = bookkeeping.spend_key(form.act_key, made)
    if earlier is not None:
        return earlier
    room = queries.room_called(form.unit.data, form.place.data or "")
    wanted = request.form.get("join", "", str)
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 15 else 0
    ticket = queries.joinable(number, form.unit.data, room.id if room else None)
    if ticket is None:
        raise Refusal(
            _("The fault that was open has been finished meanwhile. Please report it as a new one.")
        )
    fields = intake.Report(
        detail=form.detail.data or "",
        reporter_name=_typed(form, "name"),
        reporter_contact=_typed(form, "contact"),
        token=token,
    )
    follower = joining.join(ticket, fields, by=viewer(), photos=kept, me_too=True)
    return _joined(follower.token, made)


def _joined(token: str | None, made: str) -> str:
    """Return the private page of one who joined; who joined before keeps the old one."""
    if token is None or token in made:
        return made
    flash(_("You had joined this report before; your words were added."), "ok")
    return url_for("tickets.joined", token=token)


def _answered(form: ReporterForm, category: str) -> list[Answer]:
    asked = categories.questions_of(category)
    return answers.read(asked, questions.given(form, asked))


def _typed(form: ReporterForm, name: str) -> str:
    """Return what a guest typed; a signed-in person was not asked."""
    return str(form[name].data or "") if name in form else ""


def _known_unit(unit_id: int) -> int:
    if all(unit.id != unit_id for unit in queries.open_units()):
        raise Refusal(_("Please choose the school or group."), field="unit")
    return unit_id
