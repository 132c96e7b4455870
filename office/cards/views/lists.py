"""The list of cards for who makes them, its table, and printing what is ticked."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.cards import access, queries
from office.cards.forms import PrintForm
from office.cards.models import UserCard
from office.cards.queries import EXPIRED, Filter
from office.cards.rules import issuing, notices
from office.cards.standing import face
from office.cards.states import CARDS, EXPIRED_FACE, REASONS, Reason, State
from office.cards.views.blueprint import blueprint
from office.places import queries as places


@blueprint.get("/")
@permit(access.SEE)
def overview() -> ResponseReturnValue:
    """List the cards of the viewer's units."""
    wanted, number, today = _wanted(), page_number(), clock.today()
    states = [(state.value, CARDS.faces[state].label) for state in State]
    states.insert(4, (EXPIRED, EXPIRED_FACE.label))
    return render_template(
        "office/cards/list.html",
        page=paged(queries.cards(viewer(), wanted, number), number, queries.PAGE),
        wanted=wanted,
        states=states,
        units=places.choices(viewer().scope(access.SEE)),
        face=lambda card: face(card, today),
        makes=viewer().may(access.MAKE),
        printing=PrintForm(formdata=None),
        printable=lambda card: card.state in (State.APPROVED, State.PRINTED),
    )


def _wanted() -> Filter:
    unit, state = request.args.get("unit", ""), request.args.get("state", "")
    return Filter(
        words=thai.normalize(request.args.get("q", "").replace("\0", ""))[:100],
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 16 else None,
        state=state if state in (*State, EXPIRED) else "",
        soon=request.args.get("ends") == "soon",
    )


@blueprint.get("/table.<ending>")
@permit(access.SEE)
def table(ending: str) -> Response:
    """Send exactly what the list shows, without codes and photos."""
    today = clock.today()
    columns: list[Column[UserCard]] = [
        Column(_("Card number"), lambda card: card.number, width=20),
        Column(_("Name"), lambda card: card.name_th, width=28),
        Column(_("Name in English"), lambda card: card.name_en, width=28),
        Column(_("Position"), lambda card: card.position, width=24),
        Column(_("Unit"), lambda card: card.unit.name, width=32),
        Column(_("State"), lambda card: str(face(card, today).label), width=24),
        Column(_("Why a card is needed"), lambda card: str(REASONS[Reason(card.reason)]), width=26),
        Column(_("Asked on"), lambda card: card.asked_at, Kind.MOMENT),
        Column(_("Issued on"), lambda card: card.issued_on, Kind.DAY),
        Column(_("Valid until"), lambda card: card.valid_until, Kind.DAY),
    ]
    rows = queries.all_cards(viewer(), _wanted())
    return downloads.table(ending, columns, rows, name=_("User cards"), plain_name="user-cards")


@blueprint.post("/print")
@permit(access.MAKE)
def print_cards() -> ResponseReturnValue:
    """Put the ticked cards onto sheets, or all of a batch."""
    form = PrintForm()
    form.insist()
    me = viewer()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        cards = issuing.locked_cards([_mine(card_id) for card_id in form.cards.data or []])
        run = issuing.print_cards(cards, by=me)
        for card in cards:
            notices.tell_ready(card)
        here = url_for("cards.run", run_id=run.id)
        bookkeeping.settle_key(form.act_key, here)
        count = len(cards)
    flash(
        ngettext(
            "%(number)s card is ready to print.", "%(number)s cards are ready to print.", count
        ),
        "ok",
    )
    return redirect(here)


def _mine(card_id: int) -> int:
    return access.card_made(viewer(), card_id).id


@blueprint.get("/runs/<int:run_id>")
@permit(access.MAKE)
def run(run_id: int) -> ResponseReturnValue:
    """Show what was printed together, with its files and the buttons for handing over."""
    found = access.run_made(viewer(), run_id)
    today = clock.today()
    return render_template(
        "office/cards/run.html",
        run=found,
        cards=queries.cards_of_run(viewer(), run_id),
        face=lambda card: face(card, today),
        waits=lambda card: card.state == State.PRINTED,
    )
