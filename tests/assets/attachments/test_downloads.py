"""What is sent back: under which name, in which parts, and unable to do harm."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kernel.files import FileStore
from kernel.stores import open_store
from tests.assets.attachments.sending import newest, rows, send_documents
from tests.buckets import free_port
from tests.cast import Cast, make_cast
from tests.factories import documents as made
from tests.factories.assets import make_asset
from tests.factories.office import sign_in
from tests.factories.pictures import picture


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def test_every_store_takes_and_sends_what_people_send(
    place: FileStore, app: Flask, cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "file_store", place)
    asset, data = make_asset(cast.school), made.pdf(pages=2)
    assert send_documents(client, asset, (data, "ใบส่งของ.pdf")).status_code == 302
    one = newest()
    whole = client.get(f"/attachments/{one.id}/file")
    assert (whole.data, whole.status_code) == (data, 200)
    part = client.get(f"/attachments/{one.id}/file", headers={"Range": "bytes=5-14"})
    assert (part.data, part.status_code) == (data[5:15], 206)
    assert client.get(f"/attachments/{one.id}/small.jpg").data.startswith(b"\xff\xd8")


def test_a_download_has_its_thai_name_and_the_ending_of_what_it_is(
    cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.school)
    send_documents(client, asset, (made.pdf(), "ใบส่งของ.docx"))
    answer = client.get(f"/attachments/{newest().id}/file?save=1")
    header = answer.headers["Content-Disposition"]
    assert header.startswith("attachment; ")
    assert header.endswith(f"filename*=UTF-8''{quote('ใบส่งของ.pdf')}")
    assert answer.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("data", "name"), [(b"text <1", "a.txt"), (made.docx(), "a.docx"), (picture(), "a.jpg")]
)
def test_what_people_sent_is_shown_in_a_sandbox(
    data: bytes, name: str, cast: Cast, client: FlaskClient
) -> None:
    send_documents(client, make_asset(cast.school), (data, name))
    headers = client.get(f"/attachments/{newest().id}/file").headers
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_pdf_is_shown_inside_this_service_only(cast: Cast, client: FlaskClient) -> None:
    send_documents(client, make_asset(cast.school), (made.pdf(), "a.pdf"))
    headers = client.get(f"/attachments/{newest().id}/file").headers
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("wanted", "status", "length"),
    [
        ("bytes=0-9", 206, 10),
        ("bytes=-7", 206, 7),
        ("bytes=90-", 206, 10),
        ("bytes=500-", 416, 0),
        ("bytes=0-1,5-6", 200, 100),
        ("lines=1-2", 200, 100),
        ("nonsense", 200, 100),
    ],
)
def test_parts_of_a_file_are_sent_as_asked(
    wanted: str, status: int, length: int, cast: Cast, client: FlaskClient
) -> None:
    send_documents(client, make_asset(cast.school), (b"x" * 100, "a.txt"))
    answer = client.get(f"/attachments/{newest().id}/file", headers={"Range": wanted})
    assert (answer.status_code, len(answer.data)) == (status, length)


def test_what_a_browser_has_already_is_not_sent_again(cast: Cast, client: FlaskClient) -> None:
    send_documents(client, make_asset(cast.school), (b"x" * 100, "a.txt"))
    address = f"/attachments/{newest().id}/file"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(address).headers["Content-Length"] == "100"


def test_a_store_that_does_not_answer_keeps_nothing_and_says_so(
    app: Flask, cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = open_store(f"s3://files?endpoint=http://127.0.0.1:{free_port()}", key="k", secret="s")
    monkeypatch.setitem(app.extensions, "file_store", dead)
    answer = send_documents(client, make_asset(cast.school), (b"text", "a.txt"), title="คำเดิม")
    assert (answer.status_code, rows()) == (503, 0)
    assert "ไม่ตอบสนอง" in answer.text
    assert "คำเดิม" in answer.text
