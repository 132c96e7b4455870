"""Photos from before and after the work stand in the story, for the office only."""

from __future__ import annotations

import io

from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.tickets.models import Ticket, TicketEntry, TicketPhoto
from helpdesk.tickets.states import State
from kernel.access import Viewer
from kernel.db import db
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.office import sign_in
from tests.factories.pictures import picture
from tests.factories.tickets import make_ticket


def sent(client: FlaskClient, ticket: Ticket, **typed: object) -> int:
    data = {"key": "photo-key-0123456789", **typed}
    path = f"/tickets/{ticket.id}/work-photos"
    return client.post(path, data=data, content_type="multipart/form-data").status_code


def test_photos_before_and_after_are_told_apart_and_kept_from_the_reporter(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    sign_in(client, cast.thep)
    for taken in ("before", "after"):
        photo = (io.BytesIO(picture()), f"{taken}.jpg")
        typed = {
            "taken": taken,
            "photos": photo,
            "note": f"ภาพ {taken}",
            "key": f"key-{taken:-<20}",
        }
        assert sent(client, ticket, **typed) == 302
    page = client.get(f"/tickets/{ticket.id}").text
    assert "ภาพถ่าย: ก่อนซ่อม" in page
    assert "ภาพถ่าย: หลังซ่อม" in page
    db.session.rollback()
    story = db.session.scalars(select(TicketEntry).where(TicketEntry.act == "pictured")).all()
    assert [(one.detail["when"], one.public) for one in story] == [
        ("before", False),
        ("after", False),
    ]
    kept = db.session.scalars(select(TicketPhoto.entry_id).order_by(TicketPhoto.id)).all()
    assert list(kept) == [one.id for one in story]
    private = db.session.get_one(Ticket, ticket.id).tracking_path
    client.post("/sign-out")
    assert "ภาพ before" not in client.get(private).text


def test_no_photo_no_picture_and_no_time_are_refused(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    sign_in(client, cast.thep)
    tries: tuple[dict[str, object], ...] = (
        {"taken": "before"},
        {"taken": "later", "photos": (io.BytesIO(picture()), "a.jpg")},
        {"taken": "before", "photos": (io.BytesIO(b"no picture"), "a.jpg")},
    )
    assert [sent(client, ticket, **typed) for typed in tries] == [422, 422, 422]
    assert db.session.scalars(select(TicketPhoto)).all() == []
