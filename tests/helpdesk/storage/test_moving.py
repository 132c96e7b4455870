"""All files are copied to another store, each verified; what was broken off goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from helpdesk.storage import moving
from kernel.files import FileStore, FolderStore
from kernel.stores import open_store
from tests import buckets


@pytest.fixture
def here(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderStore:
    """The store of the application, with three files."""
    place = FolderStore(tmp_path / "here")
    for content in (b"a", b"bb" * 400_000, b""):
        place.put(content, "bin")
    monkeypatch.setitem(app.extensions, "file_store", place)
    return place


def keys(place: FileStore) -> dict[str, bytes]:
    return {one.key: place.read(one.key) for one in place.everything()}


def test_everything_is_copied_and_nothing_taken_away(here: FolderStore, place: FileStore) -> None:
    before = keys(here)
    assert {one.said for one in moving.copy_all(here, place)} == {"copied"}
    assert keys(place) == keys(here) == before


def test_a_copy_that_was_broken_off_goes_on(here: FolderStore, place: FileStore) -> None:
    next(iter(moving.copy_all(here, place)))
    said = sorted(one.said for one in moving.copy_all(here, place))
    assert said == ["copied", "copied", "there"]


def test_a_file_whose_bytes_are_wrong_is_told_and_not_copied(
    here: FolderStore, place: FileStore
) -> None:
    key = here.put(b"right", "bin")
    (here.folder / key[:2] / key[2:4] / key).write_bytes(b"wrong")
    told = {one.key: one.said for one in moving.copy_all(here, place)}
    assert told[key] == "broken"
    assert not place.has(key)


def test_a_half_file_at_the_other_store_is_made_whole(here: FolderStore, tmp_path: Path) -> None:
    there = FolderStore(tmp_path / "there")
    key = there.put(b"a", "bin")
    (there.folder / key[:2] / key[2:4] / key).write_bytes(b"b")
    assert {one.key: one.said for one in moving.copy_all(here, there)}[key] == "copied"
    assert there.read(key) == b"a"


def test_the_command_says_what_it_did_and_what_to_do_next(
    app: Flask, here: FolderStore, tmp_path: Path
) -> None:
    address = (tmp_path / "there").as_uri()
    answer = app.test_cli_runner().invoke(args=["files", "move", "--to", address])
    assert answer.exit_code == 0, answer.output
    assert "Copied: 3\n" in answer.output
    assert address in answer.output
    again = app.test_cli_runner().invoke(args=["files", "move", "--to", address])
    assert "Copied: 0\nมีอยู่แล้ว: 3 · There already: 3\n" in again.output


@pytest.mark.parametrize(
    "address",
    ["there", "s3://bucket", "s3://bucket?endpoint=http://127.0.0.1:1"],
)
def test_the_command_refuses_what_is_no_store(app: Flask, here: FolderStore, address: str) -> None:
    answer = app.test_cli_runner().invoke(args=["files", "move", "--to", address])
    assert answer.exit_code != 0
    assert "Traceback" not in answer.output
    assert isinstance(answer.exception, SystemExit)


def test_the_command_names_what_is_broken_and_fails(
    app: Flask, here: FolderStore, tmp_path: Path
) -> None:
    key = here.put(b"right", "bin")
    (here.folder / key[:2] / key[2:4] / key).write_bytes(b"wrong")
    address = (tmp_path / "there").as_uri()
    answer = app.test_cli_runner().invoke(args=["files", "move", "--to", address])
    assert answer.exit_code == 1
    assert key in answer.output


def test_a_bucket_is_opened_with_the_keys_of_the_settings(bucket_server: buckets.Server) -> None:
    address = bucket_server.make_bucket("keyed")
    place = open_store(address, key=buckets.KEY, secret=buckets.SECRET)
    assert place.read(place.put(b"x", "txt")) == b"x"
