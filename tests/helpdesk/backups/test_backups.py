"""Backups: written while the service runs, read back and compared, missed when they are old."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import MetaData, Table, create_engine, func, select

from helpdesk.backups import jobs, queries
from helpdesk.backups.models import Backup
from helpdesk.backups.rules import making, moving
from kernel import kept
from kernel.db import db
from kernel.errors import Refusal
from kernel.files import FolderStore, store
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.models import Person
from office.places.models import Unit
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.licences import make_licence
from tests.factories.office import sign_in

RED = "ถึงกำหนดสำรองข้อมูลตั้งแต่"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def command(app: Flask, *arguments: str) -> tuple[int, str]:
    db.session.rollback()
    answer = app.test_cli_runner().invoke(args=["backup", *arguments])
    return answer.exit_code, answer.output


def made(app: Flask, to: Path) -> Path:
    code, said = command(app, "make", "--to", str(to))
    assert code == 0, said
    return next(to.glob("helpdesk-*"))


def test_a_backup_is_made_read_back_and_remembered(app: Flask, cast: Cast, tmp_path: Path) -> None:
    key = store().put(b"a photo", "jpg")
    folder = made(app, tmp_path)
    people = db.session.scalar(select(func.count()).select_from(Person))
    assert json.loads((folder / "manifest.json").read_text())["rows"]["person"] == people
    assert FolderStore(tmp_path / "files").read(key) == b"a photo"  # can be put back as it lies
    code, said = command(app, "rehearse", str(folder))
    assert code == 0, said
    assert db.session.scalars(select(Backup)).one().rehearsed_at is not None


def test_a_database_of_an_earlier_step_is_backed_up_too(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_come = Table("of_a_later_step", MetaData())
    monkeypatch.setattr(
        making.Model.metadata, "tables", {**making.Model.metadata.tables, to_come.name: to_come}
    )
    assert command(app, "rehearse", str(made(app, tmp_path)))[0] == 0


def test_a_copy_that_lies_where_it_used_to_is_brought_down(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    key = store().put(b"a photo", "jpg")
    earlier = tmp_path / "files" / key[:2] / key
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes(b"a photo")
    made(app, tmp_path)
    assert FolderStore(tmp_path / "files").read(key) == b"a photo"
    assert not earlier.exists()


def test_a_copy_that_was_damaged_is_found(app: Flask, cast: Cast, tmp_path: Path) -> None:
    folder = made(app, tmp_path)
    database = next(folder.glob("database.*"))
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(bytes(data))
    assert command(app, "rehearse", str(folder))[0] == 1
    assert db.session.scalars(select(Backup)).one().rehearsed_at is None


def test_rows_that_are_missing_are_found(app: Flask, cast: Cast, tmp_path: Path) -> None:
    folder = made(app, tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["rows"]["person"] += 1
    (folder / "manifest.json").write_text(json.dumps(manifest))
    code, said = command(app, "rehearse", str(folder))
    assert code == 1
    assert "person: " in said


def test_a_listed_file_that_lies_nowhere_is_found(app: Flask, cast: Cast, tmp_path: Path) -> None:
    key = store().put(b"a contract", "txt")
    folder = made(app, tmp_path)
    store().remove(key)
    assert command(app, "rehearse", str(folder))[0] == 0
    FolderStore(tmp_path / "files").remove(key)
    code, said = command(app, "rehearse", str(folder))
    assert code == 1
    assert key in said


def test_a_folder_that_is_no_backup_is_refused(app: Flask, cast: Cast, tmp_path: Path) -> None:
    assert command(app, "rehearse", str(tmp_path))[0] == 1


def test_administrators_are_told_once_that_a_backup_is_due(
    app: Flask, cast: Cast, clock: Clock, tmp_path: Path
) -> None:
    make_licence(cast.office)
    assert jobs.watch_backups() == 0
    clock.forward(days=8)
    assert (jobs.watch_backups(), jobs.watch_backups()) == (1, 1)
    told = select(OutgoingMessage.person_id).where(OutgoingMessage.kind == "backup_old")
    assert db.session.scalars(told).all() == [cast.admin.id]
    made(app, tmp_path)
    assert jobs.watch_backups() == 0
    clock.forward(days=8)
    assert jobs.watch_backups() == 1
    assert len(db.session.scalars(told).all()) == 2


def test_nobody_watches_where_the_settings_say_so(app: Flask, cast: Cast, clock: Clock) -> None:
    make_licence(cast.office)
    clock.forward(days=400)
    assert queries.due_since(0) is None
    assert queries.due_since(7) is not None


def test_a_backup_that_is_too_old_turns_the_administrators_home_red(
    app: Flask, cast: Cast, client: FlaskClient, clock: Clock, tmp_path: Path
) -> None:
    def red(person: Person) -> bool:
        kept.forget_all()  # a page may be a minute late
        sign_in(client, person)
        return RED in client.get("/").text

    make_licence(cast.office)
    assert not red(cast.admin)
    clock.forward(days=8)
    shown = {role for role, person in cast.by_role().items() if red(person)}
    assert shown == {"admin", "auditor"}
    made(app, tmp_path)
    assert not red(cast.admin)


def test_the_page_of_backups_tells_what_was_made_and_read_back(
    app: Flask, cast: Cast, client: FlaskClient, clock: Clock, tmp_path: Path
) -> None:
    make_licence(cast.office)
    sign_in(client, cast.admin)
    assert "ยังไม่เคยสำรองข้อมูล" in client.get("/backups").text
    folder = made(app, tmp_path)
    page = client.get("/backups").text
    assert folder.name in page
    assert "ยังไม่เคยทดลองอ่านข้อมูลสำรองคืน" in page
    assert command(app, "rehearse", str(folder))[0] == 0
    assert "ยังไม่เคยทดลองอ่านข้อมูลสำรองคืน" not in client.get("/backups").text
    sign_in(client, cast.thep)
    assert client.get("/backups").status_code == 403


def test_every_row_is_taken_over_to_another_database(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    # A unit that lies below one which was made later: the rows cannot come in their order alone.
    with work():
        first, *_between, last = db.session.scalars(select(Unit).order_by(Unit.id)).all()
        first.parent_id = last.id
    target = create_engine(f"sqlite:///{tmp_path / 'taken.sqlite3'}")
    with db.engine.connect() as source:
        rows = moving.copy(source, target)
        assert rows == sum(making.counted(source).values()) > 0
    with target.connect() as there:
        assert there.scalar(select(Unit.parent_id).where(Unit.id == first.id)) == last.id
    with db.engine.connect() as source, pytest.raises(Refusal):
        moving.copy(source, target)
    target.dispose()
