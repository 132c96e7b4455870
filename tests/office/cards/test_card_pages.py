"""Pages of cards: printing, handing over, lists, looks, mending."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from kernel.db import db
from office.cards import queries
from office.cards.models import UserCard
from office.cards.states import Reason, State
from tests.factories.office import make_person, sign_in
from tests.office.cards.conftest import Cards, face_bytes
from tests.office.cards.steps import ask, stranger


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
