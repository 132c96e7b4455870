"""The pages of cards: asking, the list, printing, the check by a stranger, who sees the photo."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from kernel.db import db
from office.cards import queries
from office.cards.models import UserCard
from office.cards.rules import issuing
from office.cards.states import Reason, State
from office.people.models import Person
from tests.factories.office import make_person, sign_in
from tests.office.cards.conftest import Cards, face_bytes


def sent(**changes: Any) -> dict[str, Any]:
    return {
        "reason": "first",
        "staff_kind": "temporary",
        "name_th": "มาลี ตัวอย่าง",
        "name_en": "Malee Example",
        "position": "ครู",
        "confirmed": "y",
        "photo": (io.BytesIO(face_bytes()), "ฉัน.jpg"),
        **changes,
    }


def stranger(cards: Cards) -> Person:
    """Return the coordinator of another school."""
    other = cards.cast.other_school
    return make_person("coordinator", unit=other, over=other)


def ask(client: FlaskClient, address: str = "/cards/request", **changes: Any) -> Any:
    data = {key: value for key, value in sent(**changes).items() if value is not None}
    return client.post(address, data=data, content_type="multipart/form-data")


def test_a_person_asks_with_a_photo(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.malee)
    assert ask(client).location == "/cards/mine"
    card = db.session.query(UserCard).one()
    assert (card.person_id, card.state, card.staff_kind) == (
        cards.malee.id, "requested", "temporary",
    )  # fmt: skip
    assert "หัวหน้าหน่วยงาน" in client.get("/cards/mine").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"photo": None}, "ต้องมีรูปถ่ายใบหน้า"),
        ({"confirmed": None}, "กรุณารับรองว่าข้อมูลถูกต้อง"),
        ({"photo": b"no photo"}, "ไม่ใช่"),
        ({"reason": "because"}, "ขอมีบัตรเพราะเหตุใด"),
        ({"name_th": ""}, "กรุณากรอก"),
    ],
)
def test_a_request_that_cannot_be_is_shown_again(
    cards: Cards, client: FlaskClient, changes: dict[str, Any], sentence: str
) -> None:
    sign_in(client, cards.malee)
    if changes.get("photo"):  # a sent file is read once; each engine gets one of its own
        changes = {"photo": (io.BytesIO(changes["photo"]), "a.jpg")}
    answer = ask(client, **changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.query(UserCard).count() == 0


def test_a_double_tap_asks_once(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.malee)
    for _ in range(2):
        assert ask(client, key="one key for one request").location == "/cards/mine"
    assert db.session.query(UserCard).count() == 1


def test_a_coordinator_asks_for_somebody_of_the_own_school_only(
    cards: Cards, client: FlaskClient
) -> None:
    stranger = make_person(unit=cards.cast.other_school)
    sign_in(client, cards.kanda)
    assert ask(client, f"/cards/request?person={cards.malee.id}").status_code == 302
    assert ask(client, f"/cards/request?person={stranger.id}").status_code == 404
    assert "มาลี" in client.get("/cards/choose?q=มาลี").text


def test_a_teacher_asks_for_nobody_else(cards: Cards, client: FlaskClient) -> None:
    sign_in(client, cards.malee)
    assert ask(client, f"/cards/request?person={cards.kanda.id}").status_code == 404


PHOTOS = {
    "malee": 200,
    "kanda": 200,
    "admin": 200,
    "sri": 200,
    "thep": 404,
    "chai": 404,
    "anong": 404,
    "orn": 404,
}


@pytest.mark.parametrize(("who", "status"), PHOTOS.items())
def test_the_photo_is_seen_by_holder_coordinator_desk_and_administrator_only(
    cards: Cards, client: FlaskClient, who: str, status: int
) -> None:
    card = cards.valid(cards.malee)
    sign_in(client, getattr(cards.cast, who))
    for page in ("photo", "thumbnail"):
        assert client.get(f"/cards/{card.id}/{page}").status_code == status


def test_neither_a_guest_nor_another_school_sees_the_photo(
    cards: Cards, client: FlaskClient
) -> None:
    card = cards.valid(cards.malee)
    assert client.get(f"/cards/{card.id}/photo").status_code in (302, 401)
    other = stranger(cards)
    sign_in(client, other)
    for page in ("", "/photo", "/card.pdf", "/request.pdf"):
        assert client.get(f"/cards/{card.id}{page}").status_code == 404


def test_the_approver_reads_the_request_without_the_photo(
    cards: Cards, client: FlaskClient
) -> None:
    card = cards.ask(cards.malee)
    sign_in(client, cards.head)
    page = client.get(f"/cards/{card.id}")
    assert "มาลี ตัวอย่าง" in page.text
    assert f"/cards/{card.id}/photo" not in page.text
    assert client.get(f"/cards/{card.id}/photo").status_code == 404


def test_a_stranger_learns_only_whether_the_card_works(cards: Cards, client: FlaskClient) -> None:
    cards.cast.office.phone = "0 2123 4567"
    db.session.commit()
    card = cards.valid(cards.malee)
    code, number = card.code, card.number or "-"
    page = client.get(f"/Q/{code}", follow_redirects=True)
    assert "บัตรนี้ใช้งานได้" in page.text
    assert "0 2123 4567" in page.text
    for secret in ("มาลี", "Malee", number, "บางตัวอย่าง", "/photo", "thumbnail"):
        assert secret not in page.text


def test_the_check_speaks_english(cards: Cards, client: FlaskClient) -> None:
    card = cards.valid(cards.malee)
    client.set_cookie("language", "en")
    assert "This card is valid" in client.get(f"/cards/check/{card.code}").text


def test_a_stranger_sees_that_a_lost_card_is_lost(cards: Cards, client: FlaskClient) -> None:
    card = cards.act(issuing.report_lost, cards.valid(cards.malee))
    page = client.get(f"/q/{card.code.lower()}", follow_redirects=True)
    assert "แจ้งหายแล้ว" in page.text
    assert "มาลี" not in page.text


def test_a_code_of_no_card_is_told_so(cards: Cards, client: FlaskClient) -> None:
    answer = client.get("/cards/check/U0123456789AB")
    assert answer.status_code == 404
    assert "ไม่ใช่บัตรของสำนักงานนี้" in answer.text


def test_the_desk_officer_sees_who_it_is(cards: Cards, client: FlaskClient) -> None:
    card = cards.valid(cards.malee)
    sign_in(client, cards.cast.sri)
    assert "มาลี ตัวอย่าง" in client.get(f"/cards/check/{card.code}").text


def test_the_holder_reports_the_card_lost_with_one_tap(cards: Cards, client: FlaskClient) -> None:
    card = cards.valid(cards.malee)
    sign_in(client, cards.malee)
    assert client.post(f"/cards/{card.id}/report-lost").location == "/cards/mine"
    assert db.session.get_one(UserCard, card.id).state == State.LOST


def test_nobody_else_reports_it_lost(cards: Cards, client: FlaskClient) -> None:
    card = cards.valid(cards.malee)
    sign_in(client, cards.cast.thep)
    assert client.post(f"/cards/{card.id}/report-lost").status_code == 404


def test_ticked_cards_are_printed_and_handed_over(cards: Cards, client: FlaskClient) -> None:
    card = cards.approve(cards.ask(cards.malee))
    sign_in(client, cards.kanda)
    run = client.post("/cards/print", data={"cards": [str(card.id)]}).location
    page = client.get(run)
    assert card.number in page.text
    for layout in ("sheet", "single"):
        assert client.get(f"{run}/{layout}.pdf").data.startswith(b"%PDF")
    assert client.get(f"{run}/poster.pdf").status_code == 404
    version = db.session.get_one(UserCard, card.id).version
    client.post(f"/cards/{card.id}/hand-over", data={"version": str(version)})
    assert db.session.get_one(UserCard, card.id).state == State.HANDED_OVER


def test_a_card_of_another_school_is_not_printed(cards: Cards, client: FlaskClient) -> None:
    card = cards.approve(cards.ask(cards.malee))
    sign_in(
        client,
        stranger(cards),
    )
    assert client.post("/cards/print", data={"cards": [str(card.id)]}).status_code == 404
    assert db.session.get_one(UserCard, card.id).state == State.APPROVED


def test_a_stale_hand_over_is_refused(cards: Cards, client: FlaskClient) -> None:
    card = cards.printed(cards.malee)
    sign_in(client, cards.kanda)
    assert client.post(f"/cards/{card.id}/hand-over", data={"version": "1"}).status_code == 409


def test_a_card_is_revoked_with_a_reason(cards: Cards, client: FlaskClient) -> None:
    card = cards.valid(cards.malee)
    sign_in(client, cards.kanda)
    data = {"version": str(card.version), "why": ""}
    assert client.post(f"/cards/{card.id}/revoke", data=data).status_code == 422
    client.post(f"/cards/{card.id}/revoke", data={**data, "why": "ย้าย"})
    assert db.session.get_one(UserCard, card.id).state == State.REVOKED


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_opens_in_both_languages(
    cards: Cards, client: FlaskClient, language: str
) -> None:
    card = cards.valid(cards.malee)
    cards.cast.admin.language = language
    db.session.commit()
    sign_in(client, cards.cast.admin)
    unit = cards.cast.school.id
    for page in (
        "/cards/", "/cards/mine", "/cards/request", "/cards/choose", "/cards/batches",
        "/cards/design",
        f"/cards/design/{unit}", f"/cards/{card.id}", f"/cards/check/{card.code}",
        f"/cards/runs/{card.run_id}",
        f"/cards/{card.id}/request.pdf", f"/cards/{card.id}/card.pdf",
        "/cards/?state=expired&ends=soon&q=x",
    ):  # fmt: skip
        assert client.get(page).status_code == 200, page


def test_the_list_is_filtered_and_exported_as_seen(cards: Cards, client: FlaskClient) -> None:
    cards.valid(cards.malee)
    cards.ask(cards.kanda)
    sign_in(client, cards.cast.admin)
    assert "กานดา" not in client.get("/cards/?state=handed_over").text
    table = client.get("/cards/table.csv?state=handed_over").get_data(as_text=True)
    assert "มาลี" in table
    assert "กานดา" not in table
    assert client.get("/cards/table.xlsx").data.startswith(b"PK")


def test_a_school_sees_only_its_own_cards(cards: Cards, client: FlaskClient) -> None:
    cards.valid(cards.malee)
    sign_in(
        client,
        stranger(cards),
    )
    assert "มาลี" not in client.get("/cards/").text
    assert "มาลี" not in client.get("/cards/table.csv").get_data(as_text=True)


def test_the_look_is_saved_and_refused_where_it_cannot_be_read(
    cards: Cards, client: FlaskClient
) -> None:
    sign_in(client, cards.kanda)
    here = f"/cards/design/{cards.cast.school.id}"
    look = {"band": "#004d40", "ink": "#ffffff", "valid_years": "5", "version": "0"}
    emblem = (io.BytesIO(face_bytes((300, 300))), "ตรา.png")
    client.post(here, data={**look, "emblem": emblem}, content_type="multipart/form-data")
    own = queries.own_design(cards.cast.school.id)
    assert own is not None
    assert (own.band, own.valid_years, bool(own.emblem_key)) == ("#004d40", 5, True)
    assert client.get(f"{here}/emblem").status_code == 200
    answer = client.post(here, data={**look, "ink": "#004d40", "version": str(own.version)})
    assert answer.status_code == 422
    assert "ความเปรียบต่าง" in answer.text
    assert client.post(here, data={**look, "version": "0"}).status_code == 409
    assert client.get(f"/cards/design/{cards.cast.other_school.id}").status_code == 404


def test_the_queries_of_the_list_do_not_grow_with_its_rows(
    cards: Cards, client: FlaskClient
) -> None:
    sign_in(client, cards.cast.admin)

    def count() -> int:
        asked: list[str] = []
        listen = lambda *args: asked.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        assert client.get("/cards/").status_code == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(asked)

    cards.ask(cards.malee)
    few = count()
    for _ in range(6):
        cards.ask(make_person(unit=cards.cast.school))
    assert count() == few
    assert few <= 8


def test_what_was_sent_back_is_mended_on_its_page(cards: Cards, client: FlaskClient) -> None:
    from kernel.work import work
    from office.approvals.models import Approval
    from office.approvals.rules import signing
    from tests.factories.office import viewer_for

    card = cards.ask(cards.malee)
    card_id, approval_id, by = card.id, card.approval_id, viewer_for(cards.head)
    sign_in(client, cards.malee)
    assert client.get(f"/cards/{card_id}/mend").status_code == 422
    with work():
        signing.send_back(db.session.get_one(Approval, approval_id), "รูปเก่า", by=by)
    assert (
        ask(client, f"/cards/{card_id}/mend", words="เปลี่ยนแล้ว", position="ครูชำนาญการ").status_code
        == 302
    )
    assert db.session.get_one(UserCard, card_id).position == "ครูชำนาญการ"


def test_asking_again_begins_with_what_is_known_and_the_last_photo(
    cards: Cards, client: FlaskClient
) -> None:
    old = cards.valid(cards.malee)
    sign_in(client, cards.malee)
    assert 'value="expired" id="reason-1" checked' in client.get("/cards/request").text
    ask(client, reason=Reason.EXPIRED.value, photo=None)
    making = queries.card_in_the_making(cards.malee.id)
    assert making is not None
    assert making.photo_key == old.photo_key
