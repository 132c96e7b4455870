"""Pages for those who walk: a room with its scan box, the progress, all scans, photos."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from assets.counts import access
from assets.counts.codes import SET_PART
from assets.counts.forms import ScanForm
from assets.counts.models import Member, Round, RoundRoom
from assets.counts.queries import rooms, sets, walking
from assets.counts.queries import rounds as queries
from assets.counts.rules import photos, scanning
from assets.counts.rules.scanning import Answer, Sent
from assets.counts.states import OUTCOMES, ROUNDS, Outcome, RoundAction, RoundState
from assets.counts.views.blueprint import blueprint
from assets.register.states import CONDITIONS
from config import Settings
from kernel import clock
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.files import store
from kernel.forms import ActionForm, new_key, sent_files
from kernel.i18n import gettext as _
from kernel.images import clean_photo
from kernel.pages import page_number, paged
from kernel.work import work

TONES = {"ok": "ok", "info": "info", "neutral": "info", "warn": "warn", "danger": "danger"}


@blueprint.get("/<int:round_id>/rooms/<int:room_id>")
@permit(access.SCAN)
def room(round_id: int, room_id: int) -> ResponseReturnValue:
    """Show a room: the scan box, the last scans, what is still to be found."""
    one, place = access.room_seen_by(viewer(), round_id, room_id)
    return _page(one, place, ScanForm(formdata=None))


def _page(one: Round, place: RoundRoom, form: ScanForm) -> ResponseReturnValue:
    number = page_number()
    last = walking.recent(one, place)
    may_scan = access.member_of(viewer(), one) is not None and ROUNDS.allows(
        RoundState(one.state), RoundAction.SCAN
    )
    form.client_id.data = new_key()
    page = render_template(
        "assets/counts/room.html",
        one=one,
        room=place,
        page=paged(walking.lines(one, place, number), number, walking.PAGE),
        recent=last,
        photos=walking.photos_of(last),
        parts=sets.parts_to_confirm(one, [s.asset_id for s in last if s.asset_id])
        if may_scan
        else {},
        set_part=SET_PART.fullmatch,
        form=form,
        fresh=new_key,
        may_scan=may_scan,
        outcomes=OUTCOMES,
        conditions=CONDITIONS,
    )
    return page, form.status


@blueprint.post("/<int:round_id>/rooms/<int:room_id>")
@permit(access.SCAN)
def scan(round_id: int, room_id: int) -> ResponseReturnValue:
    """Take in one scan; the same form sent twice is one scan."""
    one, place = access.room_seen_by(viewer(), round_id, room_id)
    form = ScanForm()
    if form.accepted():
        with form.refusals():
            if there := _other_room(round_id):
                return redirect(there)
            kept = _photos()
            with work():
                one = access.round_scanned_by(viewer(), round_id)
                answer = scanning.receive(one, [_sent(form, room_id)], by=viewer())[0]
                if answer.refused:
                    raise Refusal(answer.refused, field="code")
                for number, (photo_key, thumbnail_key) in enumerate(kept):
                    key = f"{answer.client_id[:30]}-{number}"
                    photos.attach(answer, key, photo_key, thumbnail_key, by=viewer())
            _tell(answer)
            return redirect(url_for("counts.room", round_id=round_id, room_id=room_id))
    return _page(one, place, form)


def _other_room(round_id: int) -> str | None:
    """Go to the room whose label was scanned; its address, None where it is no room's label.

    Refuses the label of a room that is not in the round.
    """
    me = viewer()
    one = access.round_scanned_by(me, round_id)
    room, place = walking.room_meant(one, request.form.get("code", ""))
    if room is None:
        return None
    if place is None:
        said = _("This is the label of %(room)s, which is not in this round.", room=room.name)
        raise Refusal(said, field="code")
    with work():
        one = access.round_scanned_by(me, round_id)
        _one, place = access.room_seen_by(me, round_id, place.id)
        scanning.enter(one, place, by=me)
        name = place.name
    flash(_("You are in %(room)s now.", room=name), "ok")
    return url_for("counts.room", round_id=round_id, room_id=place.id)


def _sent(form: ScanForm, room_id: int) -> Sent:
    return Sent(
        client_id=form.client_id.data or "",
        # Read as it was typed: putting Thai marks in order would lose keystrokes of a scanner.
        code=request.form.get("code", ""),
        round_room_id=room_id,
        condition=form.condition.data or "",
        quantity=form.quantity.data,
        remark=form.remark.data or "",
        device_at=clock.now(),
    )


def _photos() -> list[tuple[str, str]]:
    """Clean and keep what was sent, before the unit of work begins."""
    settings: Settings = current_app.extensions["settings"]
    kept = []
    for file in sent_files("photos")[:4]:
        photo = clean_photo(file.stream, file.filename or "", megabytes=settings.photo_megabytes)
        kept.append((store().put(photo.jpeg, "jpg"), store().put(photo.thumbnail, "jpg")))
    return kept


def _tell(answer: Answer) -> None:
    face = OUTCOMES[answer.outcome or Outcome.UNKNOWN]
    name = answer.thing.name if answer.thing else ""
    flash(f"{face.label}: {name}" if name else str(face.label), TONES.get(face.tone, "info"))


@blueprint.post("/<int:round_id>/rooms/<int:room_id>/enter")
@permit(access.SCAN)
def enter(round_id: int, room_id: int) -> ResponseReturnValue:
    """Begin with a room, so that the others of the committee see who is where."""
    return _walk(round_id, room_id, scanning.enter, "counts.room")


@blueprint.post("/<int:round_id>/rooms/<int:room_id>/finish")
@permit(access.SCAN)
def finish(round_id: int, room_id: int) -> ResponseReturnValue:
    """Say that a room has been walked."""
    return _walk(round_id, room_id, scanning.finish, "counts.show")


def _walk(round_id: int, room_id: int, act: Any, then: str) -> ResponseReturnValue:  # noqa: ANN401 - a rule of scanning
    ActionForm().insist()
    with work():
        one = access.round_scanned_by(viewer(), round_id)
        _one, place = access.room_seen_by(viewer(), round_id, room_id)
        act(one, place, by=viewer())
    if then == "counts.room":
        return redirect(url_for(then, round_id=round_id, room_id=room_id))
    return redirect(url_for(then, round_id=round_id))


@blueprint.get("/<int:round_id>/progress")
@permit(access.SCAN)
def progress(round_id: int) -> ResponseReturnValue:
    """Return the part of the round's page that shows how far it is; asked again and again."""
    one = access.round_seen_by(viewer(), round_id)
    members = queries.members_of(one)
    return render_template("assets/counts/_progress.html", one=one, **progress_of(one, members))


def progress_of(one: Round, members: Sequence[Member]) -> dict[str, Any]:
    """Return what the part of a round's page shows that tells how far it is."""
    me, number, wanted = viewer(), page_number(), rooms.wanted_from(request.args)
    said = {"q": wanted.words, "unit": wanted.unit_id, "state": wanted.state}
    return {
        "kept": {name: value for name, value in said.items() if value},
        "page": paged(rooms.page_of(me, one, wanted, number), number, rooms.PAGE),
        "wanted": wanted,
        "room_counts": rooms.counts(me, one),
        "people": walking.people_by_room(members),
        "progress": queries.progress(one),
    }


@blueprint.get("/<int:round_id>/scans")
@permit(access.SCAN)
def scans(round_id: int) -> ResponseReturnValue:
    """List every scan of a round as it came, the newest first."""
    one = access.round_seen_by(viewer(), round_id)
    outcome, number = request.args.get("outcome", ""), page_number()
    rows = walking.scans(viewer(), one, outcome=outcome, page=number)
    return render_template(
        "assets/counts/scans.html",
        one=one,
        page=paged(rows, number, walking.SCANS),
        photos=walking.photos_of(rows),
        set_part=SET_PART.fullmatch,
        outcome=outcome,
        outcomes=OUTCOMES,
        conditions=CONDITIONS,
    )


@blueprint.get("/photos/<int:photo_id>")
@permit(access.SCAN)
def photo(photo_id: int) -> Response:
    """Send a photo of a scan, small where the address says so."""
    found = access.photo_seen_by(viewer(), photo_id)
    key = found.thumbnail_key if request.args.get("small") else found.photo_key
    answer = send_file(BytesIO(store().read(key)), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer
