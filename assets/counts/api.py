"""The offline page and what it asks: the lists it takes along, the scans and photos it brings back.

The page is installed by a service worker whose scope is this address and nothing else. All of it
may be sent again at any time: a scan and a photo carry a number that the phone gave them, and the
second one of a number changes nothing. Page, worker and list of files hold no data of the office.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import csrf
from wtforms.validators import ValidationError

from assets.counts import access
from assets.counts.models import Round
from assets.counts.queries import rounds as queries
from assets.counts.queries import walking
from assets.counts.rules import photos, scanning
from assets.counts.rules.scanning import Answer, Sent
from assets.counts.states import OUTCOMES, SEEN_CONDITIONS
from assets.labels import queries as labels
from assets.register.states import CONDITIONS
from config import Settings
from kernel import clock
from kernel.access import permit, public, viewer
from kernel.errors import Refusal
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.images import clean_photo
from kernel.work import work

blueprint = Blueprint("counting", __name__, url_prefix="/counts/offline")

SCRIPTS = (
    "js/assets/counts/offline.js",
    "js/assets/counts/offline-store.js",
    "js/assets/counts/offline-send.js",
    "js/assets/counts/offline-view.js",
    "js/camera.js",
    "js/kedmanee.js",
    "js/signal.js",
    "vendor/jsqr-1.4.0/jsQR.js",
)
FURTHER = (
    "mark.svg",
    "css/scan.css",
    "css/assets/counts/offline.css",
    "js/theme.js",
    "vendor/sarabun-5.3.0/sarabun-thai-400-small.woff2",
)
WORKER = "js/assets/counts/worker.js"
SHORT_DIGITS = 18
# A phone's clock that is off by more than this is not believed at all.
BELIEVED = timedelta(days=60)
MOST_ROOMS = 100


class ForeignToken(Refusal):
    """The token is of another session: the phone asks for a new one and sends again."""

    status = 400
    code = "csrf"


@blueprint.get("/")
@permit(access.SCAN)
def page() -> ResponseReturnValue:
    """Show the page that works off the network; it holds words and scripts, no data."""
    return render_template(
        "assets/counts/offline.html",
        addresses=_addresses(),
        outcomes=OUTCOMES,
        conditions={str(one): CONDITIONS[one] for one in SEEN_CONDITIONS},
        spoken=language(),
    )


def _addresses() -> dict[str, str]:
    worker = url_for("counting.worker", v=_edition())
    return {
        "worker": worker,
        "scope": url_for("counting.page"),
        "rounds": url_for("counting.rounds"),
        "base": url_for("counting.page"),
        "signIn": url_for("people.sign_in", next=url_for("counting.page")),
        "decoder": url_for("static", filename="vendor/jsqr-1.4.0/jsQR.js"),
    }


def _folder() -> Path:
    return Path(current_app.static_folder or "")


def _edition() -> str:
    """Return a fingerprint of all files of the page: another one makes phones fetch them anew."""
    parts = hashlib.sha256()
    for name in (*SCRIPTS, *FURTHER, WORKER):
        parts.update((_folder() / name).read_bytes())
    template = current_app.jinja_env.loader
    if template is not None:
        source, _name, _fresh = template.get_source(
            current_app.jinja_env, "assets/counts/offline.html"
        )
        parts.update(source.encode())
    return parts.hexdigest()[:12]


@blueprint.get("/worker.js")
@public
def worker() -> Response:
    """Send the service worker; from this address its scope is the offline page alone."""
    answer = Response((_folder() / WORKER).read_text("utf-8"), mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/files.json")
@public
def files() -> Response:
    """List the files that the page needs off the network, and the edition they are of."""
    named = [url_for("static", filename=name) for name in (*SCRIPTS, *FURTHER)]
    return jsonify({"edition": _edition(), "files": named, "page": url_for("counting.page")})


@blueprint.get("/app.webmanifest")
@public
def manifest() -> Response:
    """Describe the page to a phone that installs it."""
    answer = jsonify(
        {
            "id": url_for("counting.page"),
            "name": _("Annual inspection"),
            "short_name": _("Annual inspection"),
            "start_url": url_for("counting.page"),
            "scope": url_for("counting.page"),
            "display": "standalone",
            "lang": language(),
            "background_color": "#fbfaf8",
            "theme_color": "#0f5c63",
            "icons": [
                {
                    "src": url_for("static", filename="mark.svg"),
                    "sizes": "any",
                    "type": "image/svg+xml",
                    "purpose": "any",
                }
            ],
        }
    )
    answer.mimetype = "application/manifest+json"
    return answer


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
    rooms = walking.rooms(viewer(), one)
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
                "unit": room.unit.name,
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


def _check_token() -> None:
    try:
        csrf.validate_csrf(request.headers.get("X-CSRFToken") or request.form.get("csrf_token"))
    except ValidationError:
        raise ForeignToken(_("Please sign in again, then send again.")) from None


@blueprint.post("/<int:round_id>/scans")
@permit(access.SCAN)
def scans(round_id: int) -> ResponseReturnValue:
    """Take in a batch of scans; each is answered by its number: kept, or refused with a reason."""
    _check_token()
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
        device_at=_moment(scan.get("at")),
        device=device,
    )


def _moment(said: object) -> datetime | None:
    """Read a phone's clock; what is not a moment near the present is left out."""
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    if moment.tzinfo is None or abs(moment - clock.now()) > BELIEVED:
        return None
    return moment.astimezone(UTC)


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
    _check_token()
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
