"""Pages of the review: differences, put forward by one person and approved by another."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.counts import access
from assets.counts.forms import DecideForm
from assets.counts.models import Proposal, Round
from assets.counts.queries import reviewing as queries
from assets.counts.queries import walking
from assets.counts.rules import deciding, planning
from assets.counts.rules.deciding import Decided
from assets.counts.states import (
    KINDS,
    PROPOSALS,
    ProposalAction,
    ProposalKind,
    ProposalState,
)
from assets.counts.views.blueprint import blueprint
from assets.register.states import CONDITIONS, LIFECYCLES
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import page_number, paged
from kernel.work import work

BY_STORE = (ProposalAction.PUT_FORWARD, ProposalAction.DISMISS)
BY_HEAD = (ProposalAction.APPROVE, ProposalAction.REJECT)


@blueprint.get("/<int:round_id>/review")
@permit(access.SCAN)
def review(round_id: int) -> ResponseReturnValue:
    """Show the differences of a round, those that wait for this person first."""
    return _page(access.round_seen_by(viewer(), round_id), DecideForm(formdata=None))


def _page(one: Round, form: DecideForm) -> ResponseReturnValue:
    me, number = viewer(), page_number()
    reviews, approves = _may(one)
    waiting = ProposalState.PUT_FORWARD if approves and not reviews else ProposalState.OPEN
    kind = request.args.get("kind", "")
    state = request.args.get("state", waiting.value)
    rows = queries.proposals(me, one, kind=kind, state=state, page=number)
    scans = [row.scan for row in rows if row.scan is not None]
    page = render_template(
        "assets/counts/review.html",
        one=one,
        form=form,
        page=paged(rows, number, queries.PAGE),
        photos=walking.photos_of(scans),
        tally=queries.tally(me, one),
        kind=kind,
        state=state,
        kinds=KINDS,
        states=PROPOSALS.faces,
        words=said,
        acts=_acts(state, reviews=reviews, approves=approves),
        labels=PROPOSALS.acts,
    )
    return page, form.status


def _may(one: Round) -> tuple[bool, bool]:
    """Tell whether the viewer reviews, and whether the viewer approves, all units of a round."""
    me, units = viewer(), planning.units_of(one)
    return (
        all(me.may(access.REVIEW, unit_id) for unit_id in units),
        all(me.may(access.APPROVE, unit_id) for unit_id in units),
    )


def _acts(state: str, *, reviews: bool, approves: bool) -> list[str]:
    allowed = (*(BY_STORE if reviews else ()), *(BY_HEAD if approves else ()))
    known = ProposalState(state) if state in set(ProposalState) else ProposalState.OPEN
    return [act.value for act in PROPOSALS.actions(known) if act in allowed]


def said(proposal: Proposal) -> tuple[str, str]:
    """Return what the register says and what was seen, in the reader's words."""
    before = proposal.before
    kind = ProposalKind(proposal.kind)
    if kind == ProposalKind.MOVE:
        return before.get("room") or _("room not known"), _room(proposal)
    if kind in (ProposalKind.CONDITION, ProposalKind.DISPOSE):
        return _condition(before.get("condition")), _condition(proposal.condition)
    if kind == ProposalKind.QUANTITY:
        return str(before.get("quantity", "")), str(proposal.quantity or 0)
    if kind == ProposalKind.LOST:
        return _condition(before.get("condition")), _("nobody found it")
    if kind == ProposalKind.FOUND_AGAIN:
        return str(LIFECYCLES[before.get("lifecycle", "lost")].label), _room(proposal)
    return _("Not in the register"), str(before.get("code", ""))


def _room(proposal: Proposal) -> str:
    return proposal.room.name if proposal.room else _("room not known")


def _condition(value: str | None) -> str:
    return str(CONDITIONS[value].label) if value in CONDITIONS else ""  # type: ignore[index]


@blueprint.post("/<int:round_id>/review")
@permit(access.SCAN)
def decide(round_id: int) -> ResponseReturnValue:
    """Put forward, dismiss, approve or refuse the ticked differences."""
    one = access.round_seen_by(viewer(), round_id)
    form = DecideForm()
    ids = [int(said) for said in request.form.getlist("chosen") if said.isdecimal()][:1000]
    form.chosen.choices = [(number, str(number)) for number in ids]
    if form.accepted():
        with form.refusals():
            with work():
                decided = _decide(round_id, form, ids)
            _tell(decided)
            return redirect(
                url_for(
                    "counts.review",
                    round_id=round_id,
                    kind=request.args.get("kind") or None,
                    state=request.args.get("state") or None,
                )
            )
    return _page(one, form)


def _decide(round_id: int, form: DecideForm, ids: list[int]) -> Decided:
    act = form.act.data or ""
    right = access.REVIEW if act in BY_STORE else access.APPROVE if act in BY_HEAD else None
    if right is None:
        raise NotFound(_("There is no such act."))
    one = access.round_under(viewer(), round_id, right)
    chosen, reason = access.proposals_among(ids, one), form.reason.data or ""
    if act == ProposalAction.PUT_FORWARD:
        needed = {"yes": True, "no": False}.get(form.fact_finding.data or "")
        return deciding.put_forward(one, chosen, fact_finding=needed, by=viewer())
    if act == ProposalAction.DISMISS:
        return deciding.dismiss(one, chosen, reason, by=viewer())
    if act == ProposalAction.APPROVE:
        return deciding.approve(one, chosen, by=viewer())
    return deciding.reject(one, chosen, reason, by=viewer())


def _tell(decided: Decided) -> None:
    if decided.done:
        flash(
            ngettext(
                "%(number)s difference is decided.",
                "%(number)s differences are decided.",
                decided.done,
            ),
            "ok",
        )
    if decided.shown_again:
        flash(
            ngettext(
                "%(number)s card was changed since; its difference is to be reviewed again.",
                "%(number)s cards were changed since; their differences are to be reviewed again.",
                decided.shown_again,
            ),
            "warn",
        )
    for why in decided.stopped[:5]:
        flash(why, "warn")
