"""What technicians do from the queue: take the next job, act on several tickets at once.

Each ticket of several is a unit of work of its own, so one that is refused stops no other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.tickets import access
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import dispatching, talk
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import WAITS, Action, Priority
from helpdesk.tickets.views.blueprint import blueprint
from kernel.access import Permission, permit, viewer
from kernel.errors import Refusal, Stale
from kernel.forms import ActionForm, version_said
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import local_address
from kernel.thai import normalize
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping

MOST, LONGEST_ID, LONGEST_NOTE, LONGEST_REASON = 200, 12, 4000, 400
Verb = Callable[[Ticket], None]


@dataclass(frozen=True)
class Answer:
    """What became of one ticket; ``refused`` is the sentence why nothing did."""

    ticket_id: int
    number: str
    title: str
    refused: str = ""


@blueprint.post("/tickets/next")
@permit(access.TAKE)
def take_next() -> ResponseReturnValue:
    """Take the most urgent ticket that nobody has, and show it."""
    form = ActionForm()
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        ticket = dispatching.take_next(by=viewer())
        here = url_for("tickets.show", ticket_id=ticket.id)
        bookkeeping.settle_key(form.act_key, here)
    flash(_("It is yours."), "ok")
    return redirect(here)


@blueprint.post("/tickets/together")
@permit(access.SEE)
def act_together() -> ResponseReturnValue:
    """Do one act to each of the ticked tickets, and tell what became of each."""
    form = ActionForm()
    form.insist()
    chosen = _chosen()
    if not chosen:
        raise Refusal(_("Tick the tickets first."))
    right, verb, said = _act(request.form.get("act", ""))
    viewer().demand(right)
    answers = [_one(one, seen, right, verb, form.act_key) for one, seen in chosen]
    done = sum(not answer.refused for answer in answers)
    back = local_address(request.form.get("back"), url_for("tickets.queue"))
    if done == len(answers):
        flash(
            ngettext(
                "%(said)s: %(number)s ticket", "%(said)s: %(number)s tickets", done, said=said
            ),
            "ok",
        )
        return redirect(back)
    return render_template(
        "helpdesk/tickets/together.html", answers=answers, done=done, said=said, back=back
    )


def _chosen() -> list[tuple[int, int]]:
    """Return number and seen version of the ticked tickets, each once."""
    found: dict[int, int] = {}
    for said in request.form.getlist("ticket")[:MOST]:
        number, _dot, version = said.partition(".")
        if number.isdecimal() and len(number) < LONGEST_ID:
            found.setdefault(int(number), version_said(version))
    return list(found.items())


def _one(ticket_id: int, seen: int, right: Permission, verb: Verb, key: str) -> Answer:
    number, title = f"#{ticket_id}", ""
    try:
        with work():
            ticket = access.ticket_for(viewer(), ticket_id, right)
            number, title = ticket.number, ticket.title
            here = url_for("tickets.show", ticket_id=ticket_id)
            if bookkeeping.spend_key(f"{key}{here}", here) is None:
                check_version(ticket.version, seen)
                verb(ticket)
    except Stale:
        sentence = _("Somebody else changed it meanwhile. Look at it, then act again.")
        return Answer(ticket_id, number, title, sentence)
    except Refusal as refusal:
        return Answer(ticket_id, number, title, refusal.message)
    return Answer(ticket_id, number, title)


def _act(name: str) -> tuple[Permission, Verb, str]:
    """Return right, verb and word of an act on several tickets.

    Raises:
        Refusal: there is no such act, or it lacks what it needs.
    """
    me = viewer()
    if name == "take":
        return access.TAKE, lambda ticket: rules.take(ticket, by=me), _("Taken")
    if name == "close":
        return access.CLOSE, lambda ticket: rules.close(ticket, by=me), _("Closed after checking")
    if name == "assign":
        person = _typed("person", LONGEST_ID)
        if not person.isdecimal():
            raise Refusal(_("Choose a technician."))
        return access.ASSIGN, lambda t: rules.assign(t, int(person), by=me), _("Given to somebody")
    if name == "prioritize":
        priority = _typed("priority", LONGEST_ID)
        if priority not in set(Priority):
            raise Refusal(_("Choose a priority."))
        return (
            access.PRIORITIZE,
            lambda ticket: rules.prioritize(ticket, Priority(priority), by=me),
            _("Priority changed"),
        )
    if name == "wait":
        return access.WORK, _waiting(), _("Set to waiting")
    if name == "note":
        words = _typed("note", LONGEST_NOTE)
        if not words:
            raise Refusal(_("Please write the note first."))
        return (
            access.NOTE,
            lambda ticket: _note(ticket, words),
            _("Note added"),
        )
    raise Refusal(_("Choose what to do with the ticked tickets."))


def _waiting() -> Verb:
    reason, raw = _typed("reason", LONGEST_REASON), _typed("wait", LONGEST_REASON)
    if raw not in set(WAITS):
        raise Refusal(_("Choose what the ticket waits for."))
    if not reason:
        raise Refusal(_("Please write what is being waited for."))
    return lambda ticket: rules.wait(ticket, Action(raw), reason, by=viewer())


def _note(ticket: Ticket, words: str) -> None:
    talk.comment(ticket, words, public=False, by=viewer())


def _typed(name: str, longest: int) -> str:
    return normalize(request.form.get(name, "")).strip()[:longest]
