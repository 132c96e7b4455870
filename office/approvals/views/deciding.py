"""The buttons: approve, reject, send back, hand on, name a signer; answer, take back, remind."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work
from office.approvals import access, queries
from office.approvals.forms import AnswerForm, DecisionForm, PersonForm
from office.approvals.models import Approval
from office.approvals.rules import asking, signing
from office.approvals.views.blueprint import blueprint
from office.approvals.views.reading import one_page
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

Verb = Callable[[Approval], object]


def _acted(
    approval_id: int, form: ActionForm, verb: Verb, said: str, there: str | None = None
) -> ResponseReturnValue:
    """Do one act in one unit of work; show the page again where it is refused."""
    here = there or url_for("approvals.show", approval_id=approval_id)
    if form.accepted():
        with form.refusals():
            with work():
                approval = access.approval_seen(viewer(), approval_id)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    verb(approval)
            flash(said, "ok")
            return redirect(here)
    return one_page(access.approval_seen(viewer(), approval_id), form)


def _back_to_list() -> str | None:
    """Return where to go on: the list, where the button stood on a card of it."""
    return url_for("approvals.waiting") if request.args.get("back") == "list" else None


@blueprint.post("/approvals/<int:approval_id>/approve")
@permit(access.SIGN)
def approve(approval_id: int) -> ResponseReturnValue:
    """Sign the step that the page showed."""
    form = DecisionForm()

    def verb(approval: Approval) -> None:
        words = form.words.data or ""
        signing.approve(approval, by=viewer(), step_id=form.seen_step, words=words)

    return _acted(approval_id, form, verb, _("Approved and signed."), _back_to_list())


@blueprint.post("/approvals/<int:approval_id>/reject")
@permit(access.SIGN)
def reject(approval_id: int) -> ResponseReturnValue:
    """Say no, with the reason."""
    form = DecisionForm()

    def verb(approval: Approval) -> None:
        signing.reject(approval, form.words.data or "", by=viewer(), step_id=form.seen_step)

    return _acted(
        approval_id, form, verb, _("Not approved. The asker was told why."), _back_to_list()
    )


@blueprint.post("/approvals/<int:approval_id>/send_back")
@permit(access.SIGN)
def send_back(approval_id: int) -> ResponseReturnValue:
    """Ask the asker something."""
    form = DecisionForm()

    def verb(approval: Approval) -> None:
        signing.send_back(approval, form.words.data or "", by=viewer(), step_id=form.seen_step)

    return _acted(approval_id, form, verb, _("Sent back with your question."), _back_to_list())


@blueprint.post("/approvals/<int:approval_id>/delegate")
@permit(access.SIGN)
def delegate(approval_id: int) -> ResponseReturnValue:
    """Hand the own signature on to somebody."""
    form = PersonForm()

    def verb(approval: Approval) -> None:
        person = _person(form)
        words = form.words.data or ""
        signing.delegate(approval, person, by=viewer(), step_id=form.seen_step, words=words)

    return _acted(approval_id, form, verb, _("Handed on. The person was told."))


@blueprint.post("/approvals/<int:approval_id>/assign")
@permit(access.ASSIGN)
def assign(approval_id: int) -> ResponseReturnValue:
    """Name a signer where nobody can sign."""
    form = PersonForm()

    def verb(approval: Approval) -> None:
        viewer().demand(access.ASSIGN, approval.unit_id)
        signing.assign(approval, _person(form), form.words.data or "", by=viewer())

    return _acted(approval_id, form, verb, _("The signer was named and told."))


def _person(form: PersonForm) -> Person:
    found = queries.person_named(form.person.data or "")
    if found is None:
        raise Refusal(
            _("Nobody here, or more than one person, is called that. Try the user name."),
            field="person",
        )
    return found


@blueprint.post("/approvals/<int:approval_id>/answer")
@permit(access.FOLLOW)
def answer(approval_id: int) -> ResponseReturnValue:
    """Answer the question; what was asked for stays as it is."""
    form = AnswerForm()

    def verb(approval: Approval) -> None:
        asking.answer(approval, form.words.data or "", by=viewer())

    return _acted(approval_id, form, verb, _("Your answer was sent."))


@blueprint.post("/approvals/<int:approval_id>/recall")
@permit(access.FOLLOW)
def recall(approval_id: int) -> ResponseReturnValue:
    """Take the own request back."""
    return _acted(
        approval_id,
        ActionForm(),
        lambda approval: asking.recall(approval, by=viewer()),
        _("The request was taken back."),
    )


@blueprint.post("/approvals/<int:approval_id>/remind")
@permit(access.FOLLOW)
def remind(approval_id: int) -> ResponseReturnValue:
    """Remind those who can sign now."""
    return _acted(
        approval_id,
        ActionForm(),
        lambda approval: asking.remind(approval, by=viewer()),
        _("They were reminded."),
    )
