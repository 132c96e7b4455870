"""The visit on a phone off the network: what the page takes along, and the results it brings back.

The page is one of ``kernel.offline``. Photos come first, each by itself, then the result that names
them; both carry a number of the phone's own and may be sent again at any time.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import csrf

from assets.maintenance import access, phone_queries
from assets.maintenance.models import Visit
from assets.maintenance.rules import receiving
from assets.maintenance.rules.receiving import Sent, SentAnswer, SentReading
from config import Settings
from kernel import offline, thai
from kernel.access import permit, public, viewer
from kernel.errors import Refusal
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l
from kernel.images import clean_photo
from kernel.offline import OfflinePage, moment_of
from kernel.work import work

blueprint = Blueprint("visiting", __name__, url_prefix="/maintenance/offline")

OFFLINE = OfflinePage(
    blueprint=blueprint.name,
    template="assets/maintenance/offline.html",
    name=_l("Maintenance visits"),
    own=(
        "js/assets/maintenance/offline.js",
        "js/assets/maintenance/offline-store.js",
        "js/assets/maintenance/offline-send.js",
        "js/assets/maintenance/offline-form.js",
        "js/assets/maintenance/offline-view.js",
    ),
)
LARGEST_ID = 10**18
LARGEST_NUMBER = Decimal(10) ** 11
MOST_PARTS = 200


@blueprint.get("/")
@permit(access.DO)
def page() -> ResponseReturnValue:
    """Show the page that works off the network; it holds words and scripts, no data."""
    addresses = {
        **OFFLINE.addresses(),
        "visits": url_for("visiting.visits"),
        "visit": url_for("maintenance.visits"),
        "signIn": url_for("people.sign_in", next=OFFLINE.address),
    }
    return render_template(OFFLINE.template, addresses=addresses, spoken=language())


@blueprint.get("/worker.js")
@public
def worker() -> Response:
    """Send the service worker; from this address its scope is the offline page alone."""
    return OFFLINE.worker()


@blueprint.get("/files.json")
@public
def files() -> Response:
    """List the files that the page needs off the network, and the edition they are of."""
    return OFFLINE.files()


@blueprint.get("/app.webmanifest")
@public
def manifest() -> Response:
    """Describe the page to a phone that installs it."""
    return OFFLINE.manifest()


@blueprint.get("/visits.json")
@permit(access.DO)
def visits() -> Response:
    """Tell who is signed in, the token to send with, and the visits to carry out."""
    me = viewer()
    return jsonify(
        {
            "me": {"id": me.id, "name": me.name},
            "token": csrf.generate_csrf(),
            "visits": [_visit(one, items) for one, items in phone_queries.visits(me)],
        }
    )


def _visit(one: Visit, items: int) -> dict[str, Any]:
    day = thai.format_date(one.day, language=language(), style="short")
    return {
        "id": one.id,
        "name": f"{one.unit.name} · {day}",
        "items": items,
        "person": one.person.name if one.person else "",
    }


@blueprint.get("/<int:visit_id>/list.json")
@permit(access.DO)
def expected(visit_id: int) -> Response:
    """Return the items of a visit with their checklists."""
    one = access.visit_done(viewer(), visit_id)
    return jsonify({"visit": one.id, "lines": phone_queries.lines(one)})


@blueprint.post("/results")
@permit(access.DO)
def results() -> ResponseReturnValue:
    """Take in the result of one item; sent again it changes nothing."""
    offline.check_token()
    sent = _sent(request.get_json(silent=True))
    with work():
        one = access.occurrence_done(viewer(), sent.occurrence_id, locked=True)
        new = receiving.take(one, sent, by=viewer())
        repair = one.repair_number
    return jsonify({"kept": True, "again": not new, "repair": repair})


@blueprint.post("/photos")
@permit(access.DO)
def photos() -> ResponseReturnValue:
    """Keep one photo for the result that will name it; sent again it changes nothing."""
    offline.check_token()
    said = request.form
    occurrence_id = _id(said.get("occurrence"))
    # Whoever may not do the item has nothing to be decoded.
    access.occurrence_done(viewer(), occurrence_id)
    sent = sent_files("photo")
    if not sent:
        raise Refusal(_("Please choose a file first."))
    settings: Settings = current_app.extensions["settings"]
    clean = clean_photo(sent[0].stream, "photo.jpg", megabytes=settings.photo_megabytes)
    keys = store().put(clean.jpeg, "jpg"), store().put(clean.thumbnail, "jpg")
    with work():
        one = access.occurrence_done(viewer(), occurrence_id)
        new = receiving.add_photo(one, said.get("id", "")[:60], *keys, by=viewer())
    return jsonify({"kept": True, "again": not new})


def _sent(body: object) -> Sent:
    if not isinstance(body, dict):
        raise Refusal(_("This is not a result of maintenance."))
    return Sent(
        client_id=str(body.get("id", "")),
        occurrence_id=_id(body.get("occurrence")),
        answers=tuple(_answer(one) for one in _list(body.get("answers"))),
        readings=tuple(_reading(one) for one in _list(body.get("readings"))),
        left_out=_text(body.get("leftOut"), 300),
        minutes=_whole(body.get("minutes")),
        cost=_number(body.get("cost"), places=2),
        note=_text(body.get("note"), 1000),
        at=moment_of(body.get("at")),
    )


def _answer(one: dict[str, Any]) -> SentAnswer:
    return SentAnswer(
        step_id=_id(one.get("step")),
        good=one.get("good") is not False,
        reading=_number(one.get("reading"), places=3),
        note=_text(one.get("note"), 300),
        photo=_text(one.get("photo"), 60),
    )


def _reading(one: dict[str, Any]) -> SentReading:
    value = _whole(one.get("value"))
    meter = _text(one.get("meter"), 40)
    if value is None or not meter:
        raise Refusal(_("Write what the meter shows."))
    return SentReading(meter, value, one.get("replaced") is True)


def _list(said: object) -> list[dict[str, Any]]:
    if said is None:
        return []
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise Refusal(_("This is not a result of maintenance."))
    return said[:MOST_PARTS]


def _id(said: object) -> int:
    try:
        number = int(str(said))
    except ValueError:
        number = 0
    if not 0 < number < LARGEST_ID:
        raise Refusal(_("This is not a result of maintenance."))
    return number


def _text(said: object, most: int) -> str:
    return " ".join(said.split())[:most] if isinstance(said, str) else ""


def _number(said: object, *, places: int) -> Decimal | None:
    text = thai.arabic_digits(str("" if said is None else said)).replace(",", "").strip()
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= LARGEST_NUMBER:
        raise Refusal(_("“%(typed)s” is not a number.", typed=text[:80]))
    return round(number, places)


def _whole(said: object) -> int | None:
    number = _number(said, places=0)
    if number is not None and number < 0:
        raise Refusal(_("“%(typed)s” is not a number.", typed=str(said)[:80]))
    return None if number is None else int(number)
