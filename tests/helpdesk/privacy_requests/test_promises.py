"""What the privacy notice promises besides requests: R-PD1, R-PD4, and looks that are written."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import String, select

from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.tickets.models import Ticket, TicketPhoto
from kernel.db import Model, db
from office.access_log import jobs
from office.access_log.models import AccessAbout, AccessEntry
from office.access_log.states import Action
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import sign_in
from tests.factories.pictures import picture
from tests.factories.tickets import make_tag, make_ticket

CITIZEN = "1-1017-00230-70-8"
NEVER = re.compile(r"citizen|national_id|religion|birth|blood|health|race")
# Thirteen signs that are no citizen number: of shops, as printed on receipts; of cards we print.
THIRTEEN = {"vendor.tax_id", "user_card.code"}


@pytest.fixture
def cast(app: Flask) -> Cast:
    assert app.name
    return make_cast()


def test_pd1_no_column_is_meant_for_citizen_numbers_religion_or_birth(cast: Cast) -> None:
    assert cast
    columns = [c for table in Model.metadata.sorted_tables for c in table.columns]
    named = [f"{c.table.name}.{c.name}" for c in columns if NEVER.search(c.name)]
    wide = {
        f"{c.table.name}.{c.name}"
        for c in columns
        if isinstance(c.type, String) and c.type.length == 13
    }
    assert (named, wide) == ([], THIRTEEN)


def test_pd1_a_guest_who_types_a_citizen_number_is_asked_to_take_it_out(
    cast: Cast, client: FlaskClient
) -> None:
    tag = make_tag(make_asset(cast.school))
    good = {"detail": "จอไม่ติด", "name": "ครูสมมติ", "contact": "0812345678"}
    kept = []
    for field in good:
        answer = client.post(f"/q/{tag.code}/report", data={**good, field: f"ก {CITIZEN}"})
        if answer.status_code != 422 or "เลขประจำตัวประชาชน" not in answer.text:
            kept.append(field)
    assert kept == []
    assert db.session.scalars(select(Ticket)).all() == []
    assert client.post(f"/q/{tag.code}/report", data=good).status_code == 302
    made = db.session.scalars(select(Ticket)).one()
    answer = client.post(f"/t/{made.token}/answer", data={"body": CITIZEN})
    assert answer.status_code == 422


def test_pd4_a_photo_is_seen_only_by_those_of_the_job(cast: Cast, client: FlaskClient) -> None:
    mine, other = make_ticket(unit=cast.school), make_ticket(unit=cast.other_school)
    data = {"body": "ดูหน้าจอ", "photos": (io.BytesIO(picture()), "a.jpg")}
    client.post(f"/t/{mine.token}/answer", data=data)
    photo = db.session.scalars(select(TicketPhoto)).one()
    at = f"/tickets/{mine.id}/photos/{photo.id}"
    assert client.get(f"/t/{mine.token}/photos/{photo.id}").status_code == 200
    assert client.get(f"/t/{other.token}/photos/{photo.id}").status_code == 404
    assert client.get(at).status_code == 302
    seen = []
    for person in cast.by_role().values():
        sign_in(client, person)
        if client.get(at).status_code == 200:
            seen.append(person.id)
    # A teacher, a storekeeper and an inspector have nothing to do with the job.
    closed_to = {cast.malee.id, cast.sri.id, cast.anong.id}
    assert closed_to.isdisjoint(seen)
    assert {cast.thep.id, cast.kanda.id} <= set(seen)


def test_who_takes_the_copy_of_somebody_out_stands_among_the_looks_at_the_person(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.malee)
    client.post("/privacy/requests/mine/copy")
    made = db.session.scalars(select(PrivacyRequest)).one()
    sign_in(client, cast.admin)
    assert client.get(f"/privacy/requests/{made.id}/copy.zip").status_code == 200
    jobs.seal_access_log()
    query = (
        select(AccessEntry)
        .join(AccessAbout, AccessAbout.entry_id == AccessEntry.id)
        .where(AccessAbout.person_id == cast.malee.id, AccessEntry.person_id == cast.admin.id)
    )
    assert [one.action for one in db.session.scalars(query)] == [Action.EXPORTED]
    sign_in(client, cast.malee)
    assert cast.admin.name_th in client.get("/profile/looks").text
