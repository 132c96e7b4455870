"""Pages of asking: my card, a request for oneself or for somebody, mending what was sent back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.files import store
from kernel.forms import ActionForm, sent_files
from kernel.i18n import gettext as _
from kernel.work import work
from office.approvals.states import State as ApprovalState
from office.bookkeeping import rules as bookkeeping
from office.cards import access, queries
from office.cards.forms import RequestForm
from office.cards.models import UserCard
from office.cards.portrait import portrait, read_cut
from office.cards.rules import requesting
from office.cards.rules.requesting import Draft
from office.cards.standing import face, validity
from office.cards.states import IN_THE_MAKING, Reason, StaffKind, State, Validity
from office.cards.views.blueprint import blueprint, settings
from office.people.models import Person


@blueprint.get("/mine")
@permit(access.MINE)
def mine() -> ResponseReturnValue:
    """Show the own card, what is on its way, and the earlier ones."""
    today = clock.today()
    cards = queries.own_cards(viewer().id or 0)
    valid = next((card for card in cards if card.state == State.HANDED_OVER), None)
    making = next((card for card in cards if card.state in IN_THE_MAKING), None)
    return render_template(
        "office/cards/mine.html",
        valid=valid,
        works=valid is not None and validity(valid, None, today) == Validity.VALID,
        making=making,
        earlier=[card for card in cards if card not in (valid, making)],
        face=lambda card: face(card, today),
        button=_button(valid),
    )


def _button(card: UserCard | None) -> ActionForm:
    form = ActionForm(formdata=None)
    if card is not None:
        form.version.data = str(card.version)
    return form


@blueprint.get("/choose")
@permit(access.MAKE)
def choose() -> ResponseReturnValue:
    """Find the person for whom a card shall be asked for."""
    words = thai.normalize(request.args.get("q", "").replace("\0", ""))[:100]
    people = queries.people_named(viewer(), words) if words else []
    return render_template("office/cards/choose.html", words=words, people=people)


@blueprint.route("/request", methods=["GET", "POST"])
@permit(access.MINE)
def ask() -> ResponseReturnValue:
    """Ask for a card: for oneself, or with ``?person=`` for somebody of the own units."""
    said = request.args.get("person", "")
    person_id = int(said) if said.isdecimal() and len(said) < 16 else None
    person = access.person_for(viewer(), person_id)
    last = queries.last_portrait(person.id)
    form = RequestForm(data=None if request.method == "POST" else _known(person, last))
    if form.accepted():
        with form.refusals():
            draft = _draft(form, last)
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                card = requesting.request(
                    access.person_for(viewer(), person_id), draft, by=viewer()
                )
                own = card.person_id == viewer().id
                here = url_for("cards.mine") if own else url_for("cards.card", card_id=card.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The request is sent to the head of the unit for approval."), "ok")
            return redirect(here)
    return _form_page(form, person, last)


def _form_page(
    form: RequestForm, person: Person, last: UserCard | None, card: UserCard | None = None
) -> ResponseReturnValue:
    page = render_template(
        "office/cards/ask.html",
        form=form,
        person=person,
        own=person.id == viewer().id,
        last=last,
        card=card,
        megabytes=settings().photo_megabytes,
    )
    return page, form.status


def _known(person: Person, last: UserCard | None) -> dict[str, str]:
    """Return what a request begins with: what is known of the person."""
    reason = Reason.FIRST
    if last is not None and last.state == State.HANDED_OVER:
        reason = Reason.EXPIRED
    elif last is not None and last.state == State.LOST:
        reason = Reason.LOST
    return {
        "reason": reason.value,
        "staff_kind": (last.staff_kind if last else StaffKind.CIVIL_SERVANT),
        "name_th": person.name_th,
        "name_en": person.name_en,
        "position": person.position,
    }


def _draft(form: RequestForm, last: UserCard | None) -> Draft:
    """Return what was typed, with the photo read, cut and kept."""
    if not form.confirmed.data:
        raise Refusal(_("Please confirm that everything is right."), field="confirmed")
    sent = sent_files("photo")
    if sent:
        cut = read_cut(form.cut.data)
        most = settings().photo_megabytes
        read = portrait(sent[0].stream, sent[0].filename or "", cut=cut, megabytes=most)
        keys = (store().put(read.jpeg, "jpg"), store().put(read.thumbnail, "jpg"))
    elif last is not None:
        keys = (last.photo_key, last.thumbnail_key)
    else:
        raise Refusal(_("A card needs a photo of the face."), field="photo")
    return Draft(
        reason=Reason(form.reason.data),
        staff_kind=StaffKind(form.staff_kind.data),
        name_th=form.name_th.data or "",
        name_en=form.name_en.data or "",
        position=form.position.data or "",
        photo_key=keys[0],
        thumbnail_key=keys[1],
    )


@blueprint.route("/<int:card_id>/mend", methods=["GET", "POST"])
@permit(access.MINE)
def mend(card_id: int) -> ResponseReturnValue:
    """Change a request that the approver sent back, and answer."""
    card = access.card_pictured(viewer(), card_id)
    if card.approval is None or card.approval.state != ApprovalState.SENT_BACK:
        raise Refusal(_("This request was not sent back; it cannot be changed now."))
    form = RequestForm(obj=card)
    if form.accepted():
        with form.refusals():
            draft = _draft(form, card)
            with work():
                mended = access.card_pictured(viewer(), card_id)
                requesting.mend(mended, draft, form.words.data or "", by=viewer())
            flash(_("The request is sent to the head of the unit for approval."), "ok")
            return redirect(url_for("cards.mine"))
        card = access.card_pictured(viewer(), card_id)
    return _form_page(form, card.person, card, card)
