"""Simple kinds: fields, editions, prefixes, and each kind of field as people write it."""

from __future__ import annotations

import pytest
from flask import Flask

from helpdesk.requests import answers, shapes
from helpdesk.requests.fields import as_plain, from_plain
from helpdesk.requests.models import KindEdition, RequestKind, ServiceRequest
from helpdesk.requests.rules import kinds
from helpdesk.requests.states import State
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.factories.office import TESTER
from tests.factories.requests import (
    Ground,
    kind_draft,
    make_kind,
    make_request,
    sent,
    signed,
)


def again(request: ServiceRequest) -> ServiceRequest:
    db.session.rollback()
    return db.session.get_one(ServiceRequest, request.id)


def test_fields_go_into_json_and_come_back_the_same(app: Flask) -> None:
    fields = kind_draft().fields
    assert from_plain(as_plain(fields)) == fields


def test_a_change_is_a_new_edition_and_old_requests_keep_theirs(ground: Ground) -> None:
    kind = make_kind()
    old = make_request(ground.asker, kind.key, q1="สอน AI", q3="1/12/2569")
    with work():
        found = db.session.get_one(RequestKind, kind.id)
        draft = kind_draft(fields=kind_draft().fields[:1], name_th="ขอผู้เชี่ยวชาญ")
        edition = kinds.edit(found, draft, by=TESTER)
        assert edition is not None
        assert kinds.edit(found, draft, by=TESTER) is None
    assert db.session.query(KindEdition).count() == 2
    new = make_request(ground.asker, kind.key, q1="สอน")
    shown = [shapes.of_request(again(one)) for one in (old, new)]
    assert [(one.edition, len(one.fields)) for one in shown] == [(1, 5), (2, 1)]
    assert sent(old).number == "วก.1/2570"


@pytest.mark.parametrize(
    "changes",
    [
        {"name_th": " "},
        {"series": "วก"},
        {"series": "ซ."},
        {"series": "ดน."},
        {"fields": ()},
        {"handling_unit_id": 999_999},
    ],
)
def test_a_kind_that_nobody_could_use_is_refused(
    ground: Ground, changes: dict[str, object]
) -> None:
    with pytest.raises(Refusal):
        make_kind(**changes)


def test_a_prefix_of_another_kind_is_taken(ground: Ground) -> None:
    make_kind()
    with pytest.raises(Refusal, match="ใช้กับเอกสารอื่นแล้ว"):
        make_kind()


def test_a_closed_kind_takes_no_requests_and_those_that_were_sent_go_on(ground: Ground) -> None:
    kind = make_kind()
    one = sent(make_request(ground.asker, kind.key, q1="สอน", q3="1/12/2569"))
    with work():
        kinds.close_kind(db.session.get_one(RequestKind, kind.id), by=TESTER)
    with pytest.raises(Refusal, match="ปิดรับคำขอใหม่"):
        make_request(ground.asker, kind.key)
    assert signed(one, ground.head).state == State.APPROVED


def test_each_kind_of_field_is_read_as_people_write_it(ground: Ground) -> None:
    kind = make_kind()
    shape = shapes.now_of(kind.key)
    typed = {"q1": "สอน", "q2": "๑,๒๐๐", "q3": "1 ธ.ค. 2569", "q4": "c2"}
    found = answers.read(shape.fields, typed, unit_id=ground.school.id)
    assert not found.wrong
    assert found.answers["q2"]["th"] == "1,200"
    assert found.answers["q3"]["value"] == "2026-12-01"
    assert found.answers["q4"]["th"] == "ในห้อง"
    bad = answers.read(
        shape.fields, {"q1": "x" * 300, "q2": "-5", "q3": "30/2/2569", "q4": "c9"},
        unit_id=ground.school.id,
    )  # fmt: skip
    assert set(bad.wrong) == {"q1", "q2", "q3", "q4"}
