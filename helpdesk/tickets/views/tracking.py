"""The reporter's private page: follow, answer, confirm, ask again, withdraw."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.tickets import access, queries
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.forms import AnswerForm, ReopenForm, WithdrawForm
from helpdesk.tickets.models import Ticket, TicketPhoto
from helpdesk.tickets.rules import talk
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import PLAIN, TICKET, Action, State
from helpdesk.tickets.views import photos
from helpdesk.tickets.views.blueprint import blueprint
from helpdesk.tickets.views.expected import expected_words
from helpdesk.tickets.views.moments import Moment, moments
from helpdesk.tickets.views.rating import rating_part
from kernel import clock
from kernel.access import Viewer, public, viewer
from kernel.db import db
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


@blueprint.get("/t/<token>/sent")
@public
def sent(token: str) -> ResponseReturnValue:
    """Say thank you: the number, what happens next, and the private link."""
    ticket = access.ticket_of_link(token)
    return render_template(
        "helpdesk/tickets/sent.html", ticket=ticket, link=_link_of(ticket), state=State
    )


@blueprint.get("/t/<token>")
@public
def track(token: str) -> ResponseReturnValue:
    """Show what has happened to the own report."""
    return _page(token)


@blueprint.post("/t/<token>/answer")
@public
def answer(token: str) -> ResponseReturnValue:
    """Take an answer of the reporter."""
    form = AnswerForm()
    if form.accepted():
        with form.refusals():
            kept = photos.take_photos(form)
            with work():
                ticket = access.ticket_of_link(token)
                here = url_for("tickets.track", token=token)
                earlier = bookkeeping.spend_key(form.act_key, here)
                if earlier is None:
                    words = form.body.data or ""
                    talk.answer(ticket, words, by=_reporter(ticket), photos=kept)
            flash(_("Sent. The technician reads it with the report."), "ok")
            return redirect(here)
    return _page(token, answering=form)


@blueprint.post("/t/<token>/close")
@public
def confirm(token: str) -> ResponseReturnValue:
    """Take the reporter's word that it works."""

    def verb(ticket: Ticket, by: Viewer) -> None:
        rules.close(ticket, by=by, role="reporter")

    return _acted(token, ActionForm(), verb, _("Thank you. The report is finished."))


@blueprint.post("/t/<token>/reopen")
@public
def ask_again(token: str) -> ResponseReturnValue:
    """Take the reporter's word that it is still broken."""
    form = ReopenForm()

    def verb(ticket: Ticket, by: Viewer) -> None:
        rules.reopen(ticket, form.reopen_reason.data or "", by=by, role="reporter")

    return _acted(token, form, verb, _("The report is open again. The technician has been told."))


@blueprint.post("/t/<token>/cancel")
@public
def withdraw(token: str) -> ResponseReturnValue:
    """Take the report back: solved meanwhile, or not needed any more."""
    form = WithdrawForm()

    def verb(ticket: Ticket, by: Viewer) -> None:
        rules.cancel(ticket, form.cancel_reason.data or "", by=by, role="reporter")

    return _acted(token, form, verb, _("The report was cancelled. Thank you for telling us."))


def _acted(
    token: str, form: ActionForm, verb: Callable[[Ticket, Viewer], None], said: str
) -> ResponseReturnValue:
    here = url_for("tickets.track", token=token)
    if form.accepted():
        with form.refusals():
            with work():
                ticket = access.ticket_of_link(token)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    check_version(ticket.version, form.seen_version)
                    verb(ticket, _reporter(ticket))
            flash(said, "ok")
            return redirect(here)
    return _page(token, form=form)


def _reporter(ticket: Ticket) -> Viewer:
    """Return who acts through the private link: the signed-in person, else the named guest."""
    me = viewer()
    return me if me.id else Viewer(name=ticket.reporter_name, language=ticket.language)


def _link_of(ticket: Ticket) -> str:
    return photos.settings().base_url + url_for("tickets.track", token=ticket.token)


def _plain(ticket: Ticket) -> str:
    """Return the state in plain words; of a merged report, that of the one that goes on."""
    if ticket.merged_into_id is None:
        return str(PLAIN[ticket.state])
    going_on = db.session.get_one(Ticket, ticket.merged_into_id)
    return _("Dealt with together with an earlier report: %(state)s", state=PLAIN[going_on.state])


def _told(ticket: Ticket, token: str) -> list[Moment]:
    """Return what happened so far, as far as it is for the person served."""

    def address(photo: TicketPhoto, size: str) -> str:
        return url_for("tickets.tracked_photo", token=token, photo_id=photo.id, size=size)

    return moments(
        ticket,
        queries.story(ticket.id, public_only=True),
        queries.photos_of(ticket.id, public_only=True),
        address=address,
        names=False,
    )


def _page(
    token: str, *, answering: AnswerForm | None = None, form: ActionForm | None = None
) -> ResponseReturnValue:
    ticket = access.ticket_of_link(token)

    told = _told(ticket, token)
    answering = answering or AnswerForm(formdata=None)
    again = form if isinstance(form, ReopenForm) else ReopenForm(formdata=None)
    giving_up = form if isinstance(form, WithdrawForm) else WithdrawForm(formdata=None)
    confirming = form if type(form) is ActionForm else ActionForm(formdata=None)
    for shown in (again, giving_up, confirming):
        shown.version.data = str(ticket.version)
    may_reopen = TICKET.allows(ticket.state, Action.REOPEN) and ticket.may_reopen_at(clock.now())
    page = render_template(
        "helpdesk/tickets/track.html",
        ticket=ticket,
        told=told,
        link=_link_of(ticket),
        plain=_plain(ticket),
        expected=expected_words(ticket),
        answers=categories.answers_of(ticket.id),
        **rating_part(ticket),
        answering=answering,
        again=again if may_reopen else None,
        giving_up=giving_up if TICKET.allows(ticket.state, Action.CANCEL) else None,
        confirming=confirming if TICKET.allows(ticket.state, Action.CLOSE) else None,
        may_answer=ticket.state not in (State.CLOSED, State.CANCELLED),
        asked=ticket.state == State.WAITING_REQUESTER,
        refused=form,
        kept=photos.kept_count(answering),
    )
    return page, (form or answering).status
