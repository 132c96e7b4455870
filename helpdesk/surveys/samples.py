"""Samples of the papers of surveys: the shipped form F10, and a report with invented answers."""

from __future__ import annotations

from collections import Counter

from helpdesk.surveys import form_paper, papers, shipped
from helpdesk.surveys.models import Survey, SurveyQuestion, SurveyReport
from helpdesk.surveys.results import Aspect, Line, Results
from helpdesk.surveys.scoring import score, together
from helpdesk.surveys.states import Band
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen

ASKED = (
    ("ความเร็วของอินเทอร์เน็ตในห้องเรียน", Counter({5: 12, 4: 20, 3: 6, 2: 1})),
    ("ความเสถียรของเครือข่ายไร้สาย", Counter({5: 9, 4: 18, 3: 10, 2: 2})),
    ("การแก้ไขปัญหาของเจ้าหน้าที่", Counter({5: 25, 4: 12, 3: 2})),
)


def _survey() -> Survey:
    return specimen.row(
        Survey,
        **shipped.heading("f10"),
        opened_on=specimen.DAY,
        closed_on=specimen.LATER,
        band=Band.USUAL.value,
    )


def _form(_variant: str) -> bytes:
    questions = [specimen.row(SurveyQuestion, **one) for one in shipped.questions("f10")]
    return form_paper.form_pdf(_survey(), questions, office=specimen.OFFICE)


def _report(_variant: str) -> bytes:
    lines = [
        Line(label, score(counted, Band.USUAL), rank)
        for (label, counted), rank in zip(ASKED, (2, 3, 1), strict=True)
    ]
    every = score(together(counted for _label, counted in ASKED), Band.USUAL)
    told = Results(
        39,
        hidden=False,
        rate=None,
        aspects=[Aspect("ด้านระบบเครือข่าย", lines, Line("รวม", every))],
        whole=Line("ภาพรวม", every),
    )
    report = specimen.row(
        SurveyReport,
        survey=_survey(),
        number="รป.1/2570",
        objective="เพื่อติดตามและประเมินผลการใช้ระบบเครือข่ายและระบบสื่อสารของสถานศึกษา",
        population="ครูและบุคลากรของสถานศึกษาในสังกัด ๔๒ คน ตอบ ๓๙ คน",
        instrument="แบบสอบถามมาตราส่วนประมาณค่า ๕ ระดับ",
        problems="สัญญาณไร้สายของอาคารเรียนชั้นบนยังไม่ทั่วถึง",
        suggestions="เพิ่มจุดกระจายสัญญาณที่อาคารเรียน ๒",
        summary="ผู้ตอบมีความพึงพอใจในระดับมาก ควรปรับปรุงเครือข่ายไร้สายเป็นลำดับแรก",
    )
    issued = specimen.issued("แบบรายงานสรุปผลการประเมิน", "รป.1/2570")
    return papers.printed(
        report,
        told,
        specimen.places(),
        issued,
        office=specimen.OFFICE,
        base_url=specimen.BASE_URL,
    )


SAMPLES: specimen.Samples = {
    "F10": (_l("Monitoring and evaluation form"), _form),
    "F11": (_l("Report of an evaluation"), _report),
}
