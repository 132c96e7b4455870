"""The offline page and what it asks: the lists it takes along, the scans and photos it brings back.

The page is installed by a service worker whose scope is this address and nothing else. All of it
may be sent again at any time: a scan and a photo carry a number that the phone gave them, and the
second one of a number changes nothing. Page, worker and list of files hold no data of the office.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import csrf

from assets.counts import access
from assets.counts.models import Round
from assets.counts.queries import rooms as places
from assets.counts.queries import rounds as queries
from assets.counts.queries import walking
from assets.counts.rules import photos, scanning
from assets.counts.rules.scanning import Answer, Sent
from assets.counts.states import OUTCOMES, SEEN_CONDITIONS
from assets.labels import queries as labels
from assets.register.states import CONDITIONS
from config import Settings
from kernel import offline
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

blueprint = Blueprint("counting", __name__, url_prefix="/counts/offline")

OFFLINE = OfflinePage(
    blueprint=blueprint.name,
    template="assets/counts/offline.html",
    name=_l("Annual inspection"),
    own=(
        "js/assets/counts/offline.js",
        "js/assets/counts/offline-store.js",
        "js/assets/counts/offline-send.js",
        "js/assets/counts/offline-view.js",
    ),
)
SHORT_DIGITS = 18
MOST_ROOMS = 100


@blueprint.get("/")
@permit(access.SCAN)
def page() -> ResponseReturnValue:
    """Show the page that works off the network; it holds words and scripts, no data."""
    return render_template(
        OFFLINE.template,
        addresses=_addresses(),
        outcomes=OUTCOMES,
        conditions={str(one): CONDITIONS[one] for one in SEEN_CONDITIONS},
        spoken=language(),
    )


def _addresses() -> dict[str, str]:
    return {
        **OFFLINE.addresses(),
        "rounds": url_for("counting.rounds"),
        "signIn": url_for("people.sign_in", next=OFFLINE.address),
    }


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


@blueprint.get("/rounds.json")
@permit(access.SCAN)
def rounds() -> Response:
    """Tell who is signed in, the token to send with, and the rounds and rooms to walk."""
    me = viewer()
    return jsonify(
        {
            "me": {"id": me.id, "name": me.name},
            "token": csrf.generate_csrf(),
            "rounds": [_round(one) for one in queries.rounds_to_walk(me)],
        }
    )


def _round(one: Round) -> dict[str, Any]:
    rooms = places.every(viewer(), one)
    tags = labels.tags_of_rooms([room.room_id for room in rooms if room.room_id is not None])
    return {
        "id": one.id,
        "name": _("%(unit)s, fiscal year %(year)s", unit=one.unit.name, year=one.fiscal_year),
        "open": one.state == "open",
        "rooms": [
            {
                "id": room.id,
                "name": room.name or _("Room not known"),
                "building": room.building,
                "unit": "" if room.unit_id == one.unit_id else room.unit.name,
                "expected": room.expected_total,
                "counted": room.counted,
                "tag": tags.get(room.room_id or 0, ""),
            }
            for room in rooms
        ],
    }


@blueprint.get("/<int:round_id>/list.json")
@permit(access.SCAN)
def expected(round_id: int) -> Response:
    """Return the expected lines of the chosen rooms, up to 100 rooms and 5,000 lines."""
    one = access.round_scanned_by(viewer(), round_id)
    said = [one for one in request.args.getlist("room") if _is_id(one)]
    lines = walking.lines_for_phone(one, [int(room) for room in said[:MOST_ROOMS]])
    return jsonify({"round": one.id, "lines": lines})


def _is_id(value: str) -> bool:
    return value.isdecimal() and len(value) <= SHORT_DIGITS


@blueprint.post("/<int:round_id>/scans")
@permit(access.SCAN)
def scans(round_id: int) -> ResponseReturnValue:
    """Take in a batch of scans; each is answered by its number: kept, or refused with a reason."""
    offline.check_token()
    access.round_scanned_by(viewer(), round_id)
    body = request.get_json(silent=True)
    sent = body.get("scans") if isinstance(body, dict) else None
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise Refusal(_("This is not a list of scans."))
    device = str(body.get("device", "")) if isinstance(body, dict) else ""
    with work():
        one = access.round_scanned_by(viewer(), round_id)
        read = [_sent(scan, device) for scan in sent]
        answers = scanning.receive(one, read, by=viewer(), offline=True)
    return jsonify({"scans": [_told(answer) for answer in answers]})


def _sent(scan: dict[str, Any], device: str) -> Sent:
    room, quantity = scan.get("room"), scan.get("quantity")
    return Sent(
        client_id=str(scan.get("id", "")),
        code=str(scan.get("code", "")),
        round_room_id=room if isinstance(room, int) and 0 < room < 10**SHORT_DIGITS else None,
        condition=str(scan.get("condition") or ""),
        quantity=quantity if isinstance(quantity, int) else None,
        remark=str(scan.get("remark") or ""),
        device_at=moment_of(scan.get("at")),
        device=device,
    )


def _told(answer: Answer) -> dict[str, Any]:
    if answer.outcome is None:
        return {"id": answer.client_id, "kept": False, "reason": answer.refused}
    face, thing = OUTCOMES[answer.outcome], answer.thing
    return {
        "id": answer.client_id,
        "kept": True,
        "again": answer.again,
        "outcome": answer.outcome,
        "words": str(face.label),
        "tone": face.tone,
        "name": thing.name if thing else "",
        "no": (thing.asset_no if thing else "") or "",
        "belongs": thing.expected_room if thing else "",
    }


@blueprint.post("/<int:round_id>/photos")
@permit(access.SCAN)
def photo(round_id: int) -> ResponseReturnValue:
    """Take in one photo of a scan that has arrived; sent again it changes nothing."""
    offline.check_token()
    # Whoever may not scan here has nothing to be decoded.
    access.round_scanned_by(viewer(), round_id)
    sent = sent_files("photo")
    if not sent:
        raise Refusal(_("Please choose a file first."))
    settings: Settings = current_app.extensions["settings"]
    clean = clean_photo(sent[0].stream, "photo.jpg", megabytes=settings.photo_megabytes)
    keys = store().put(clean.jpeg, "jpg"), store().put(clean.thumbnail, "jpg")
    said = request.form
    with work():
        one = access.round_scanned_by(viewer(), round_id)
        new = photos.add(
            one, said.get("scan", "")[:40], said.get("id", "")[:40], *keys, by=viewer()
        )
    return jsonify({"kept": True, "again": not new})
