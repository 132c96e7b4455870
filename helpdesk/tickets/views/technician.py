"""The ticket page of those who handle tickets."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select

from assets.register import access as register
from assets.register.states import CONDITIONS
from helpdesk.tickets import access, queries, slots
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.forms import (
    AssignForm,
    CancelForm,
    CommentForm,
    PriorityForm,
    ReopenForm,
    ResolveForm,
    WaitForm,
)
from helpdesk.tickets.models import Ticket, TicketEntry, TicketPhoto
from helpdesk.tickets.states import (
    OUTCOMES,
    PRIORITIES,
    RUNNING,
    TICKET,
    WAITING,
    WAITS,
    Action,
    State,
)
from helpdesk.tickets.targets import targets
from helpdesk.tickets.views import photos
from helpdesk.tickets.views.blueprint import blueprint
from helpdesk.tickets.views.lines import due_of
from helpdesk.tickets.views.moments import Moment, moments
from kernel import clock
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound, Stale
from kernel.forms import ActionForm, version_said
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.calendar.queries import calendar_for

PANELS: dict[str, type[ActionForm]] = {
    "assign": AssignForm,
    "wait": WaitForm,
    "resolve": ResolveForm,
    "reopen": ReopenForm,
    "cancel": CancelForm,
    "prioritize": PriorityForm,
}
# The one act that a state asks for; all others stand in the menu beside it.
NEXT = {
    State.NEW: Action.START,
    State.ACCEPTED: Action.START,
    State.IN_PROGRESS: Action.RESOLVE,
    State.RESOLVED: Action.CLOSE,
    **dict.fromkeys(WAITING, Action.RESUME),
}
ONE_TAP = (Action.START, Action.RESUME, Action.CLOSE, Action.ACCEPT)


@blueprint.get("/tickets/<int:ticket_id>")
@permit(access.FOLLOW)
def show(ticket_id: int) -> ResponseReturnValue:
    """Show a ticket to staff; a reporter goes on to the own page of it."""
    me = viewer()
    if me.may(access.SEE):
        with suppress(NotFound):
            return page(ticket_id)
    token = db.session.scalar(
        select(Ticket.token).where(Ticket.id == ticket_id, Ticket.reporter_id == me.id)
    )
    if token is None:
        raise NotFound(_("There is no such ticket, or it belongs to another school."))
    return redirect(url_for("tickets.track", token=token))


def page(ticket_id: int, tried: ActionForm | None = None) -> ResponseReturnValue:
    """Return the ticket page, with the form that was refused open and as it was typed."""
    ticket = access.ticket_seen_by(viewer(), ticket_id)
    acts = acts_for(ticket)
    forms = _forms(ticket, acts, tried)
    story = queries.story(ticket.id, public_only=False)
    asset, there = ticket.asset, slots.hanging_on(ticket)
    return render_template(
        "helpdesk/tickets/show.html",
        ticket=ticket,
        told=_told(ticket, story, photographed="photos" in there),
        between=_came_between(forms["comment"], story),
        forms=forms,
        tried=tried,
        buttons=_buttons(ticket, acts),
        faces=TICKET.faces,
        conditions=CONDITIONS,
        categories=categories.names(),
        priorities=PRIORITIES,
        outcomes=OUTCOMES,
        time_left=_time_left(ticket),
        faults=queries.faults_of(asset.id, beside=ticket) if asset else [],
        kept=photos.kept_count(forms["comment"]),
        parts=slots.parts_of(ticket, viewer(), there),
        **_rights(ticket),
    ), (tried.status if tried else 200)


def _came_between(form: CommentForm, story: Sequence[TicketEntry]) -> list[TicketEntry]:
    """Let the reply build on what this page shows; return what came in while it was written."""
    newest = str(story[-1].id if story else 0)
    if not form.is_submitted() or form.refused_with != Stale.status:
        form.seen.data = form.seen.data or newest
        return []
    seen, form.seen.data = version_said(form.seen.data), newest
    return [one for one in story if one.id > seen and one.actor_id != viewer().id]


def _told(ticket: Ticket, story: Sequence[TicketEntry], *, photographed: bool) -> list[Moment]:
    def address(photo: TicketPhoto, size: str) -> str:
        return url_for("tickets.photo", ticket_id=ticket.id, photo_id=photo.id, size=size)

    return moments(
        ticket,
        story,
        queries.photos_of(ticket.id, public_only=False) if photographed else {},
        address=address,
        names=True,
    )


def _people(ticket: Ticket) -> list[tuple[int, str]]:
    """Return who the viewer may give the ticket to."""
    if not (ticket.is_open and viewer().may(access.ASSIGN, ticket.unit_id)):
        return []
    english = language() == "en"
    return [
        (person.id, person.name_en if english and person.name_en else person.name_th)
        for person in queries.technicians()
    ]


def _rights(ticket: Ticket) -> dict[str, bool]:
    me, unit = viewer(), ticket.unit_id
    return {
        # What is written on a merged ticket would reach nobody.
        "may_comment": ticket.merged_into_id is None and me.may(access.COMMENT, unit),
        "may_note": me.may(access.NOTE, unit),
        "may_item": me.may(register.SEE, unit),
        "may_contact": me.may(access.HANDLE, unit),
    }


def _buttons(ticket: Ticket, acts: list[Action]) -> dict[str, Any]:
    """Return the buttons of the head: the one act that is next, and the rest for the menu.

    What nobody has is taken first. What a colleague has is theirs to move: it can be taken over.
    """
    me, free = viewer(), ticket.assignee_id is None
    takes = ticket.is_open and ticket.assignee_id != me.id
    takes = takes and me.may(access.TAKE, ticket.unit_id)
    wanted = NEXT.get(State(ticket.state))
    first = "take" if takes and free else ""
    if not takes and wanted in acts:
        first = str(wanted)
    return {
        "first": first,
        "over": takes and not free,
        "rest": [str(one) for one in ONE_TAP if one in acts and one != first],
        "labels": {
            **TICKET.acts,
            "take": _("Take it"),
            Action.ACCEPT: _("Accept, a technician is named later"),
        },
    }


def _time_left(ticket: Ticket) -> Markup | None:
    """Return how long a running ticket has; None while it waits."""
    if ticket.next_due_at is None or ticket.state not in RUNNING:
        return None
    return due_of(ticket, clock.now(), calendar_for(ticket.unit_id), targets(), long=True)


def acts_for(ticket: Ticket) -> list[Action]:
    """Return the acts that are possible now and that the viewer may do."""
    me = viewer()
    return [
        action
        for action in TICKET.actions(ticket.state)
        if me.may(access.STAFF_ACTS[action], ticket.unit_id)
        and (action != Action.REOPEN or ticket.may_reopen_at(clock.now()))
    ]


def _waits_by_word(action: Action, ticket: Ticket) -> bool:
    """Tell whether a reason is all it takes; an item is sent out with vendor and letter (R-R3)."""
    return action in WAITS and not (action == Action.SEND_OUT and ticket.asset_id)


def _forms(ticket: Ticket, acts: list[Action], tried: ActionForm | None) -> dict[str, Any]:
    """Return the forms of what can be done now, the one that was tried as it was typed."""
    waits, people = [action for action in acts if _waits_by_word(action, ticket)], _people(ticket)
    prioritizes = ticket.is_open and viewer().may(access.PRIORITIZE, ticket.unit_id)
    possible = {"wait": waits, "assign": people, "prioritize": prioritizes}
    forms: dict[str, Any] = {
        name: tried if type(tried) is kind else kind(formdata=None)
        for name, kind in PANELS.items()
        if possible.get(name, name in acts)
    }
    forms["comment"] = tried if isinstance(tried, CommentForm) else CommentForm(formdata=None)
    forms["button"] = ActionForm(formdata=None)
    for form in forms.values():
        form.version.data = str(ticket.version)
    if waits:
        forms["wait"].action.choices = [(action, TICKET.acts[action]) for action in waits]
    if people:
        forms["assign"].person.choices = people
    if prioritizes and forms["prioritize"] is not tried:
        forms["prioritize"].priority.data = ticket.priority
    return forms
