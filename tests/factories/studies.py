"""Studies and developments for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from helpdesk.access_rights.states import Whose
from helpdesk.studies.models import Development, Study, StudyRecord
from helpdesk.studies.rules import developing, reporting, studying
from helpdesk.studies.rules.developing import Measure, ReportDraft, WorkDraft
from helpdesk.studies.rules.studying import RecordDraft, StudyDraft, SystemNamed
from helpdesk.studies.states import Better, Sort
from office.people.models import Person
from tests.factories.office import in_work, viewer_for

OTHER = SystemNamed(name="ระบบรับส่งหนังสือราชการ")


def study_draft(person: Person, **overrides: Any) -> StudyDraft:
    """Return what is written about a study of the person's unit."""
    fields = {"title": "ศึกษาระบบรับส่งหนังสือ", "unit_id": person.unit_id, "owner": person}
    return StudyDraft(**{"system": OTHER, **fields, **overrides})


def make_study(owner: Person, **overrides: Any) -> Study:
    """Return a study that its owner has begun."""
    with in_work():
        return studying.begin(study_draft(owner, **overrides), by=viewer_for(owner))


def record_draft(recorder: Person, **words: str) -> RecordDraft:
    """Return what is written in a record that can be finished."""
    said = {
        "current_state": "ลงทะเบียนหนังสือด้วยสมุด",
        "problem": "ค้นหาหนังสือเก่าใช้เวลานาน",
        "findings": "เฉลี่ยวันละ 40 ฉบับ ค้นหาฉบับละ 12 นาที",
        "proposal": "ใช้ทะเบียนอิเล็กทรอนิกส์",
        **words,
    }
    day = date(2026, 10, 20)
    return RecordDraft("สภาพปัจจุบันของงานสารบรรณ", OTHER, day, recorder, said)


def make_record(
    study: Study, recorder: Person, *, done: bool = True, by: Person | None = None, **words: str
) -> StudyRecord:
    """Return a record of a study, finished unless told otherwise; ``by`` whom it was entered."""
    actor = viewer_for(by or recorder)
    with in_work():
        made = studying.add_record(study, record_draft(recorder, **words), by=actor)
        if done:
            studying.finish_record(made, by=actor)
    return made


def write_study_report(study: Study, by: Person) -> None:
    """Write what the report (F14) adds."""
    words = {"conclusion": "ควรเปลี่ยนระบบ", "recommendation": "จัดหาทะเบียนอิเล็กทรอนิกส์"}
    with in_work():
        studying.write_report(study, words, by=viewer_for(by))


def sent_study(owner: Person) -> Study:
    """Return a study whose report waits for the director."""
    study = make_study(owner)
    make_record(study, owner)
    write_study_report(study, owner)
    with in_work():
        reporting.send_study(study, by=viewer_for(owner))
    return study


def work_draft(owner: Person, **overrides: Any) -> WorkDraft:
    """Return what form F15 says of a new development with one indicator."""
    fields: dict[str, Any] = {
        "title": "ระบบแจ้งซ่อมด้วยคิวอาร์โค้ด",
        "sort": Sort.NEW,
        "whose": Whose.OFFICE,
        "unit_id": owner.unit_id,
        "owner": owner,
        "system": SystemNamed(),
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2027, 3, 31),
        "budget": Decimal(12500),
        "words": {"goal": "ลดเวลารอรับเรื่อง", "problem": "แจ้งซ่อมด้วยกระดาษ", "method": "พัฒนา"},
        "indicators": [
            Measure("เวลารอรับเรื่อง", "นาที", Better.LESS, Decimal(240), Decimal(60)),
        ],
    }
    return WorkDraft(**{**fields, **overrides})


def make_development(owner: Person, **overrides: Any) -> Development:
    """Return a development that its owner has entered."""
    with in_work():
        return developing.plan(work_draft(owner, **overrides), by=viewer_for(owner))


def finished_development(owner: Person, **overrides: Any) -> Development:
    """Return a development whose work is finished."""
    made = make_development(owner, **overrides)
    with in_work():
        developing.begin(made, by=viewer_for(owner))
        developing.finish(made, by=viewer_for(owner))
    return made


def report_draft(
    work: Development, after: Decimal | None = Decimal(45), **more: Any
) -> ReportDraft:
    """Return what form F16 adds, with the same figure for every indicator."""
    words = {"result": "รับเรื่องได้เร็วขึ้น", "benefit": "ครูได้รับบริการเร็วขึ้น"}
    return ReportDraft(
        **{"words": words, "after": {one.id: after for one in work.indicators}, **more}
    )


def sent_development(owner: Person) -> Development:
    """Return a development whose report waits for the director."""
    made = finished_development(owner)
    by = viewer_for(owner)
    with in_work():
        developing.write_report(made, report_draft(made), by=by)
        reporting.send_development(made, by=by)
    return made
