"""What people see of photos and documents, what they send, and what they are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from assets.attachments import queries, rules
from assets.attachments.states import Kind
from assets.register.models import Asset
from kernel.db import db
from kernel.work import work
from office.people.models import Person
from tests.assets.attachments.sending import newest, rows, send, send_documents
from tests.cast import Cast, make_cast
from tests.factories import documents as made
from tests.factories.assets import make_asset
from tests.factories.attachments import add_document, add_photo, make_product, shot
from tests.factories.office import TESTER, sign_in


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def speak_english(cast: Cast) -> None:
    with work():
        db.session.get_one(Person, cast.sri.id).language = "en"


@pytest.mark.parametrize("of", ["items", "catalogue/models"])
def test_several_photos_are_added_at_once(of: str, cast: Cast, client: FlaskClient) -> None:
    thing = make_asset(cast.school) if of == "items" else make_product()
    photos = [(shot(), f"{number}.png") for number in range(3)]
    answer = send(client, f"/{of}/{thing.id}/files/photos", "photos", *photos, caption="ด้านหน้า")
    assert answer.headers["Location"] == f"/{of}/{thing.id}/files"
    page = client.get(answer.headers["Location"]).text
    assert (page.count("ด้านหน้า"), page.count("รูปหลัก")) >= (3, 1)
    assert len(queries.photos_of(thing)) == 3


def test_a_document_shows_its_kind_title_day_and_pages(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school)
    typed = {"kind": "warranty", "title": "รับประกันสามปี", "dated_on": "1/10/2568"}
    assert send_documents(client, asset, (made.pdf(pages=2), "w.pdf"), **typed).status_code == 302
    page = client.get(f"/items/{asset.id}").text
    for word in ("รับประกันสามปี", "ใบรับประกัน", "2 หน้า", "1 ต.ค. 2568"):
        assert word in page
    assert (
        f'src="/attachments/{newest().id}/file"' in client.get(f"/attachments/{newest().id}").text
    )


def test_documents_without_a_title_go_by_the_names_of_their_files(
    cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.school)
    send_documents(client, asset, (made.docx(), "สัญญาเช่า.docx"), (made.xlsx(), "ราคา.xlsx"))
    page = client.get(f"/items/{asset.id}/files").text
    assert "สัญญาเช่า.docx" in page
    assert "ราคา.xlsx" in page


def test_one_bad_file_stops_all_and_is_named_and_what_was_typed_stays(
    cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.school)
    good, bad = (made.pdf(), "ดี.pdf"), (made.locked_pdf(), "ล็อก.pdf")
    answer = send_documents(
        client, asset, good, bad, (b"", "ว่าง.txt"), title="สัญญาปี 69", kind="contract"
    )
    assert (answer.status_code, rows()) == (422, 0)
    for word in ("ล็อก.pdf", "ว่าง.txt", "สัญญาปี 69", "ยังไม่ได้เก็บไฟล์ใดไว้"):
        assert word in answer.text
    assert '<option selected value="contract">' in answer.text


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff not a picture", b"%PDF-1.7", b"<svg onload='alert(1)'/>"]
)
def test_a_broken_photo_is_refused_in_a_sentence(
    content: bytes, cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.school)
    answer = send(
        client, f"/items/{asset.id}/files/photos", "photos", (content, "x.jpg"), caption="คำเดิม"
    )
    assert (answer.status_code, rows()) == (422, 0)
    assert "x.jpg" in answer.text
    assert "คำเดิม" in answer.text
    assert db.session.scalars(select(Asset.photo_key)).one() == ""


def test_too_large_a_document_is_refused(
    app: Flask, cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    smaller = replace(app.extensions["settings"], document_megabytes=0)
    monkeypatch.setitem(app.extensions, "settings", smaller)
    answer = send_documents(client, make_asset(cast.school), (b"text", "ใหญ่.txt"))
    assert (answer.status_code, rows()) == (413, 0)
    assert "ใหญ่.txt" in answer.text


def test_sending_nothing_is_refused_at_the_field(cast: Cast, client: FlaskClient) -> None:
    answer = send_documents(client, make_asset(cast.school), title="คำเดิม")
    assert answer.status_code == 422
    assert 'id="files-error"' in answer.text


def test_a_double_tap_adds_once(cast: Cast, client: FlaskClient) -> None:
    asset, data = make_asset(cast.school), made.pdf()
    for _tap in "ab":
        answer = send_documents(client, asset, (data, "a.pdf"), key="k" * 22)
        assert answer.headers["Location"] == f"/items/{asset.id}/files"
    assert rows() == 1


def test_removing_asks_why_and_tells_it_on_the_timeline(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school)
    one = add_document(asset, title="คู่มือผิดเล่ม")
    assert client.post(f"/attachments/{one.id}/remove", data={"why": ""}).status_code == 422
    assert client.post(f"/attachments/{one.id}/remove", data={"why": "คนละรุ่น"}).status_code == 302
    page = client.get(f"/items/{asset.id}").text
    assert "ลบเอกสาร" in page
    assert "คนละรุ่น" in page
    assert client.post(f"/attachments/{one.id}/restore").status_code == 302
    assert "คู่มือผิดเล่ม" in client.get(f"/items/{asset.id}/files").text


def test_photos_are_chosen_and_put_in_order(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school)
    first, second = add_photo(asset), add_photo(asset)
    client.post(f"/attachments/{second.id}/choose")
    client.post(f"/attachments/{second.id}/earlier")
    assert [one.id for one in queries.photos_of(asset)] == [second.id, first.id]
    assert db.session.scalars(select(Asset.photo_key)).one() == second.key
    client.post(f"/attachments/{second.id}/later")
    assert [one.id for one in queries.photos_of(asset)] == [first.id, second.id]


def test_a_stale_description_is_refused_and_kept(cast: Cast, client: FlaskClient) -> None:
    one = add_document(make_asset(cast.school))
    said = {"kind": "manual", "title": "ชื่อใหม่", "dated_on": "", "version": "0"}
    answer = client.post(f"/attachments/{one.id}/edit", data=said)
    assert answer.status_code == 409
    assert "ชื่อใหม่" in answer.text
    again = {**said, "version": str(one.version)}
    assert client.post(f"/attachments/{one.id}/edit", data=again).status_code == 302
    assert newest().title == "ชื่อใหม่"


def test_a_day_that_has_not_come_is_refused(cast: Cast, client: FlaskClient) -> None:
    answer = send_documents(
        client, make_asset(cast.school), (b"text", "a.txt"), dated_on="1/1/2599"
    )
    assert (answer.status_code, rows()) == (422, 0)


def test_text_is_shown_as_text(cast: Cast, client: FlaskClient) -> None:
    send_documents(client, make_asset(cast.school), (b"1 < 2 & <b>bold</b>", "a.txt"))
    assert "1 &lt; 2 &amp; &lt;b&gt;bold" in client.get(f"/attachments/{newest().id}").text


def test_names_and_captions_are_shown_as_text(cast: Cast, client: FlaskClient) -> None:
    asset, bad = make_asset(cast.school), "<script>alert('x')</script>"
    one = add_document(asset, title=bad, name=f"{bad}.pdf")
    add_photo(asset, caption=bad)
    addresses = (f"/items/{asset.id}", f"/items/{asset.id}/files", f"/attachments/{one.id}")
    for address in (*addresses, f"/attachments/{one.id}/edit", f"/attachments/{one.id}/remove"):
        assert bad not in client.get(address).text


def test_the_documents_of_a_model_stand_on_the_pages_of_its_items(
    cast: Cast, client: FlaskClient
) -> None:
    product = make_product()
    add_document(product, title="คู่มือของรุ่น")
    asset = make_asset(cast.school, model_id=product.id)
    assert "คู่มือของรุ่น" in client.get(f"/items/{asset.id}").text
    assert "คู่มือของรุ่น" in client.get(f"/catalogue/models/{product.id}").text


def test_the_pages_ask_as_often_for_many_files_as_for_few(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school)
    add_photo(asset)
    addresses = (f"/items/{asset.id}/files", f"/items/{asset.id}")
    few = [statements(client, address) for address in addresses]
    for _unused in range(8):
        add_photo(asset)
        add_document(asset)
    assert few == [statements(client, address) for address in addresses]
    assert few[0] <= 8


def statements(client: FlaskClient, address: str) -> int:
    asked = []

    def note(*details: object) -> None:
        asked.append(details[2])

    event.listen(db.engine, "before_cursor_execute", note)
    assert client.get(address).status_code == 200
    event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize("english", [False, True])
def test_the_pages_speak_both_languages(english: bool, cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school)
    one = add_document(asset, kind=Kind.DELIVERY_NOTE)
    with work():
        rules.remove(add_photo(asset), asset, "-", by=TESTER)
    if english:
        speak_english(cast)
    words = ("Photos and documents", "Delivery note") if english else ("ภาพและเอกสาร", "ใบส่งของ")
    page = client.get(f"/items/{asset.id}/files").text + client.get(f"/attachments/{one.id}").text
    assert all(word in page for word in words)
