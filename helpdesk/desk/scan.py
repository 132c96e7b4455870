"""What a scan of a label shows: it depends on who scans, and on what the label stands for.

``/q/<code>`` is what people type, ``/Q/<CODE>`` what the label holds. A code that is unknown,
blank or of another system gets a page that helps, never an error page. A blank one leads who may
put labels on items straight to that; an old one leads to its item.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, Response, current_app, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from assets.labels import access as labelling
from assets.labels import queries as labels
from assets.labels.codes import read_code
from assets.labels.models import Tag
from assets.loans import access as loans
from assets.register import access as register
from assets.register import availability
from assets.register.models import Asset
from assets.register.states import OBSTACLES, Obstacle
from assets.stock.queries import items as stock
from helpdesk.desk import room
from helpdesk.tickets import access as handling
from helpdesk.tickets import queries as tickets
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import PLAIN, TICKET, Action
from kernel.access import Viewer, public, viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from office.cards.views import scanning as cards
from office.places.models import Room

blueprint = Blueprint("scan", __name__)


@dataclass(frozen=True)
class LabelHint:
    """That the label is old: the code of the one in use, and where to say it sits elsewhere."""

    now: str | None
    move: str | None


@dataclass(frozen=True)
class Ways:
    """Where this viewer may go on to from the page of an item; None where not."""

    item: str | None
    lend: str | None


@blueprint.get("/Q/<code>", strict_slashes=False)
@blueprint.get("/q/<code>", strict_slashes=False)
@public
def landing(code: str) -> ResponseReturnValue:
    """Show what the label stands for, and what this viewer can do with it."""
    if cards.is_card(code):
        return cards.scanned(code)
    place = stock.bin_by_code(code)
    if place is not None:
        return redirect(url_for("stock.place", bin_id=place.id))
    tag = labels.tag_by_code(code)
    if tag is None:
        return _help("unknown", code), 404
    if tag.asset is not None:
        return _item(tag, tag.asset)
    if tag.room is not None:
        return _room(tag.room)
    if tag.retired_at is not None:
        return _help("retired", tag.code), 410
    if viewer().may(labelling.CLAIM) and _stands("labels.claim"):
        return redirect(url_for("labels.claim", code=tag.code))
    return _help("blank", tag.code), 200


@blueprint.get("/q/<code>/photo")
@public
def photo(code: str) -> Response:
    """Send the small photo of the item behind a label."""
    tag = labels.tag_by_code(code)
    if tag is None or tag.asset is None or not tag.asset.thumbnail_key:
        raise NotFound(_("There is no such photo."))
    answer = send_file(BytesIO(store().read(tag.asset.thumbnail_key)), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def _room(where: Room) -> ResponseReturnValue:
    """Lead who may look into the register to the room's page; let all others report a fault."""
    if viewer().may(register.SEE, where.unit_id):
        return redirect(room.address(where.id))
    return render_template(
        "helpdesk/desk/scan_room.html", room=where, report=room.report_address(where)
    )


def _item(tag: Tag, asset: Asset) -> ResponseReturnValue:
    me = viewer()
    units = (asset.owner_unit_id, asset.holding_unit_id)
    repairs = me.may(handling.WORK, *units)
    lends = me.may(loans.LEND, *units)
    open_tickets = tickets.open_tickets_on(asset.id)
    newest = open_tickets[0] if open_tickets else None
    return render_template(
        "helpdesk/desk/scan.html",
        tag=tag,
        asset=asset,
        open_tickets=open_tickets,
        plain=PLAIN,
        faces=TICKET.faces,
        repairs=repairs,
        lends=lends,
        staff=me.may(handling.SEE, *units),
        history=tickets.faults_of(asset.id) if repairs else [],
        button=_start_button(newest) if newest and repairs else None,
        obstacle=availability.obstacle_of(asset) if lends else None,
        obstacles=OBSTACLES,
        lent=Obstacle.ON_LOAN,
        label=_label_of(me, tag, asset),
        ways=Ways(_item_page(me, asset, units), _desk(tag) if lends else None),
    )


def _start_button(ticket: Ticket) -> ActionForm | None:
    """Return the button that starts work on a ticket, where that is possible now."""
    if not TICKET.allows(ticket.state, Action.START):
        return None
    form = ActionForm(formdata=None)
    form.version.data = str(ticket.version)
    return form


def _item_page(me: Viewer, asset: Asset, units: tuple[int, int]) -> str | None:
    return url_for("register.item", asset_id=asset.id) if me.may(register.SEE, *units) else None


def _desk(tag: Tag) -> str | None:
    return url_for("lending.desk", scan=tag.code) if _stands("lending.desk") else None


def _stands(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _label_of(me: Viewer, tag: Tag, asset: Asset) -> LabelHint | None:
    """Return what staff should know of the label that was scanned; None where it is in order."""
    units = (asset.owner_unit_id, asset.holding_unit_id)
    if tag.retired_at is None or not me.may(labelling.PRINT, *units):
        return None
    now = labels.tag_in_use(asset.id)
    move = None
    if me.may(labelling.CLAIM, *units) and _stands("labels.repoint"):
        move = url_for("labels.repoint", tag_id=tag.id)
    return LabelHint(now.code if now else None, move)


def _help(why: str, code: str) -> str:
    """Return the page for a label that stands for no item."""
    return render_template(
        "helpdesk/desk/scan_help.html",
        why=why,
        code=code[:40],
        is_code=read_code(code) is not None,
    )
