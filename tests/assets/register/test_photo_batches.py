"""A ZIP of photos named after asset numbers, from upload to the cards."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.attachments.models import Attachment
from assets.register.import_models import PhotoBatch, PhotoEntry
from assets.register.models import Asset
from assets.register.states import BatchState
from assets.register.views import photo_thread
from kernel import archives
from kernel.db import db
from kernel.files import store
from tests.assets.register.workbooks import PATIENCE
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import sign_in
from tests.factories.pictures import picture as jpeg

NUMBER = "7440-001-0001/65"


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def send(client: FlaskClient, unit_id: int, data: bytes, name: str = "รูป.zip") -> int:
    answer = client.post(
        "/register/photos",
        data={"file": (io.BytesIO(data), name), "unit_id": str(unit_id)},
        content_type="multipart/form-data",
    )
    batch_id = int(answer.location.rsplit("/", 1)[1])
    photo_thread.wait(batch_id, PATIENCE)
    db.session.expire_all()
    return batch_id


def put(client: FlaskClient, batch_id: int, **fields: str) -> PhotoBatch:
    version = str(batch(batch_id).version)
    sent = {"version": version, "key": f"key of photos {batch_id} abcdef", **fields}
    client.post(f"/register/photos/{batch_id}/apply", data=sent)
    photo_thread.wait(batch_id, PATIENCE)
    return batch(batch_id)


def batch(batch_id: int) -> PhotoBatch:
    db.session.expire_all()
    return db.session.get_one(PhotoBatch, batch_id)


def outcomes(batch_id: int) -> dict[str, str]:
    db.session.expire_all()
    rows = db.session.execute(
        select(PhotoEntry.path, PhotoEntry.outcome).where(PhotoEntry.batch_id == batch_id)
    )
    return {row.path: row.outcome for row in rows}


def item(asset: Asset) -> Asset:
    db.session.expire_all()
    return db.session.get_one(Asset, asset.id)


def test_a_photo_goes_on_the_card_of_its_number(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.office, asset_no=NUMBER)
    batch_id = send(client, cast.office.id, zipped({"7440-001-0001_65.jpg": jpeg()}))
    assert outcomes(batch_id) == {"7440-001-0001_65.jpg": "matched"}
    assert item(asset).photo_key == ""
    done = put(client, batch_id)
    assert (done.state, done.counts) == (BatchState.WRITTEN, {"taken": 1})
    assert store().has(item(asset).photo_key)
    assert store().has(item(asset).thumbnail_key)


def test_the_sent_file_is_removed_at_the_end(app: Flask, cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.office, asset_no=NUMBER)
    batch_id = send(client, cast.office.id, zipped({"7440-001-0001_65.jpg": jpeg()}))
    folder = Path(app.extensions["settings"].var_dir) / photo_thread.FOLDER
    path = folder / batch(batch_id).file_key
    assert path.is_file()
    put(client, batch_id)
    assert not path.exists()


def test_an_item_keeps_its_photo_unless_replacing_is_chosen(
    cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.office, asset_no=NUMBER, photo_key="old.jpg")
    make_asset(cast.office, asset_no="7440-001-0002")
    files = {"7440-001-0001_65.jpg": jpeg(), "7440-001-0002.jpg": jpeg()}
    kept = send(client, cast.office.id, zipped(files))
    put(client, kept)
    assert item(asset).photo_key == "old.jpg"
    put(client, send(client, cast.office.id, zipped(files)), replace="y")
    assert item(asset).photo_key != "old.jpg"


def test_each_kind_of_file_is_told(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.office, asset_no=NUMBER)
    files = {
        "7440-001-0001_65.jpg": jpeg(),
        "7440-001-0001_65-2.jpg": jpeg(),
        "9999-001-0001.jpg": jpeg(),
        "note.txt": b"a text",
        "7440-001-0001_65.pdf": b"%PDF-1.7",
        "empty.jpg": b"",
        "../7440-001-0001_65.jpg": jpeg(),
        "__MACOSX/._7440-001-0001_65.jpg": b"x",
        "ลึก/ลงไป/อีก/7440-001-0001_65-3.jpg": jpeg(),
    }
    assert outcomes(send(client, cast.office.id, zipped(files))) == {
        "7440-001-0001_65.jpg": "matched",
        "7440-001-0001_65-2.jpg": "doubled",
        "9999-001-0001.jpg": "unknown",
        "note.txt": "not_image",
        "7440-001-0001_65.pdf": "not_image",
        "empty.jpg": "empty",
        "../7440-001-0001_65.jpg": "unsafe",
        "__MACOSX/._7440-001-0001_65.jpg": "furniture",
        "ลึก/ลงไป/อีก/7440-001-0001_65-3.jpg": "doubled",
    }


def test_the_first_of_several_photos_is_the_main_one_and_the_others_go_along(
    cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.office, asset_no=NUMBER)
    ends = ("-2", "", " (3)", " หน้าห้อง")
    sizes = [(400 + 10 * at, 300) for at in range(len(ends))]
    files = {
        f"7440-001-0001_65{end}.jpg": jpeg(size=size) for end, size in zip(ends, sizes, strict=True)
    }
    batch_id = send(client, cast.office.id, zipped(files))
    told = outcomes(batch_id)
    assert [path for path, said in told.items() if said == "matched"] == ["7440-001-0001_65.jpg"]
    assert put(client, batch_id).counts == {"taken": 4}
    photos = db.session.scalars(select(Attachment).order_by(Attachment.position)).all()
    assert [one.asset_id for one in photos] == [asset.id] * 4
    assert item(asset).photo_key == photos[0].key


def test_folders_tell_schools_with_the_same_number_apart(cast: Cast, client: FlaskClient) -> None:
    here = make_asset(cast.school, asset_no=NUMBER)
    there = make_asset(cast.other_school, asset_no=NUMBER)
    bare = send(client, cast.office.id, zipped({"7440-001-0001_65.jpg": jpeg()}))
    assert set(outcomes(bare).values()) == {"unclear"}
    path = f"{cast.other_school.name_th}/7440-001-0001_65.jpg"
    put(client, send(client, cast.office.id, zipped({path: jpeg()})))
    assert (item(here).photo_key, bool(item(there).photo_key)) == ("", True)


def test_names_of_thai_windows_are_read(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.office, asset_no="สพม-0001")
    data = zipped({"xxx-0001.jpg": jpeg()}).replace(b"xxx-0001", "สพม-0001".encode("cp874"))
    assert outcomes(send(client, cast.office.id, data)) == {"สพม-0001.jpg": "matched"}


def test_a_picture_that_cannot_be_decoded_is_told_and_the_others_go_on(
    cast: Cast, client: FlaskClient
) -> None:
    make_asset(cast.office, asset_no=NUMBER)
    make_asset(cast.office, asset_no="7440-001-0002")
    files = {"7440-001-0001_65.jpg": b"\xff\xd8\xff broken", "7440-001-0002.jpg": jpeg()}
    done = put(client, send(client, cast.office.id, zipped(files)))
    assert done.counts == {"not_image": 1, "taken": 1}


def test_a_photo_that_unpacks_to_far_too_much_is_left_packed(
    cast: Cast, client: FlaskClient
) -> None:
    make_asset(cast.office, asset_no=NUMBER)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("7440-001-0001_65.jpg", b"\xff\xd8\xff" + b"\0" * 60_000_000)
    assert len(out.getvalue()) < 100_000
    told = outcomes(send(client, cast.office.id, out.getvalue()))
    assert told == {"7440-001-0001_65.jpg": "too_big"}


def test_a_photo_whose_size_is_forged_is_read_only_so_far(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.office, asset_no=NUMBER)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("7440-001-0001_65.jpg", b"\xff\xd8\xff" + b"\0" * 60_000_000)
    size = struct.pack("<I", 60_000_003)
    data = out.getvalue().replace(size, struct.pack("<I", 1000))
    done = put(client, send(client, cast.office.id, data))
    assert set(done.counts) <= {"broken", "not_image", "too_big"}


BAD = {
    "empty": (b"", "ไฟล์ว่างเปล่า"),
    "a picture": (jpeg(), "ไม่ใช่ ZIP"),
    "cut off": (zipped({"a.jpg": jpeg()})[:-30], "ไฟล์เสียหาย"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_no_zip_is_told_so(kind: str, cast: Cast, client: FlaskClient) -> None:
    data, sentence = BAD[kind]
    batch_id = send(client, cast.office.id, data)
    assert batch(batch_id).state == BatchState.FAILED
    assert sentence in client.get(f"/register/photos/{batch_id}").text


def test_too_many_files_are_refused_before_they_are_listed(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_DIRECTORY", 100)
    files = {f"{n}.jpg": b"x" for n in range(5)}
    assert batch(send(client, cast.office.id, zipped(files))).problem == "too_many"


def test_a_directory_that_says_elsewhere_how_large_it_is_is_not_listed(
    cast: Cast, client: FlaskClient
) -> None:
    honest = zipped({"a.jpg": jpeg()})
    at = honest.rfind(b"PK\x05\x06")
    directory, end = len(honest[:at]), honest[at:]
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9**9, 9**9, 9**11, 0)
    finder = struct.pack("<4sLQL", b"PK\x06\x07", 0, directory, 1)
    data = honest[:at] + large + finder + end
    assert batch(send(client, cast.office.id, data)).problem == "too_many"


def test_a_locked_photo_is_told(cast: Cast, client: FlaskClient) -> None:
    data = bytearray(zipped({"7440-001-0001_65.jpg": jpeg()}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    assert set(outcomes(send(client, cast.office.id, bytes(data))).values()) == {"locked"}


def test_a_batch_of_another_school_is_not_there(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    batch_id = send(client, cast.office.id, zipped({"a.jpg": jpeg()}))
    other = app.test_client()
    sign_in(other, cast.malee)
    assert other.get(f"/register/photos/{batch_id}").status_code in (403, 404)


def test_a_double_tap_puts_the_photos_on_once(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.office, asset_no=NUMBER)
    batch_id = send(client, cast.office.id, zipped({"7440-001-0001_65.jpg": jpeg()}))
    put(client, batch_id)
    version = item(asset).version
    put(client, batch_id)
    assert item(asset).version == version
