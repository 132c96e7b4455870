"""The papers of a meeting as PDF: the memo that invites, the minutes.

Both are in Thai with Thai digits; the bilingual variant has English beside what is not typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from helpdesk.minutes.models import (
    AgendaItem,
    Meeting,
    MeetingFile,
    MeetingPerson,
    MeetingTask,
)
from helpdesk.minutes.states import DUTIES, Duty, Presence, State
from kernel import clock
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine

FOLDER = Path(__file__).parent / "paper"


@dataclass(frozen=True)
class Who:
    """Somebody on a list of the paper."""

    name: str
    position: str = ""
    duty: str = ""
    note: str = ""


@dataclass(frozen=True)
class Item:
    """One item with what was said, resolved, and the tasks it gave."""

    number: str
    title: str
    detail: str = ""
    minutes: str = ""
    resolution: str = ""
    tasks: Sequence[str] = ()
    files: Sequence[str] = ()


@dataclass(frozen=True)
class Sheet:
    """A meeting as its papers tell of it."""

    body: str
    number: str
    unit: str
    starts_at: datetime
    place: str
    items: Sequence[Item]
    present: Sequence[Who] = ()
    absent: Sequence[Who] = ()
    attending: Sequence[Who] = ()
    invited: Sequence[Who] = ()
    began_at: datetime | None = None
    ended_at: datetime | None = None
    secretary: Who = field(default_factory=lambda: Who(""))
    chair: Who = field(default_factory=lambda: Who(""))
    adopted: str = ""
    draft: bool = False


def sheet_of(
    meeting: Meeting,
    people: Sequence[MeetingPerson],
    items: Sequence[AgendaItem],
    tasks: Sequence[MeetingTask],
    files: Sequence[MeetingFile] = (),
) -> Sheet:
    """Return a meeting as its papers tell of it."""
    with speaking("th"):
        told = {one.id: _who(one) for one in people}
        inner = [one for one in people if one.duty != Duty.GUEST]
        there = (Presence.PRESENT, Presence.DEPUTY)
        adopted = _date(meeting.adopted_on) if meeting.adopted_on else ""
        return Sheet(
            body=meeting.body,
            number=meeting.number,
            unit=meeting.unit.name_th,
            starts_at=meeting.starts_at,
            place=meeting.place,
            items=[_item(one, tasks, files) for one in items],
            present=[told[one.id] for one in inner if one.presence in there],
            absent=[told[one.id] for one in inner if one.presence == Presence.ABSENT],
            attending=[
                told[one.id] for one in people if one.duty == Duty.GUEST and one.presence in there
            ],
            invited=list(told.values()),
            began_at=meeting.began_at,
            ended_at=meeting.ended_at,
            secretary=_first(people, Duty.SECRETARY, told)
            or Who(meeting.owner.name_th, meeting.owner.position),
            chair=_first(people, Duty.CHAIR, told) or Who(""),
            adopted=adopted,
            draft=meeting.state == State.HELD,
        )


def _first(people: Sequence[MeetingPerson], duty: Duty, told: dict[int, Who]) -> Who | None:
    return next((told[one.id] for one in people if one.duty == duty), None)


def _who(one: MeetingPerson) -> Who:
    note = f"{one.deputy} (แทน)" if one.presence == Presence.DEPUTY else one.remark
    return Who(one.name, one.position, str(DUTIES[Duty(one.duty)]), note)


def _item(item: AgendaItem, tasks: Sequence[MeetingTask], files: Sequence[MeetingFile]) -> Item:
    mine = [
        f"{one.what} ผู้รับผิดชอบ {one.person.name_th} ภายในวันที่ {_date(one.due_on)}"
        for one in tasks
        if one.item_id == item.id or (one.item_id is None and item.section == 5 and not item.place)
    ]
    papers = [one.caption or one.name for one in files if one.item_id == item.id]
    return Item(item.number, item.title, item.detail, item.minutes, item.resolution, mine, papers)


def invitation(sheet: Sheet, *, office: str) -> bytes:
    """Print the memo that invites to a meeting, with its agenda."""
    data = {
        **_head(sheet, office),
        "invited": [_plain(one) for one in sheet.invited],
        "owner": sheet.secretary.name,
        "owner_position": sheet.secretary.position,
    }
    return engine.render(FOLDER / "invitation.typ", data)


def minutes(sheet: Sheet, *, office: str) -> bytes:
    """Print the minutes of a meeting."""
    data = {
        **_head(sheet, office),
        "present": [_plain(one) for one in sheet.present],
        "absent": [_plain(one) for one in sheet.absent],
        "attending": [_plain(one) for one in sheet.attending],
        "began": _clock(sheet.began_at),
        "ended": _clock(sheet.ended_at),
        "secretary": _plain(sheet.secretary),
        "chair": _plain(sheet.chair),
        "adopted": sheet.adopted,
        "draft": sheet.draft,
    }
    return engine.render(FOLDER / "minutes.typ", data)


def _head(sheet: Sheet, office: str) -> dict[str, Any]:
    return {
        "office": office,
        "english": _english(),
        "unit": sheet.unit,
        "body": sheet.body,
        "number": thai_digits(sheet.number),
        "day": _weekday(sheet.starts_at),
        "time": _clock(sheet.starts_at),
        "place": thai_digits(sheet.place),
        "items": [_plain_item(one) for one in sheet.items],
    }


def _english() -> dict[str, str]:
    """Return the English of the words that only these papers have, by the Thai ones."""
    told = {}
    for words in DUTIES.values():
        with speaking("th"):
            thai = str(words)
        with speaking("en"):
            told[thai] = str(words)
    return {
        **told,
        "ผู้จดรายงานการประชุม": "Minutes taken by",
        "ผู้ตรวจรายงานการประชุม": "Minutes checked by",
    }


def _plain_item(one: Item) -> dict[str, Any]:
    return {
        "number": thai_digits(one.number),
        "title": thai_digits(one.title),
        "section": "." not in one.number,
        "detail": _lines(one.detail),
        "minutes": _lines(one.minutes),
        "resolution": _lines(one.resolution),
        "tasks": list(one.tasks),
        "files": [thai_digits(file) for file in one.files],
    }


def _plain(one: Who) -> dict[str, str]:
    return {"name": one.name, "position": one.position, "duty": one.duty, "note": one.note}


def _lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()]


def _date(day: date) -> str:
    return format_date(day, language="th", style="long", digits="thai")


def _weekday(moment: datetime) -> str:
    day = clock.local(moment).date()
    names = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
    return f"วัน{names[day.weekday()]}ที่ {_date(day)}"


def _clock(moment: datetime | None) -> str:
    return thai_digits(f"{clock.local(moment):%H.%M}") if moment else ""
