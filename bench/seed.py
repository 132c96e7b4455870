"""Fills a database with an office of a given size, by bulk inserts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from assets.catalogue.models import AssetClass, Symptom
from assets.labels.codes import ALPHABET
from assets.labels.models import Tag
from assets.register import jobs as register
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket, TicketEntry, TicketInterval
from kernel import clock, thai
from kernel.db import count_filled, db
from kernel.work import work
from office.people.models import Person, RoleGrant
from office.places.models import Room, Unit

SCHOOLS, PEOPLE, ROOMS, CHUNK = 20, 400, 400, 4000
OPEN_SHARE = 0.03
WORDS = (
    "คอมพิวเตอร์ตั้งโต๊ะ", "โน้ตบุ๊ก", "เครื่องพิมพ์เลเซอร์", "จอภาพ 24 นิ้ว", "เครื่องฉายภาพ",
    "เครื่องสำรองไฟ", "กล้องวงจรปิด", "เครื่องปรับอากาศ", "อุปกรณ์กระจายสัญญาณ", "เครื่องเสียง",
)  # fmt: skip
FAULTS = (
    "เปิดไม่ติด", "พิมพ์ไม่ออก", "ภาพไม่ขึ้น", "เชื่อมต่ออินเทอร์เน็ตไม่ได้", "มีเสียงดังผิดปกติ",
    "กระดาษติด", "ไฟกะพริบ", "ลืมรหัสผ่าน", "ช้ามาก", "รีโมตไม่ทำงาน",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How large an office is measured."""

    name: str
    tickets: int
    items: int


SMALL = Size("20k", 20_000, 10_000)
LARGE = Size("1M", 1_000_000, 200_000)


def fill(size: Size) -> None:
    """Fill the empty database of the present application."""
    dice = random.Random(20_000)
    with work():
        connection = db.session.connection()
        _places_and_people(connection)
        insert_rows(connection, Asset, _items(size, dice))
        count_filled(Asset)
        insert_rows(connection, Tag, _tags(size))
    for start in range(1, size.tickets + 1, 100_000):
        with work():
            connection = db.session.connection()
            numbers = range(start, min(start + 100_000, size.tickets + 1))
            insert_rows(connection, Ticket, _tickets(numbers, size, dice))
            count_filled(Ticket)
            insert_rows(connection, TicketEntry, _entries(numbers))
            insert_rows(connection, TicketInterval, _intervals(numbers))
    register.keep_worths()
    _settle()


def _settle() -> None:
    """Give the engine what it would know after a night: sequences and statistics."""
    with work():
        connection = db.session.connection()
        if db.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("ANALYZE")
            return
        for model in (Unit, Person, Room, AssetClass, Symptom, Asset, Tag, Ticket, TicketEntry):
            name = model.__tablename__
            last = connection.execute(select(func.max(model.id))).scalar() or 1
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {int(last)})"
            )
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def insert_rows(connection: Connection, model: Any, rows: Iterator[dict[str, Any]]) -> None:  # noqa: ANN401 - a table class
    """Insert rows, a chunk at a time."""
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == CHUNK:
            connection.execute(insert(model), part)
            part = []
    if part:
        connection.execute(insert(model), part)


def _places_and_people(connection: Connection) -> None:
    units = [{"id": 1, "code": "00", "kind": "office", "name_th": "สำนักงานตัวอย่าง", "path": "/1/"}]
    units += [
        {
            "id": 1 + n,
            "code": f"{n:02}",
            "kind": "school",
            "name_th": f"โรงเรียนตัวอย่างที่ {n}",
            "parent_id": 1,
            "path": f"/1/{1 + n}/",
        }
        for n in range(1, SCHOOLS + 1)
    ]
    for unit in units:
        connection.execute(insert(Unit), unit)
    rooms = [
        {"id": n, "unit_id": 1 + n % 21, "name": f"ห้อง {n}", "name_key": f"ห้อง {n}"}
        for n in range(1, ROOMS + 1)
    ]
    connection.execute(insert(Room), rooms)
    people = [
        {
            "id": n,
            "name_th": f"บุคคลตัวอย่าง {n}",
            "unit_id": 1 + n % 21,
            "username": f"person{n}",
            "card_code": f"C{n:06}",
            "search_key": f"บุคคลตัวอย่าง {n} person{n}",
        }
        for n in range(1, PEOPLE + 1)
    ]
    connection.execute(insert(Person), people)
    grants = [{"person_id": n, "role": "technician"} for n in range(1, 9)]
    connection.execute(insert(RoleGrant), [*grants, {"person_id": 1, "role": "storekeeper"}])
    classes = [
        {"id": n, "code": f"7440-{n:03}", "name_th": word, "icon": "box-seam"}
        for n, word in enumerate(WORDS, 1)
    ]
    connection.execute(insert(AssetClass), classes)
    chips = [{"text_th": text, "text_en": text, "position": n} for n, text in enumerate(FAULTS)]
    connection.execute(insert(Symptom), chips)


def _items(size: Size, dice: random.Random) -> Iterator[dict[str, Any]]:
    now = clock.now()
    for n in range(1, size.items + 1):
        kind, unit = n % len(WORDS), 1 + n % 21
        number, serial = f"7440-{kind + 1:03}-{n:06}/69", f"SN{dice.randrange(10**8):08}"
        yield {
            "id": n,
            "asset_no": number,
            "asset_no_key": thai.code_key(number),
            "asset_no_sort": thai.natural_key(number),
            "name": WORDS[kind],
            "class_id": kind + 1,
            "serial_no": serial,
            "serial_key": serial,
            "owner_unit_id": unit,
            "holding_unit_id": unit,
            "room_id": 1 + n % ROOMS,
            "created_at": now,
            "search_key": thai.search_key(f"{number} {WORDS[kind]} {serial} ห้อง {1 + n % ROOMS}"),
        }


def code_of(item: int) -> str:
    """Return the tag code that the seed gives to an item."""
    base = len(ALPHABET)
    return "BENX" + "".join(ALPHABET[item // base**place % base] for place in range(4))


def _tags(size: Size) -> Iterator[dict[str, Any]]:
    now = clock.now()
    for n in range(1, size.items + 1):
        yield {"code": code_of(n), "asset_id": n, "created_at": now, "claimed_at": now}


def _tickets(numbers: range, size: Size, dice: random.Random) -> Iterator[dict[str, Any]]:
    now = clock.now()
    for n in numbers:
        item, fault = dice.randrange(1, size.items + 1), FAULTS[n % len(FAULTS)]
        is_open = n % 100 < OPEN_SHARE * 100
        opened = now - timedelta(minutes=(size.tickets - n) * 525_600 / size.tickets)
        word = WORDS[item % len(WORDS)]
        yield {
            "id": n,
            "number": f"ซ.{n}/2569",
            "token": f"seed-{n:012}",
            "asset_id": item,
            "unit_id": 1 + item % 21,
            "room_id": 1 + item % ROOMS,
            "subject": f"{word}: {fault}",
            "detail": f"แจ้งเมื่อใช้งานช่วงเช้า ลองปิดเปิดแล้วยังไม่หาย ครั้งที่ {n % 7 + 1}",
            "state": ("new" if n % 2 else "in_progress") if is_open else "closed",
            "state_since": opened,
            "reporter_id": 1 + n % PEOPLE,
            "assignee_id": None if is_open and n % 2 else 1 + n % 8,
            "language": "th",
            "opened_at": opened,
            "first_response_at": None if is_open and n % 2 else opened + timedelta(hours=1),
            "resolved_at": None if is_open else opened + timedelta(hours=20),
            "closed_at": None if is_open else opened + timedelta(hours=30),
            "next_due_at": opened + timedelta(days=3) if is_open else None,
            "outcome": "" if is_open else "fixed",
            "search_key": thai.search_key(f"ซ.{n}/2569 {word} {fault} โรงเรียนที่ {1 + item % 21}"),
        }


def _entries(numbers: range) -> Iterator[dict[str, Any]]:
    now = clock.now()
    for n in numbers:
        for act, to in (("accepted", "accepted"), ("started", "in_progress"), ("answered", "")):
            yield {
                "ticket_id": n,
                "at": now,
                "act": act,
                "actor_id": 1 + n % 8,
                "actor_name": f"บุคคลตัวอย่าง {1 + n % 8}",
                "actor_role": "technician",
                "body": "ตรวจสอบแล้ว กำลังดำเนินการ" if act == "answered" else "",
                "state_to": to,
            }


def _intervals(numbers: range) -> Iterator[dict[str, Any]]:
    now = clock.now()
    for n in numbers:
        if n % 100 >= OPEN_SHARE * 100:
            start = now - timedelta(hours=20)
            yield {"ticket_id": n, "state": "new", "started_at": start, "ended_at": now}
