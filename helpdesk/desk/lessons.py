"""Making an article of a resolved ticket: the text is laid ready, without personal data (R-PD2)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.knowledge import access as knowledge
from helpdesk.knowledge.forms import ArticleForm
from helpdesk.knowledge.privacy import without_people
from helpdesk.knowledge.text import page_of
from helpdesk.knowledge.views.writing import EDITOR, offered
from helpdesk.tickets import access as tickets
from helpdesk.tickets import queries, slots
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.slots import Part
from helpdesk.tickets.states import State
from kernel.access import Viewer, permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking

blueprint = Blueprint("lessons", __name__)
LONGEST_TITLE = 160


@blueprint.get("/tickets/<int:ticket_id>/article")
@permit(knowledge.WRITE)
def article(ticket_id: int) -> ResponseReturnValue:
    """Show the editor with what was reported and what was done, to be saved as a draft."""
    ticket = tickets.ticket_seen_by(viewer(), ticket_id)
    if not _has_an_end(ticket):
        raise Refusal(_("An article is made of a ticket that is resolved."))
    names = _known(ticket)
    title, removed = without_people(ticket.subject, names)
    said, more = without_people(ticket.detail, names)
    done, last = without_people(ticket.action_taken, names)
    symptoms = queries.symptoms_chosen(ticket.symptoms)
    asset = ticket.asset
    form = ArticleForm(
        title_th=title[:LONGEST_TITLE],
        body_th=_laid_out(title if said.strip() == title.strip() else f"{title}\n\n{said}", done),
        tags=", ".join(one for s in symptoms for one in (s.text_th, s.text_en) if one),
        class_id=asset.class_id or 0 if asset else 0,
        product_model_id=asset.model_id or 0 if asset else 0,
        ticket=str(ticket.id),
    )
    return render_template(
        EDITOR,
        form=offered(form),
        article=None,
        pictures=(),
        preview_th=page_of(form.body_th.data or "", request.script_root),
        preview_en="",
        removed=list(dict.fromkeys([*removed, *more, *last])),
        origin=ticket.number,
    )


def _has_an_end(ticket: Ticket) -> bool:
    return ticket.state in (State.RESOLVED, State.CLOSED) and bool(ticket.action_taken)


def _known(ticket: Ticket) -> list[str]:
    """Return the names and contacts that stand behind a ticket."""
    people = [one for one in (ticket.reporter, ticket.assignee) if one is not None]
    names = [ticket.reporter_name, ticket.reporter_contact]
    names += [said for one in people for said in (one.name_th, one.name_en)]
    names += [entry.actor_name for entry in queries.story(ticket.id, public_only=False)]
    return [one for one in names if one]


def _laid_out(trouble: str, done: str) -> str:
    with speaking("th"):
        wrong, mended = _("What is wrong"), _("How it was mended")
    return f"## {wrong}\n\n{trouble}\n\n## {mended}\n\n{done}\n"


def on_ticket(ticket: Ticket, who: Viewer) -> Sequence[Part]:
    """Return the way to make an article of a ticket, where the viewer may and it has an end."""
    if not _has_an_end(ticket) or not who.may(knowledge.WRITE):
        return ()
    href = url_for("lessons.article", ticket_id=ticket.id)
    drawn = render_template("helpdesk/desk/_to_article.html", href=href)
    return (Part("side", drawn),)


slots.fill("lessons", parts=on_ticket)
