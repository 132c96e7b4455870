"""Cards of a whole school from a list and a ZIP of photos."""

from __future__ import annotations

import io
import zipfile

from flask.testing import FlaskClient
from openpyxl import Workbook

from kernel.db import db
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.cards import jobs, queries
from office.cards.models import CardBatch, UserCard
from office.cards.states import BatchState, State
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.office import make_person, sign_in, viewer_for
from tests.office.cards.conftest import Cards, face_bytes


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ชื่อ", "ตำแหน่ง", "รหัส", "รูปถ่าย"])
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**photos: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in photos.items():
            archive.writestr(f"รูป/{name}.jpg", data)
        archive.writestr("__MACOSX/x", b"x")
    return out.getvalue()


def send(client: FlaskClient, unit_id: int, book: bytes, photos: bytes) -> str:
    answer = client.post(
        "/cards/batches",
        data={
            "unit_id": str(unit_id),
            "reason": "first",
            "staff_kind": "civil_servant",
            "list": (io.BytesIO(book), "ครู.xlsx"),
            "photos": (io.BytesIO(photos), "รูป.zip"),
        },
        content_type="multipart/form-data",
    )
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def outcomes() -> dict[str, str]:
    batch = db.session.query(CardBatch).order_by(CardBatch.id.desc()).first()
    assert batch is not None
    return {row.name_th: str(row.outcome) for row in queries.rows_of(batch.id)}


def apply(client: FlaskClient, here: str) -> None:
    batch = db.session.get_one(CardBatch, int(here.rsplit("/", 1)[1]))
    client.post(f"{here}/apply", data={"version": str(batch.version)})
    for _ in range(20):
        if db.session.get_one(CardBatch, batch.id).state != BatchState.APPLYING:
            return
        client.post(f"{here}/step")


def test_every_row_says_what_becomes_of_it(cards: Cards, client: FlaskClient) -> None:
    school = cards.cast.school
    make_person(unit=school, name_th="สมศรี สองคน")
    make_person(unit=school, name_th="สมศรี สองคน")
    make_person(unit=school, name_th="เล็ก เกินไป")
    make_person(unit=school, name_th="เสีย หาย")
    cards.ask(cards.head)
    sign_in(client, cards.kanda)
    send(
        client,
        school.id,
        workbook(
            ("มาลี ตัวอย่าง", "ครู", "", ""),
            ("กานดา ตัวอย่าง", "ครู", "", ""),
            ("สมศรี สองคน", "", "", ""),
            ("ไม่มี ใครรู้จัก", "", "", ""),
            (cards.head.name_th, "", "", ""),
            ("เล็ก เกินไป", "", "", ""),
            ("เสีย หาย", "", "", "เสีย"),
        ),
        zipped(**{"มาลี ตัวอย่าง": face_bytes(), "เล็ก-เกินไป": face_bytes((100, 130)), "เสีย": b"no"}),
    )
    assert outcomes() == {
        "มาลี ตัวอย่าง": "ready",
        "กานดา ตัวอย่าง": "no_photo",
        "สมศรี สองคน": "unclear",
        "ไม่มี ใครรู้จัก": "unknown",
        cards.head.name_th: "has_request",
        "เล็ก เกินไป": "photo_small",
        "เสีย หาย": "photo_bad",
    }
    assert db.session.query(UserCard).count() == 1


def test_photos_are_found_by_code_and_by_the_column(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.kanda)
    send(
        client,
        cards.cast.school.id,
        workbook(
            ("มาลี ตัวอย่าง", "ครู", cards.malee.username, ""),
            ("กานดา ตัวอย่าง", "ครู", "", "IMG_0007.jpg"),
        ),
        zipped(**{cards.malee.username: face_bytes(), "IMG_0007": face_bytes()}),
    )
    assert set(outcomes().values()) == {"ready"}


def test_the_head_signs_once_and_all_cards_get_their_numbers(
    cards: Cards, client: FlaskClient
) -> None:
    people = [make_person(unit=cards.cast.school, name_th=f"ครู คนที่{n}") for n in range(1, 12)]
    sign_in(client, cards.kanda)
    here = send(
        client,
        cards.cast.school.id,
        workbook(*((person.name_th, "ครู", "", "") for person in people)),
        zipped(**{person.name_th: face_bytes() for person in people}),
    )
    apply(client, here)
    batch = db.session.query(CardBatch).one()
    assert batch.state == BatchState.SUBMITTED
    approval_id, by = batch.approval_id, viewer_for(cards.head)
    sign_in(client, cards.head)
    assert "ครู คนที่11" in client.get(here).text
    with work():
        signing.approve(db.session.get_one(Approval, approval_id), by=by)
    made = db.session.query(UserCard).order_by(UserCard.id).all()
    assert [card.state for card in made] == [State.APPROVED] * 11
    assert [card.number for card in made] == [
        f"บต.{cards.cast.school.code}-{n}/2570" for n in range(1, 12)
    ]
    sign_in(client, cards.kanda)
    page = client.get(here).text
    assert page.count('name="cards"') == 11
    run = client.post("/cards/print", data={"cards": [str(card.id) for card in made]}).location
    assert client.get(f"{run}/sheet.pdf").data.startswith(b"%PDF")


def test_a_batch_that_is_not_approved_makes_no_card(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.kanda)
    here = send(
        client,
        cards.cast.school.id,
        workbook(("มาลี ตัวอย่าง", "ครู", "", "")),
        zipped(**{"มาลี ตัวอย่าง": face_bytes()}),
    )
    apply(client, here)
    approval_id, by = db.session.query(CardBatch).one().approval_id, viewer_for(cards.head)
    with work():
        signing.reject(db.session.get_one(Approval, approval_id), "รูปไม่ถูกต้อง", by=by)
    card = db.session.query(UserCard).one()
    assert (card.state, card.number, card.ended_why) == (State.REJECTED, None, "รูปไม่ถูกต้อง")
    assert db.session.query(CardBatch).one().state == BatchState.ENDED


def test_an_administrator_adds_people_who_are_not_known(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.cast.admin)
    here = send(
        client,
        cards.cast.school.id,
        workbook(("ใหม่ มาเอง", "ครูผู้ช่วย", "", "")),
        zipped(**{"ใหม่ มาเอง": face_bytes()}),
    )
    assert outcomes() == {"ใหม่ มาเอง": "new_person"}
    apply(client, here)
    hired = db.session.query(Person).filter_by(name_th="ใหม่ มาเอง").one()
    assert (hired.unit_id, hired.position) == (cards.cast.school.id, "ครูผู้ช่วย")
    assert db.session.query(UserCard).one().person_id == hired.id


def test_what_changed_since_the_preview_is_told_at_its_row(
    cards: Cards, client: FlaskClient
) -> None:
    sign_in(client, cards.kanda)
    here = send(
        client,
        cards.cast.school.id,
        workbook(("มาลี ตัวอย่าง", "ครู", "", ""), ("กานดา ตัวอย่าง", "ครู", "", "")),
        zipped(**{"มาลี ตัวอย่าง": face_bytes(), "กานดา ตัวอย่าง": face_bytes()}),
    )
    cards.ask(cards.malee)
    apply(client, here)
    assert outcomes() == {"มาลี ตัวอย่าง": "refused", "กานดา ตัวอย่าง": "done"}


def test_a_batch_whose_page_was_closed_is_finished_by_the_timetable(
    cards: Cards, client: FlaskClient, clock: Clock
) -> None:
    people = [make_person(unit=cards.cast.school, name_th=f"ครู คนที่{n}") for n in range(1, 12)]
    sign_in(client, cards.kanda)
    here = send(
        client,
        cards.cast.school.id,
        workbook(*((person.name_th, "ครู", "", "") for person in people)),
        zipped(**{person.name_th: face_bytes() for person in people}),
    )
    batch = db.session.query(CardBatch).one()
    client.post(f"{here}/apply", data={"version": str(batch.version)})
    assert jobs.finish_batches() == 0
    clock.forward(minutes=2)
    assert jobs.finish_batches() == 1
    assert db.session.query(CardBatch).one().state == BatchState.SUBMITTED
    assert db.session.query(UserCard).count() == 11


def test_files_that_are_none_are_refused_at_their_field(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.kanda)
    for book, photos, sentence in (
        (b"", zipped(), "ว่าง"),
        (workbook(("มาลี ตัวอย่าง", "", "", "")), b"no zip", "ไม่ใช่ ZIP"),
        (workbook(), zipped(), "ไม่มีข้อมูลใต้หัวคอลัมน์"),
    ):
        answer = client.post(
            "/cards/batches",
            data={
                "unit_id": str(cards.cast.school.id),
                "reason": "first",
                "staff_kind": "civil_servant",
                "list": (io.BytesIO(book), "a.xlsx"),
                "photos": (io.BytesIO(photos), "a.zip"),
            },
            content_type="multipart/form-data",
        )
        assert answer.status_code == 422
        assert sentence in answer.text


def test_a_batch_of_another_school_is_not_there(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.kanda)
    here = send(
        client,
        cards.cast.school.id,
        workbook(("มาลี ตัวอย่าง", "ครู", "", "")),
        zipped(**{"มาลี ตัวอย่าง": face_bytes()}),
    )
    other = make_person("coordinator", unit=cards.cast.other_school, over=cards.cast.other_school)
    sign_in(client, other)
    assert client.get(here).status_code == 404
    assert client.post(f"{here}/apply", data={"version": "1"}).status_code == 404
