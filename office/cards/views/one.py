"""The page of one card, and what can be done to it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kernel import clock
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import words
from office.bookkeeping.queries import history
from office.cards import access
from office.cards.forms import ReasonForm
from office.cards.models import UserCard
from office.cards.rules import issuing, requesting
from office.cards.standing import face
from office.cards.states import CARDS, REASONS, STAFF_KINDS, Action, Reason, StaffKind, State
from office.cards.views.blueprint import blueprint


@blueprint.get("/<int:card_id>")
@permit(access.MINE)
def card(card_id: int) -> ResponseReturnValue:
    """Show one card with what this viewer may do to it."""
    return _page(access.card_read(viewer(), card_id), ReasonForm(formdata=None))


def _page(shown: UserCard, form: ReasonForm) -> ResponseReturnValue:
    me = viewer()
    makes = me.may(access.MAKE, shown.person.unit_id)
    own = shown.person_id == me.id
    state = State(shown.state)
    if not form.version.data:
        form.version.data = str(shown.version)
    page = render_template(
        "office/cards/card.html",
        card=shown,
        face=face(shown, clock.today()),
        pictured=access.may_see(me, shown),
        reason=REASONS[Reason(shown.reason)],
        staff_kind=STAFF_KINDS[StaffKind(shown.staff_kind)],
        may=_acts(state, makes=makes, own=own, of_batch=shown.batch_id is not None),
        makes=makes,
        own=own,
        form=form,
        history=history("user_card", shown.id, 20) if makes else [],
        words=words,
    )
    return page, form.status


def _acts(state: State, *, makes: bool, own: bool, of_batch: bool) -> dict[str, bool]:
    """Return which buttons a page shows; the same table decides as in the rules."""
    return {
        "print": makes and CARDS.allows(state, Action.PRINT),
        "hand_over": makes and CARDS.allows(state, Action.HAND_OVER),
        "lost": (makes or own) and CARDS.allows(state, Action.REPORT_LOST),
        "revoke": makes and CARDS.allows(state, Action.REVOKE),
        "cancel": (makes or own) and not of_batch and CARDS.allows(state, Action.CANCEL),
    }


@blueprint.post("/<int:card_id>/hand-over")
@permit(access.MAKE)
def hand_over(card_id: int) -> ResponseReturnValue:
    """Note that the holder has the card."""
    form = ActionForm()
    form.insist()
    with work():
        handed = _locked(access.card_made(viewer(), card_id), form)
        issuing.hand_over(handed, by=viewer())
        name = handed.name_th
    flash(_("The card is in the hand of %(name)s and valid.", name=name), "ok")
    return redirect(url_for("cards.card", card_id=card_id))


def _locked(found: UserCard, form: Any) -> UserCard:  # noqa: ANN401 - a form with a version
    issuing.locked_cards([found.id])
    check_version(found.version, form.seen_version)
    return found


@blueprint.post("/<int:card_id>/report-lost")
@permit(access.MINE)
def report_lost(card_id: int) -> ResponseReturnValue:
    """Stop a lost card at once."""
    ActionForm().insist()
    with work():
        lost = access.card_ended(viewer(), card_id)
        issuing.locked_cards([lost.id])
        issuing.report_lost(lost, by=viewer())
        own = lost.person_id == viewer().id
    flash(_("The card is stopped; nobody can use it any more. Ask for a new one."), "ok")
    return redirect(url_for("cards.mine") if own else url_for("cards.card", card_id=card_id))


@blueprint.post("/<int:card_id>/revoke")
@permit(access.MAKE)
def revoke(card_id: int) -> ResponseReturnValue:
    """Stop a card for a reason."""
    return _with_reason(card_id, "revoke")


@blueprint.post("/<int:card_id>/cancel")
@permit(access.MINE)
def cancel(card_id: int) -> ResponseReturnValue:
    """Take a request back."""
    return _with_reason(card_id, "cancel")


def _with_reason(card_id: int, act: str) -> ResponseReturnValue:
    form = ReasonForm()
    if form.accepted():
        with form.refusals():
            with work():
                load = access.card_made if act == "revoke" else access.card_ended
                found = _locked(load(viewer(), card_id), form)
                verb = issuing.revoke if act == "revoke" else requesting.cancel
                verb(found, form.why.data or "", by=viewer())
            said = _("The card is revoked.") if act == "revoke" else _("The request is taken back.")
            flash(said, "ok")
            return redirect(url_for("cards.card", card_id=card_id))
    shown = access.card_read(viewer(), card_id)
    form.stand_at(shown.version)
    return _page(shown, form)
