"""Deciding by the link of a message: opening it shows, only the form acts."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kernel.access import Viewer, public, viewer
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speak
from kernel.work import work
from office.approvals import kinds
from office.approvals.forms import LinkForm
from office.approvals.models import ApprovalLink
from office.approvals.rules import links, signing
from office.approvals.states import APPROVALS, State, StepState
from office.approvals.views import cards
from office.approvals.views.blueprint import blueprint

Answered = ResponseReturnValue


@blueprint.get("/approvals/sign/<secret>")
@public
def sign(secret: str) -> Answered:
    """Show what is asked; change nothing, because mail scanners open links too."""
    link = _link(secret)
    if links.why_dead(link) is None and links.needs_sign_in(link):
        return _to_sign_in(link)
    return _page(secret, link, LinkForm(formdata=None))


@blueprint.post("/approvals/sign/<secret>")
@public
def decide(secret: str) -> Answered:
    """Take the decision of the person whose link it is."""
    form = LinkForm()
    if form.accepted():
        with form.refusals():
            with work():
                link = _link(secret)
                if links.why_dead(link) is None and links.needs_sign_in(link):
                    return _to_sign_in(link)
                _act(link, form, links.spend(link))
            return redirect(url_for("approvals.sign", secret=secret))
    return _page(secret, _link(secret), form)


def _act(link: ApprovalLink, form: LinkForm, by: Viewer) -> None:
    approval, words, step = link.step.approval, form.words.data or "", link.step_id
    if form.decision.data == "approve":
        signing.approve(approval, by=by, step_id=step, words=words, by_link=True)
    elif form.decision.data == "reject":
        signing.reject(approval, words, by=by, step_id=step, by_link=True)
    elif form.decision.data == "send_back":
        signing.send_back(approval, words, by=by, step_id=step, by_link=True)
    else:
        raise Refusal(_("Please choose what you decide."))


def _link(secret: str) -> ApprovalLink:
    """Return the link; refuse it to somebody else who is signed in here."""
    link = links.link_of(secret)
    if not viewer().is_guest and viewer().id != link.person_id:
        raise NotAllowed(
            _("This link belongs to %(name)s. It works for nobody else.", name=link.person.name)
        )
    return link


def _to_sign_in(link: ApprovalLink) -> Answered:
    there = url_for("approvals.show", approval_id=link.step.approval_id)
    if not viewer().is_guest:
        return redirect(there)
    return redirect(url_for("people.sign_in", next=there))


def _page(secret: str, link: ApprovalLink, form: LinkForm) -> Answered:
    approval, step = link.step.approval, link.step
    if viewer().is_guest:
        speak(link.person.language)
    waits = approval.state == State.WAITING and step.state == StepState.OPEN
    page = render_template(
        "office/approvals/sign.html",
        secret=secret,
        person=link.person,
        card=cards.card_of(step),
        facts=cards.facts_of(approval),
        kind=kinds.label_of(approval.kind),
        face=APPROVALS.faces[approval.state],
        dead=links.why_dead(link),
        waits=waits,
        form=form,
        show=url_for("approvals.show", approval_id=approval.id),
    )
    return page, form.status
