"""What is shown while a report is typed: open reports at the same place, and articles that fit.

A guest learns of another's report only what it is about and how far it is: the words of a report
may name people. Staff who may see the ticket read its heading and number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assets.register.models import Asset
from helpdesk.knowledge import queries as knowledge
from helpdesk.knowledge.queries import Match
from helpdesk.tickets import access, queries
from helpdesk.tickets.categories import forms as questions
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.forms import PhotoForm
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import PLAIN
from helpdesk.tickets.views.blueprint import blueprint
from kernel.access import public, viewer
from kernel.i18n import language
from kernel.paths import whole

LONGEST_TYPED = 500
SHORTEST_TYPED = 3


@dataclass(frozen=True)
class Open:
    """An open report as strangers may know of it; ``number`` only for who may see the ticket."""

    id: int
    about: str
    number: str
    state: str
    since: datetime


@dataclass(frozen=True)
class Suggested:
    """What may spare a report: open ones to join, and articles to read."""

    reports: Sequence[Open] = ()
    articles: Sequence[Match] = ()

    def __bool__(self) -> bool:
        return bool(self.reports or self.articles)


@blueprint.get("/report/near")
@public
def suggestions() -> ResponseReturnValue:
    """Show what may spare the report that is being typed: a part of its page."""
    args = request.args
    unit_id = whole(args.get("unit"))
    found = of_place(unit_id, args.get("place", "")[:120], args.get("detail", ""))
    joins = args.get("show") != "only"
    return _part("helpdesk/tickets/_near.html", suggested=found, joining=joins)


@blueprint.get("/report/questions")
@public
def category_questions() -> ResponseReturnValue:
    """Show the questions of a category: a part of the report's page."""
    code = request.args.get("category", "")[:20]
    form = questions.asking(PhotoForm, categories.questions_of(code), code)(formdata=None)
    asked = [field for field in form if field.name.startswith("q_")]
    return _part("helpdesk/tickets/_questions.html", asked=asked, category=code)


def _part(template: str, **context: object) -> ResponseReturnValue:
    return render_template(template, **context), 200, {"Cache-Control": "no-store"}


def of_place(unit_id: object, place: str, typed: str) -> Suggested:
    """Return what fits a report without an item, by its room and by what was typed so far."""
    unit = whole(str(unit_id)) or 0
    room = queries.room_called(unit, place) if unit and place else None
    near = queries.open_tickets_near(unit, room.id) if room else ()
    return Suggested([_open(one) for one in near], _articles(typed, None))


def of_item(asset: Asset) -> Suggested:
    """Return what fits a report on an item: its room's other reports, articles on its kind."""
    near: Sequence[Ticket] = ()
    if asset.room_id:
        near = queries.open_tickets_near(
            asset.holding_unit_id, asset.room_id, without_asset=asset.id
        )
    return Suggested([_open(one) for one in near], _articles("", asset))


def _articles(typed: str, asset: Asset | None) -> Sequence[Match]:
    typed = typed.strip()[:LONGEST_TYPED]
    if asset is None and len(typed) < SHORTEST_TYPED:
        return ()
    return knowledge.matching(
        typed,
        language=language(),
        viewer=viewer(),
        asset_class_id=asset.class_id if asset else None,
        product_model_id=asset.model_id if asset else None,
    )


def _open(ticket: Ticket) -> Open:
    staff = viewer().may(access.SEE, ticket.unit_id)
    # A heading made of chips names nobody; one of typed words may.
    plain = staff or bool(ticket.symptoms)
    about = ticket.title if plain else categories.name_of(ticket.category)
    number = ticket.number if staff else ""
    return Open(ticket.id, about, number, str(PLAIN[ticket.state]), ticket.opened_at)
