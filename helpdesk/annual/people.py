"""The chapters of people: trainings, what surveys said, and incidents of security."""

from __future__ import annotations

from sqlalchemy import select

from helpdesk.annual.chapters import Chapter, Column, Section, table
from helpdesk.annual.words import day, mean, number, numbered
from helpdesk.annual.work import NO
from helpdesk.figures.periods import Period
from helpdesk.incidents import access as incidents_access
from helpdesk.incidents import queries as incidents
from helpdesk.incidents.queries import Filter
from helpdesk.incidents.states import INCIDENTS, KINDS, Kind
from helpdesk.incidents.states import State as Incident
from helpdesk.surveys import access as surveys_access
from helpdesk.surveys import results
from helpdesk.surveys.models import Survey
from helpdesk.surveys.results import Line
from helpdesk.trainings import access as trainings_access
from helpdesk.trainings import queries as trainings
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.thai import thai_digits


def trained(viewer: Viewer, period: Period) -> Chapter:
    """Return the hours of everybody who was trained."""
    columns = (NO, Column("ชื่อ-สกุล"), Column("หน่วยงาน", 60),
               Column("จำนวนครั้ง", 22, right=True), Column("ชั่วโมง", 22, right=True))  # fmt: skip
    found = trainings.hours(period.year) if viewer.may(trainings_access.SEE) else []
    rows = [(one.name, one.unit, number(one.trainings), number(one.hours)) for one in found]
    hours = number(sum(one.hours for one in found))
    words = f"มีผู้ผ่านการอบรม {number(len(found))} คน รวม {hours} ชั่วโมง"
    return Chapter(
        "การพัฒนาบุคลากร",
        "Staff development",
        paragraphs=[words],
        tables=table(columns, numbered(rows)),
    )


def surveyed(viewer: Viewer, period: Period) -> Chapter:
    """Return what every survey that closed in the year said; none of too few answers (R-E3)."""
    found = (
        db.session.scalars(
            select(Survey)
            .where(Survey.closed_on.between(period.first_day, period.last_day))
            .order_by(Survey.closed_on, Survey.id)
        ).all()
        if viewer.may(surveys_access.SEE)
        else []
    )
    return Chapter("การติดตามและประเมินผล", "Surveys", [_survey(one) for one in found])


def _survey(survey: Survey) -> Section:
    told = results.of(survey)
    columns = (Column("รายการ"), Column("จำนวน", 18, right=True),
               Column("ค่าเฉลี่ย", 22, right=True), Column("S.D.", 18, right=True),
               Column("ระดับ", 28))  # fmt: skip
    rows = [_cells(line) for aspect in told.aspects for line in (*aspect.lines, aspect.total)]
    if told.whole:
        rows.append(_cells(told.whole))
    words = f"ผู้ตอบ {number(told.n)} คน ปิดรับคำตอบวันที่ {day(survey.closed_on)}"
    return Section(
        thai_digits(survey.title_th), [words], table(columns, rows), english=survey.title_en
    )


def _cells(line: Line) -> tuple[str, ...]:
    score = line.score
    return (
        thai_digits(line.label),
        number(score.n),
        mean(score.mean),
        mean(score.deviation),
        line.level,
    )


def secured(viewer: Viewer, period: Period) -> Chapter:
    """Return the incidents that were found in the year: kind and state, not what happened."""
    columns = (Column("เลขที่", 26), Column("พบเมื่อ", 24), Column("ประเภท"),
               Column("สถานะ", 34), Column("แจ้งคณะกรรมการ", 30))  # fmt: skip
    found = (
        incidents.all_incidents(viewer, Filter()) if viewer.may(incidents_access.SEE) else iter(())
    )
    rows = [
        (
            thai_digits(one.number),
            day(one.found_at),
            str(KINDS[Kind(one.kind)]),
            str(INCIDENTS.faces[Incident(one.state)].label),
            day(one.notified_at),
        )
        for one in found
        if period.first_day <= clock.local(one.found_at).date() <= period.last_day
    ]
    return Chapter("ความปลอดภัยของข้อมูล", "Data security", tables=table(columns, rows))
