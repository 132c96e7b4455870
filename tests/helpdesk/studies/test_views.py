"""The pages of studies and developments: written, sent, signed, printed; who sees what."""

from __future__ import annotations

import io
from decimal import Decimal

from flask.testing import FlaskClient
from openpyxl import load_workbook

from helpdesk.studies.models import Development, Study, StudyFile, StudyRecord
from helpdesk.studies.rules import developing
from helpdesk.studies.rules.studying import SystemNamed
from helpdesk.studies.samples import SAMPLES
from helpdesk.studies.states import Sort, State
from helpdesk.surveys.rules import answering, drafting, opening
from kernel.db import db
from kernel.forms import new_key
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.papers.models import IssuedPaper
from office.people.models import Person
from tests.asking import asked_by
from tests.cast import Cast
from tests.factories import studies as make
from tests.factories.access_rights import make_systems
from tests.factories.office import TESTER, sign_in, viewer_for
from tests.factories.pictures import picture
from tests.factories.requests import make_ground
from tests.office.papers import paper_reading

WORDS = {
    "current_state": "ใช้สมุด", "problem": "ช้า", "data_flows": "โรงเรียน → สำนักงาน",
    "stakeholders": "ธุรการ", "findings": "วันละ 40 ฉบับ", "gap": "ไม่มีระบบ", "proposal": "ใช้ระบบ",
}  # fmt: skip


class Printed:
    """A paper; what it says is compared without spaces."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        answer = client.get(address)
        assert answer.content_type == "application/pdf"
        self.text = "".join(paper_reading.texts(answer.data))

    def __contains__(self, said: str) -> bool:
        return paper_reading.bare(said) in self.text


def version_of(model: type[Study] | type[StudyRecord] | type[Development]) -> str:
    db.session.rollback()
    return str(db.session.query(model).one().version)


def photo(caption: str) -> dict[str, object]:
    return {"files": [(io.BytesIO(picture()), "ภาพ.jpg")], "caption": caption}


def sign(cast: Cast, words: str = "") -> None:
    with work():
        approval = db.session.query(Approval).order_by(Approval.id.desc()).first()
        assert approval is not None
        signing.approve(approval, by=viewer_for(cast.chai), words=words)


def test_a_study_is_written_sent_signed_and_printed(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.thep)
    form = {
        "title": "ศึกษาระบบสารบรรณ", "system_id": "0", "system_name": "สมุดทะเบียน",
        "unit_id": str(cast.office.id), "owner": "เทพ ตัวอย่าง", "key": "a" * 20,
    }  # fmt: skip
    here = client.post("/studies/new", data=form).location
    assert client.post("/studies/new", data=form).location == here
    record = {"topic": "งานรับหนังสือ", "system_id": "0", "system_name": "สมุดทะเบียน"}
    record |= {"studied_on": "20/10/2569", "recorder": "เทพ ตัวอย่าง", "key": "b" * 20, **WORDS}
    page = client.post(here + "/records/new", data=record).location
    client.post(page + "/files", data=photo("โต๊ะรับหนังสือ"))
    assert "โต๊ะรับหนังสือ" in client.get(page).text
    client.post(page + "/finish", data={"version": version_of(StudyRecord)})
    printed = Printed(client, page + "/paper.pdf")
    assert "แบบบันทึกการศึกษาวิเคราะห์" in printed
    assert "๒๐ ตุลาคม ๒๕๖๙" in printed
    assert "วันละ 40 ฉบับ" in printed
    words = {"conclusion": "ควรใช้ระบบ", "recommendation": "จัดหา", "version": version_of(Study)}
    client.post(here + "/report", data=words)
    client.post(here + "/report/send", data={"version": version_of(Study)})
    sign(cast, "ดำเนินการในปีงบประมาณนี้")
    shown = client.get(here + "/report").text
    assert "ดำเนินการในปีงบประมาณนี้" in shown
    report = Printed(client, here + "/report.pdf")
    issued = db.session.query(IssuedPaper).one()
    for said in ("แบบรายงานผลการศึกษาวิเคราะห์", "ควรใช้ระบบ", "ดำเนินการในปีงบประมาณนี้", "ใช้สมุด"):
        assert said in report
    assert issued.shown_code in report
    client.post(here + "/report/revise")
    approval = db.session.query(Approval).one()
    assert "ควรใช้ระบบ" in Printed(client, f"{here}/editions/{approval.id}.pdf")


def test_a_development_is_entered_done_reported_and_printed(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    form = {
        "title": "ระบบแจ้งซ่อม", "sort": "new", "whose": "office", "system_id": "0",
        "unit_id": str(cast.office.id), "owner": "เทพ ตัวอย่าง", "starts_on": "1/10/2569",
        "ends_on": "๓๑/๓/๒๕๗๐", "budget": "12,500", "goal": "รับเรื่องเร็วขึ้น", "key": "a" * 20,
        "indicators-0-name": "เวลารอ", "indicators-0-unit_word": "นาที",
        "indicators-0-better": "less", "indicators-0-before": "240",
        "indicators-0-target": "60.5", "indicators-1-name": "", "indicators-1-better": "more",
    }  # fmt: skip
    assert "เวลารอ" in client.post("/developments/new", data={**form, "more": "yes"}).text
    here = client.post("/developments/new", data=form).location
    assert "๒๔๐" in Printed(client, here + "/paper.pdf")
    for act in ("begin", "finish"):
        client.post(f"{here}/{act}", data={"version": version_of(Development)})
    one = db.session.query(Development).one().indicators[0]
    report = {
        "after-0-kept_id": str(one.id), "after-0-after": "45", "result": "เร็วขึ้นห้าเท่า",
        "users": "ครูทุกคน", "user_count": "120", "benefit": "สะดวก", "survey_id": "0",
        "satisfaction_mean": "4.5", "satisfaction_n": "30", "version": version_of(Development),
    }  # fmt: skip
    client.post(here + "/report", data=report)
    client.post(here + "/files?report=1", data=photo("หน้าจอใหม่"))
    client.post(here + "/report/send", data={"version": version_of(Development)})
    sign(cast)
    printed = Printed(client, here + "/report.pdf?paper=en")
    for said in ("๔๕", "-๘๑.๒", "บรรลุ", "เร็วขึ้นห้าเท่า", "๔.๕๐", "หน้าจอใหม่", "Benefit"):
        assert said in printed
    assert "Benefit" not in Printed(client, here + "/report.pdf?paper=th")


def test_the_mean_of_a_survey_is_taken_where_enough_have_answered(
    cast: Cast, client: FlaskClient
) -> None:
    made = make.finished_development(cast.thep)
    with work():
        survey = drafting.make({}, by=TESTER, template="satisfaction", units=())
        opening.open_survey(survey, by=TESTER)
    with work():
        draft = make.report_draft(made, survey_id=survey.id)
        developing.write_report(made, draft, by=viewer_for(cast.thep))
    sign_in(client, cast.thep)
    here = f"/developments/{made.id}/report"
    sent = client.post(here + "/send", data={"version": version_of(Development)})
    assert (sent.status_code, made.state) == (422, State.FINISHED)
    scales = [one.id for one in survey.questions if one.sort == "scale"]
    for _number in range(3):
        with work():
            answering.answer(survey, dict.fromkeys(scales, 4), key=new_key(), token="")
    client.post(here + "/send", data={"version": version_of(Development)})
    assert "4.00" in client.get(here).text
    db.session.rollback()
    assert db.session.query(Development).one().state == State.WAITING


def test_a_system_of_the_register_is_named_and_linked(cast: Cast, client: FlaskClient) -> None:
    with work():
        system = make_systems(make_ground()).system
    study = make.make_study(cast.thep, system=SystemNamed(id=system.id, name="ไม่ใช้"))
    made = make.make_development(cast.thep, sort=Sort.IMPROVE, system=SystemNamed(id=system.id))
    sign_in(client, cast.thep)
    for page in (f"/studies/{study.id}", f"/developments/{made.id}"):
        assert f'href="/access/systems/{system.id}"' in client.get(page).text
    for page in ("/studies", "/developments"):
        assert "อีเมลสำนักงาน" in client.get(f"{page}?system={system.id}&q=mail").text
    assert "ศึกษาระบบ" not in client.get("/studies?system=99").text.split("<tbody")[-1]
    with work():
        db.session.get_one(Person, cast.thep.id).language = "en"
    here = (f"/studies/{study.id}", f"/studies/{study.id}/report", f"/developments/{made.id}")
    assert [at for at in here if system.name_th in client.get(at).text] == []


def test_files_come_and_go_until_the_form_is_closed(cast: Cast, client: FlaskClient) -> None:
    study = make.make_study(cast.thep)
    record = make.make_record(study, cast.thep, done=False)
    sign_in(client, cast.thep)
    page = f"/studies/records/{record.id}"
    client.post(page + "/files", data=photo("ก่อน"))
    file = db.session.query(StudyFile).one()
    assert client.get(f"/studies/files/{file.id}?small").content_type == "image/jpeg"
    broken = {"files": [(io.BytesIO(b"no picture"), "ภาพ.jpg")]}
    assert client.post(page + "/files", data=broken).status_code == 422
    client.post(page + "/finish", data={"version": str(record.version)})
    assert client.post(f"/studies/files/{file.id}/drop").status_code == 422
    client.post(page + "/reopen")
    client.post(f"/studies/files/{file.id}/drop")
    assert db.session.query(StudyFile).count() == 0


def test_who_sees_and_who_writes(cast: Cast, client: FlaskClient) -> None:
    ours, theirs = make.sent_study(cast.thep), make.make_study(cast.kanda)
    record = make.make_record(theirs, cast.malee, by=cast.kanda)
    work_of_ours = make.finished_development(cast.thep)
    draft = make.work_draft(cast.malee, unit_id=cast.school.id, title="สื่อการสอนของมาลี")
    with work():
        mine = developing.plan(draft, by=viewer_for(cast.kanda))
    pages = (
        f"/studies/{ours.id}", f"/studies/{ours.id}/report.pdf", f"/studies/{theirs.id}",
        f"/studies/records/{record.id}", f"/developments/{work_of_ours.id}/report",
        f"/developments/{mine.id}", f"/developments/{mine.id}/edit", f"/studies/{theirs.id}/edit",
        "/studies/new",
    )  # fmt: skip
    sees, writes = (200,) * 6, (200,) * 3
    may = {
        "technician": sees + writes, "admin": sees + writes,
        "approver": (*sees, 403, 403, 403), "auditor": (*sees, 403, 403, 403),
        "coordinator": (404, 404, 200, 200, 404, 200, *writes),
        "requester": (404, 404, 200, 200, 404, 200, 200, 403, 403),
    }  # fmt: skip
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        got = tuple(client.get(page).status_code for page in pages)
        if got != may.get(role, (*(404,) * 8, 403)):
            wrong.append((role, got))
    assert wrong == []


def test_lists_are_searched_narrowed_and_exported(cast: Cast, client: FlaskClient) -> None:
    make.make_study(cast.thep, title="ศึกษาระบบบุคลากร")
    make.make_study(cast.thep)
    make.make_development(cast.thep)
    make.finished_development(cast.thep, title="งานที่เสร็จแล้ว")
    sign_in(client, cast.thep)
    found = client.get("/studies?q=บุคลากร").text
    assert "ศึกษาระบบบุคลากร" in found
    assert "ศึกษาระบบรับส่งหนังสือ" not in found
    done = client.get("/developments?state=finished").text
    assert "งานที่เสร็จแล้ว" in done
    assert "ระบบแจ้งซ่อมด้วยคิวอาร์โค้ด" not in done
    rows = {}
    for name in ("studies", "developments"):
        data = client.get(f"/{name}.xlsx?q=งานที่เสร็จ&ending=csv").data
        rows[name] = [row[1] for row in load_workbook(io.BytesIO(data)).active.iter_rows(
            min_row=2, values_only=True)]  # fmt: skip
    assert rows == {"studies": [], "developments": ["งานที่เสร็จแล้ว"]}
    assert client.get("/studies?state=x&unit=y&system=z&page=0").status_code == 200


def test_a_stale_save_is_refused_and_keeps_what_was_typed(cast: Cast, client: FlaskClient) -> None:
    made = make.finished_development(cast.thep)
    sign_in(client, cast.thep)
    seen = version_of(Development)
    with work():
        draft = make.report_draft(made, Decimal(70))
        developing.write_report(made, draft, by=viewer_for(cast.thep))
    typed = {"result": "ของฉัน", "survey_id": "0", "version": seen}
    sent = client.post(f"/developments/{made.id}/report", data=typed)
    assert sent.status_code == 409
    assert "ของฉัน" in sent.text


def test_every_page_reads_in_english_and_asks_few_questions(
    cast: Cast, client: FlaskClient
) -> None:
    study, made = make.sent_study(cast.thep), make.sent_development(cast.thep)
    for _number in range(3):
        make.make_study(cast.thep)
    with work():
        db.session.get_one(Person, cast.thep.id).language = "en"
    sign_in(client, cast.thep)
    pages = (
        "/studies", "/developments", f"/studies/{study.id}", f"/studies/{study.id}/report",
        f"/developments/{made.id}", f"/developments/{made.id}/report", "/studies/new",
        "/developments/new", "/studies/records/1",
    )  # fmt: skip
    thai = [page for page in pages if "แบบ" in client.get(page).text.split("<main")[1]]
    assert thai == []
    assert asked_by(client, "/studies") <= 8


def test_samples_of_all_four_forms_are_drawn_without_a_database() -> None:
    assert set(SAMPLES) == {"F12", "F14", "F15", "F16"}
    said = {"F12": "12 นาที", "F14": "เห็นชอบตามเสนอ", "F15": "๑๒,๕๐๐.๐๐", "F16": "+๑๖๒.๙"}
    wrong = []
    for code, (_title, draw) in SAMPLES.items():
        for language in ("th", "en"):
            text = "".join(paper_reading.texts(draw(language)))
            english = "Problem" in text
            if paper_reading.bare(said[code]) not in text or english != (language == "en"):
                wrong.append((code, language))
    assert wrong == []
