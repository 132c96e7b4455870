"""What pages ask again and again while they are open: is there news, who else is here.

A page asks every twenty seconds with what it has seen (docs/adr/0009). Where nothing has changed
the answer is 304 and nothing else.
"""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from helpdesk.tickets import access, news_queries, queries
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.news_queries import Mark, mark_from
from helpdesk.tickets.queue_filters import filters_from
from helpdesk.tickets.rules import presence as rules
from helpdesk.tickets.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.forms import Form
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.work import work

MOST_SHOWN, LONGEST_ID = 200, 12
SECONDS = 20


@blueprint.get("/tickets/news")
@permit(access.SEE)
def news() -> ResponseReturnValue:
    """Tell how many tickets of a queue or a board changed since it was shown."""
    said = request.args.get("seen")
    since = mark_from(said) or Mark(0, 0)
    known = mark_from(request.headers.get("If-None-Match"))
    shown = [int(one) for one in _numbers(request.args.get("on", ""))]
    now, many = news_queries.news(viewer(), filters_from(request.args), since, shown)
    if known == now:
        return _marked(Response(status=304), now)
    return _marked(make_response(render_template("helpdesk/tickets/_news.html", many=many)), now)


def _numbers(said: str) -> list[str]:
    return [
        one for one in said.split(",")[:MOST_SHOWN] if one.isdecimal() and len(one) < LONGEST_ID
    ]


def _marked(answer: Response, now: Mark) -> Response:
    answer.headers["ETag"] = f'W/"{now}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@blueprint.post("/tickets/<int:ticket_id>/here")
@permit(access.SEE)
def be_here(ticket_id: int) -> ResponseReturnValue:
    """Note that the viewer has a ticket open, and tell who else has, and what is new on it."""
    Form().insist()
    me = viewer()
    seen = db.session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, access.visible(me)))
    if seen is None:
        raise NotFound(_("There is no such ticket, or it belongs to another school."))
    with work():
        rules.be_here(ticket_id, writing=request.form.get("writing") == "1", by=me)
    said = request.form.get("seen", "")
    entry = int(said) if said.isdecimal() and len(said) < LONGEST_ID else None
    english = language() == "en"
    return render_template(
        "helpdesk/tickets/_presence_now.html",
        others=[
            (one.name_en if english and one.name_en else one.name_th, one.writing)
            for one in rules.others_on(ticket_id, by=me)
        ],
        news=entry is not None and queries.written_since(ticket_id, entry, me.id),
        ticket_id=ticket_id,
    )
