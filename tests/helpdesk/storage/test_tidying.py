"""Forgotten files go after some weeks; what a row names never does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask

from assets.attachments import jobs as attachments
from assets.attachments import queries, rules
from assets.register.rules import items
from helpdesk.storage import jobs, named
from kernel.files import FileStore, FolderStore
from kernel.work import work
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.attachments import add_document, add_photo, kept
from tests.factories.office import TESTER

OLD = 86400 * 40


@pytest.fixture
def folder(
    app: Flask, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> FolderStore:
    """The store of the application, empty, in a folder."""
    place = FolderStore(tmp_path)
    monkeypatch.setitem(app.extensions, "file_store", place)
    return place


def age(place: FolderStore, clock: Clock, seconds: int = OLD) -> None:
    """Let every file look as if it had been kept some time ago."""
    moment = clock.now.timestamp() - seconds
    for one in place.everything():
        os.utime(place.folder / one.key[:2] / one.key[2:4] / one.key, (moment, moment))


def test_a_forgotten_file_goes_after_the_days_of_the_settings(
    folder: FolderStore, clock: Clock
) -> None:
    key = folder.put(b"forgotten", "txt")
    age(folder, clock, 86400 * 29)
    assert (jobs.tidy_files(), folder.has(key)) == (0, True)
    age(folder, clock, 86400 * 31)
    assert (jobs.tidy_files(), folder.has(key)) == (1, False)


def test_what_a_row_names_stays(folder: FolderStore, clock: Clock) -> None:
    asset = make_asset()
    add_photo(asset)
    add_document(asset)
    plain = kept()
    with work():
        items.picture(make_asset(), plain.key, plain.thumbnail_key, by=TESTER)
    before = {one.key for one in folder.everything()}
    age(folder, clock)
    assert (jobs.tidy_files(), {one.key for one in folder.everything()}) == (0, before)


def test_the_columns_known_to_keep_files_are_found() -> None:
    found = {f"{table.name}.{column.name}" for table, column in named.columns()}
    assert found >= {
        "asset.photo_key",
        "asset.thumbnail_key",
        "attachment.key",
        "attachment.thumbnail_key",
        "product_model.photo_key",
        "ticket_photo.key",
        "count_photo.photo_key",
        "register_import.file_key",
        "photo_batch.file_key",
    }


def test_the_file_of_what_was_removed_goes_in_the_end(folder: FolderStore, clock: Clock) -> None:
    asset = make_asset()
    one = add_document(asset)
    key = one.key
    with work():
        rules.remove(one, asset, "ผิดไฟล์", by=TESTER)
    age(folder, clock)
    assert (attachments.forget_removed(), jobs.tidy_files(), folder.has(key)) == (0, 0, True)
    clock.forward(days=31)
    assert (attachments.forget_removed(), jobs.tidy_files(), folder.has(key)) == (1, 1, False)


def test_a_file_that_another_thing_names_stays_when_one_is_removed(
    folder: FolderStore, clock: Clock
) -> None:
    file, here, there = kept(), make_asset(), make_asset()
    with work():
        for asset in (here, there):
            rules.add_photos(asset, [file], "", by=TESTER)
    with work():
        rules.remove(queries.photos_of(here)[0], here, "ผิดเครื่อง", by=TESTER)
    clock.forward(days=31)
    age(folder, clock)
    assert (attachments.forget_removed(), jobs.tidy_files()) == (1, 0)
    assert folder.has(file.key)


def test_tidying_works_on_every_store(
    place: FileStore, app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "file_store", place)
    key, asset = place.put(b"forgotten", "txt"), make_asset()
    photo = add_photo(asset)
    clock.set(place.look(key).since)
    clock.forward(days=31)
    assert jobs.tidy_files() == 1
    assert (place.has(key), place.has(photo.key)) == (False, True)
