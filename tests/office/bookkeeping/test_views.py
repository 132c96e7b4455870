"""The page of the audit trail."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kernel.access import Viewer
from kernel.work import work
from office.bookkeeping import audit, queries
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import in_work, sign_in, viewer_for


@pytest.fixture
def cast(app: Flask) -> Any:
    return make_cast()


def write(count: Any, cast: Cast, act: Any = "edited", **fields: Any) -> None:
    with work():
        for _turn in range(count):
            audit.record(act, cast.school, by=viewer_for(cast.sri), after=fields)


def test_an_auditor_reads_who_did_what(client: FlaskClient, cast: Cast) -> None:
    write(1, cast, name_th="<b>ใหม่</b>")
    with work():
        audit.record("closed", cast.school, by=Viewer(name="timetable"))
    sign_in(client, cast.orn)

    page = client.get("/audit").text

    assert "ศรี ตัวอย่าง" in page
    assert "ระบบตามเวลา" in page
    assert "&lt;b&gt;ใหม่&lt;/b&gt;" in page


@pytest.mark.parametrize("role", ["requester", "technician", "storekeeper", "approver"])
def test_others_may_not_read_it(client: FlaskClient, cast: Cast, role: Any) -> None:
    sign_in(client, cast.by_role()[role])

    assert client.get("/audit").status_code == 403


def test_pages_follow_each_other_without_loss(app: Flask, cast: Cast) -> None:
    write(120, cast)
    seen, before = [], None
    while True:
        rows, before = queries.entries(viewer_for(cast.orn), queries.AuditFilter(before=before))
        seen += [row.id for row in rows]
        if before is None:
            break

    assert seen == list(range(audit.verify().entries, 0, -1))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"act": "printed"}, 1),
        ({"act": "printed", "kind": "unit"}, 1),
        ({"act": "printed", "kind": "person"}, 0),
        ({"act": "printed", "actor": "ศรี"}, 1),
        ({"act": "printed", "actor": "มาลี"}, 0),
        ({"act": "printed", "actor": "%"}, 0),
    ],
)
def test_filters_narrow_the_list(cast: Cast, asked: Any, found: Any) -> None:
    write(3, cast)
    write(1, cast, act="printed")

    rows, _older = queries.entries(viewer_for(cast.orn), queries.AuditFilter(**asked))

    assert len(rows) == found


def test_days_are_days_in_bangkok(client: FlaskClient, cast: Cast, clock: Clock) -> None:
    write(1, cast, act="printed")
    sign_in(client, cast.orn)

    assert "unit" in client.get("/audit?act=printed&first=23/11/2569&last=23/11/2569").text
    assert "ไม่พบรายการ" in client.get("/audit?act=printed&first=24/11/2569").text
    assert "ไม่พบรายการ" in client.get("/audit?act=printed&last=22/11/2569").text


@pytest.mark.parametrize(
    "query",
    ["first=31/2/2569", "last=31/12/9999", "before=x", "subject=9e9", "act=%27--", "kind=ก"],
)
def test_nonsense_in_the_address_breaks_nothing(
    client: FlaskClient, cast: Cast, query: Any
) -> None:
    sign_in(client, cast.orn)

    assert client.get(f"/audit?{query}").status_code == 200


def test_the_choices_are_the_acts_that_occur(cast: Cast) -> None:
    write(1, cast, act="printed")
    write(1, cast, act="founded")

    assert queries.acts() == ["founded", "printed"]
    assert queries.kinds() == ["unit"]


def test_an_empty_trail_has_no_choices(app: Flask) -> None:
    with in_work():
        pass

    assert queries.acts() == []
