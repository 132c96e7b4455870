"""Both stores of files, a folder and a bucket, keep the same promises."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from kernel.errors import Busy, NotFound
from kernel.files import FileStore, key_of
from kernel.stores import open_store
from tests import buckets

UNKNOWN = f"{'0' * 64}.jpg"
SECRETS = {"HELPDESK_FILES_KEY": "k", "HELPDESK_FILES_SECRET": "s"}


@pytest.fixture
def dead(app: Flask) -> FileStore:
    """A bucket on a port where nobody listens."""
    address = f"s3://files?endpoint=http://127.0.0.1:{buckets.free_port()}"
    return open_store(address, key="k", secret="s")


def test_what_is_kept_is_read_again(place: FileStore) -> None:
    key = place.put(b"some bytes", "txt")
    assert key == key_of(b"some bytes", "txt")
    assert place.read(key) == b"some bytes"
    assert place.has(key)


def test_an_empty_file_is_kept_too(place: FileStore) -> None:
    key = place.put(b"", "txt")
    assert (place.read(key), place.look(key).size) == (b"", 0)
    assert b"".join(place.part(key, 0, 0)) == b""


def test_the_same_bytes_are_kept_once(place: FileStore) -> None:
    assert place.put(b"twice", "txt") == place.put(b"twice", "txt")
    assert len(list(place.everything())) == 1


def test_a_part_of_a_file_is_read(place: FileStore) -> None:
    key = place.put(bytes(range(256)) * 4096, "bin")
    assert b"".join(place.part(key, 300, 700_000)) == (bytes(range(256)) * 4096)[300:700_300]


def test_everything_is_told_with_size_and_day(place: FileStore) -> None:
    keys = {place.put(text, "txt"): len(text) for text in (b"a", b"bb", b"ccc")}
    found = list(place.everything())
    assert {one.key: one.size for one in found} == keys
    assert all(abs(one.since - datetime.now(UTC)) < timedelta(minutes=5) for one in found)


def test_what_is_removed_is_gone(app: Flask, place: FileStore) -> None:
    key = place.put(b"short lived", "txt")
    place.remove(key)
    assert not place.has(key)
    assert list(place.everything()) == []


def test_removing_what_is_not_there_is_no_trouble(place: FileStore) -> None:
    place.remove(UNKNOWN)
    assert not place.has(UNKNOWN)


def test_an_unknown_key_is_not_found(app: Flask, place: FileStore) -> None:
    for ask in (place.read, place.look, lambda key: place.part(key, 0, 5)):
        with pytest.raises(NotFound):
            ask(UNKNOWN)


@pytest.mark.parametrize("key", ["../../etc/passwd", "", f"{'0' * 64}.jpg/..", "A" * 64 + ".jpg"])
def test_what_is_no_key_leads_nowhere(app: Flask, place: FileStore, key: str) -> None:
    for ask in (place.read, place.look, place.remove):
        with pytest.raises(NotFound):
            ask(key)


def test_a_store_that_takes_files_is_well(place: FileStore) -> None:
    place.check()
    assert list(place.everything()) == []


def test_keeping_a_file_again_makes_it_young(tmp_path: Path) -> None:
    place = open_store(tmp_path.as_uri())
    key = place.put(b"old", "txt")
    os.utime(tmp_path / key[:2] / key[2:4] / key, (1, 1))
    assert place.look(key).since.year == 1970
    place.put(b"old", "txt")
    assert place.look(key).since > datetime.now(UTC) - timedelta(minutes=5)


def test_a_store_that_does_not_answer_is_a_sentence_for_the_person(dead: FileStore) -> None:
    asked = (
        lambda: dead.put(b"x", "txt"),
        lambda: dead.read(UNKNOWN),
        lambda: dead.has(UNKNOWN),
        lambda: dead.part(UNKNOWN, 0, 5),
        lambda: list(dead.everything()),
    )
    for ask in asked:
        with pytest.raises(Busy, match=r"ไม่ตอบสนอง|does not answer"):
            ask()


def test_a_store_that_does_not_answer_is_an_alarm(
    app: Flask, dead: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "file_store", dead)
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["storage"]) == (503, "failed")


def test_a_bucket_that_is_not_there_is_an_alarm(bucket_server: buckets.Server) -> None:
    address = f"s3://missing?endpoint=http://{bucket_server.endpoint}"
    with pytest.raises(OSError, match="the store of files"):
        open_store(address, key="k", secret="s").check()


@pytest.mark.parametrize(
    "address",
    [
        "files",
        "file://files",
        "file:///",
        "ftp://somewhere/files",
        "s3://?endpoint=https://store.example",
        "s3://bucket",
        "s3://bucket?endpoint=store.example",
        "s3://bucket?endpoint=https://store.example&colour=red",
        "s3://BUCKET?endpoint=https://store.example",
        "s3://key:secret@bucket?endpoint=https://store.example",
    ],
)
def test_an_address_that_names_no_store_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"^HELPDESK_FILES_URL: "):
        Settings.from_environment(
            {"HELPDESK_SECRET_KEY": "x" * 40, "HELPDESK_FILES_URL": address, **SECRETS}
        )


@pytest.mark.parametrize("left_out", SECRETS)
def test_a_bucket_without_its_keys_is_refused(left_out: str) -> None:
    said = {name: value for name, value in SECRETS.items() if name != left_out}
    with pytest.raises(ValueError, match=rf"^{left_out}: "):
        Settings.from_environment(
            {
                "HELPDESK_SECRET_KEY": "x" * 40,
                "HELPDESK_FILES_URL": "s3://bucket?endpoint=https://store.example",
                **said,
            }
        )


def test_the_folder_below_var_is_where_files_lie_by_default(tmp_path: Path) -> None:
    said = {"HELPDESK_SECRET_KEY": "x" * 40, "HELPDESK_VAR_DIR": str(tmp_path / "มี ช่องว่าง")}
    place = open_store(Settings.from_environment(said).files_url)
    place.put(b"here", "txt")
    assert len(list((tmp_path / "มี ช่องว่าง" / "files").glob("??/??/*.txt"))) == 1
