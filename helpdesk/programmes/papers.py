"""The papers of a programme as PDF: the order, the memo that proposes it, the summary report.

All are in Thai with Thai digits, whatever the reader speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from helpdesk.programmes.models import Activity, Indicator, Programme, ProgrammeMember
from helpdesk.programmes.report_models import ProgrammeReport
from helpdesk.programmes.states import ACTIVITIES, DUTIES, STEPS, ActivityState, Duty, StepState
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine, rules
from office.papers.models import IssuedPaper

FOLDER = Path(__file__).parent / "paper"


@dataclass(frozen=True)
class Letterhead:
    """The office as papers name it, the address of the service, who signed, the paper's code.

    ``number`` and ``day`` are those of the memo: what the step keeps, and when it was sent.
    """

    office: str
    base_url: str
    places: Sequence[dict[str, str | None]] = ()
    issued: IssuedPaper | None = None
    number: str = ""
    day: date | None = None


def order(programme: Programme, members: Sequence[ProgrammeMember], *, office: str) -> bytes:
    """Print the order that appoints the working group, ready to be signed."""
    with speaking("th"):
        data = {
            "office": office,
            "name": programme.name,
            "process": programme.process.name_th,
            "year": thai_digits(str(programme.fiscal_year)),
            "order_no": thai_digits(programme.order_no),
            "order_date": _date(programme.ordered_on),
            "starts_on": _date(programme.starts_on),
            "ends_on": _date(programme.ends_on),
            "members": [
                {
                    "number": thai_digits(str(number)),
                    "name": one.name,
                    "position": one.position,
                    "acting": one.acting,
                    "duty": str(DUTIES[Duty(one.duty)]),
                }
                for number, one in enumerate(members, start=1)
            ],
        }
    return engine.render(FOLDER / "order.typ", data)


def proposal(
    programme: Programme,
    plan: Sequence[Activity],
    indicators: Sequence[Indicator],
    head: Letterhead,
) -> bytes:
    """Print the memo that proposes a programme to the director."""
    words = {
        "subject": f"ขออนุมัติ{programme.name}",
        "opening": f"ด้วย{programme.unit.name_th} ขอเสนอ{programme.name} ตามกระบวนงาน"
        f"{programme.process.name_th} ประจำปีงบประมาณ พ.ศ. "
        f"{thai_digits(str(programme.fiscal_year))} ระยะเวลาตั้งแต่วันที่ "
        f"{_date(programme.starts_on)} ถึงวันที่ {_date(programme.ends_on)} งบประมาณ "
        f"{_money(programme.budget)} บาท มีรายละเอียดดังนี้",
        "parts": [
            _part("วัตถุประสงค์", programme.objective),
            _part("เป้าหมาย", programme.targets),
        ],
        "tables": [_plan(plan), *([_targets(indicators)] if indicators else [])],
        "closing": "จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ",
        "choices": ["อนุมัติ", "ไม่อนุมัติ"],
    }
    return _memo(programme, words, head)


def report(report_: ProgrammeReport, figures: dict[str, Any], head: Letterhead) -> bytes:
    """Print the summary report of a programme; ``figures`` are frozen ones, or those of now."""
    programme = report_.programme
    with speaking("th"):
        tables = [_steps(figures), _done(figures), _measured(figures), _counted(figures)]
    words = {
        "subject": f"รายงานผลการดำเนินงาน{programme.name}",
        "opening": f"ตามที่ได้รับอนุมัติให้ดำเนินการ{programme.name} ประจำปีงบประมาณ พ.ศ. "
        f"{thai_digits(str(programme.fiscal_year))} นั้น บัดนี้ขอรายงานผลการดำเนินงาน "
        f"ฉบับที่ {thai_digits(str(report_.edition))} ดำเนินการแล้ว "
        f"{thai_digits(str(figures['done']))} จาก {thai_digits(str(figures['planned']))} กิจกรรม "
        f"ใช้งบประมาณ {_money(figures['spent'])} บาท จาก {_money(figures['budget'])} บาท ดังนี้",
        "parts": [
            _part("สรุปผลการดำเนินงาน", report_.summary),
            _part("ปัญหาและอุปสรรค", report_.problems or "-"),
            _part("ข้อเสนอแนะ", report_.suggestions or "-"),
        ],
        "tables": [one for one in tables if one["rows"]],
        "closing": "จึงเรียนมาเพื่อโปรดทราบ",
        "choices": ["ทราบ", "อื่น ๆ"],
    }
    return _memo(programme, words, head)


def _memo(programme: Programme, words: dict[str, Any], head: Letterhead) -> bytes:
    check: dict[str, str] | None = None
    files: dict[str, bytes] = {}
    if head.issued is not None:
        check, files = rules.check_mark(head.issued, head.base_url)
    data = {
        **words,
        "number": thai_digits(head.number),
        "date": _date(head.day),
        "office": head.office,
        "unit": programme.unit.name_th,
        "owner": programme.owner.name_th,
        "owner_position": programme.owner.position,
        "places": list(head.places),
        "check": check,
    }
    return engine.render(FOLDER / "memo.typ", data, files=files)


def _part(title: str, words: str) -> dict[str, Any]:
    return {"title": title, "lines": [line for line in words.splitlines() if line.strip()]}


def _table(title: str, columns: Sequence[tuple[str, int, bool]], rows: Any) -> dict[str, Any]:  # noqa: ANN401
    named = [{"label": label, "width": width, "right": right} for label, width, right in columns]
    return {"title": title, "columns": named, "rows": [list(row) for row in rows]}


def _plan(plan: Sequence[Activity]) -> dict[str, Any]:
    return _table(
        "แผนการดำเนินงาน",
        (("ที่", 9, False), ("กิจกรรม", 0, False), ("ระยะเวลา", 38, False),
         ("ผู้รับผิดชอบ", 36, False), ("งบประมาณ (บาท)", 26, True)),
        (
            (
                thai_digits(str(number)), one.title,
                f"{_short(one.starts_on)} – {_short(one.ends_on)}",
                one.responsible.name_th if one.responsible else "-", _money(one.budget),
            )
            for number, one in enumerate(plan, start=1)
        ),
    )  # fmt: skip


def _targets(indicators: Sequence[Indicator]) -> dict[str, Any]:
    return _table(
        "ตัวชี้วัดความสำเร็จ",
        (("ตัวชี้วัด", 0, False), ("เป้าหมาย", 28, True), ("หน่วยนับ", 30, False)),
        ((one.name, _number(one.target), one.unit_word or "-") for one in indicators),
    )


def _steps(figures: dict[str, Any]) -> dict[str, Any]:
    """Return what came of each step; reports sent before steps were told of have none."""
    return _table(
        "ผลตามขั้นตอนของกระบวนงาน",
        (("ที่", 9, False), ("ขั้นตอน", 0, False), ("ผล", 29, False),
         ("วันที่แล้วเสร็จ", 25, False), ("หมายเหตุ", 40, False)),
        (
            (
                thai_digits(str(one["number"])), one["title_th"],
                str(STEPS.faces[StepState(one["state"])].label),
                _short(date.fromisoformat(one["done_on"])) if one["done_on"] else "-",
                " ".join(filter(None, (one["doc_no"], one["remark"]))) or "-",
            )
            for one in figures.get("steps", ())
        ),
    )  # fmt: skip


def _done(figures: dict[str, Any]) -> dict[str, Any]:
    return _table(
        "ผลการดำเนินงานตามแผน",
        (("ที่", 9, False), ("กิจกรรม", 0, False), ("ผล", 28, False),
         ("งบประมาณ (บาท)", 26, True), ("ใช้จริง (บาท)", 26, True)),
        (
            (
                thai_digits(str(number)), one["title"],
                str(ACTIVITIES[ActivityState(one["state"])].label),
                _money(one["budget"]), _money(one["spent"]),
            )
            for number, one in enumerate(figures["activities"], start=1)
        ),
    )  # fmt: skip


def _measured(figures: dict[str, Any]) -> dict[str, Any]:
    met = {True: "บรรลุ", False: "ไม่บรรลุ", None: "-"}
    return _table(
        "ผลตามตัวชี้วัด",
        (("ตัวชี้วัด", 0, False), ("เป้าหมาย", 22, True), ("ผล", 22, True),
         ("สรุป", 18, False), ("หลักฐาน", 42, False)),
        (
            (
                f"{one['name']} ({one['unit']})" if one["unit"] else one["name"],
                _number(one["target"]), _number(one["result"]) if one["result"] else "-",
                met[one["met"]], one["evidence"] or "-",
            )
            for one in figures["indicators"]
        ),
    )  # fmt: skip


def _counted(figures: dict[str, Any]) -> dict[str, Any]:
    return _table(
        "ผลงานที่ระบบนับได้",
        (("รายการ", 0, False), ("จำนวน", 30, True)),
        (
            (label, "-" if value is None else thai_digits(f"{value:,}"))
            for label, value in figures["counted"]
        ),
    )


def _date(day: date | None) -> str:
    return format_date(day, language="th", style="long", digits="thai") if day else ""


def _short(day: date) -> str:
    return format_date(day, language="th", style="short", digits="thai")


def _money(amount: Decimal | str) -> str:
    return thai_digits(f"{Decimal(amount):,.2f}")


def _number(amount: Decimal | str) -> str:
    value = Decimal(amount)
    plain = f"{value:,.0f}" if value == value.to_integral() else f"{value.normalize():,f}"
    return thai_digits(plain)
