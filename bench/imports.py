"""How long a large workbook takes into the register, and how much memory.

`python -m bench.imports [--rows 20000] [--engine sqlite|postgresql|both] [--keep FILE]`

Prints one line for each engine: seconds and CPU seconds of the preview and of the writing, and the
most memory that the process held. Other work on the machine lengthens the seconds, not the CPU's.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from assets.register.rules import import_runs
from config import Settings
from helpdesk.app import create_app
from kernel import schema
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.places.models import Unit
from tests import databases

ROWS = 20_000
ROOM_SHARE = 0.15
LOW_SHARE = 0.2
BENCH = Viewer(name="bench")
HEAD = (
    "ลำดับ", "หมายเลขครุภัณฑ์", "รายการ", "ยี่ห้อ", "รุ่น", "หมายเลขเครื่อง", "วัน เดือน ปี ที่ได้มา",
    "ราคา/หน่วย", "แหล่งเงิน", "สถานที่", "ผู้รับผิดชอบ", "สภาพ", "หมายเหตุ",
)  # fmt: skip
LOW_HEAD = ("ลำดับ", "เลขครุภัณฑ์", "รายการ", "จำนวน", "หน่วยนับ", "ราคา", "วันที่ได้มา", "หมายเหตุ")
ROOM_HEAD = ("ที่", "หมายเลขครุภัณฑ์", "รายการ", "สภาพ")
THINGS = (
    ("7440-001", "เครื่องคอมพิวเตอร์โน้ตบุ๊ก", "Acer", "TravelMate P214", 22000),
    ("7440-002", "เครื่องคอมพิวเตอร์ สำหรับงานประมวลผล แบบที่ 1", "Dell", "OptiPlex 3000", 24000),
    ("7440-003", "เครื่องพิมพ์เลเซอร์ ขาวดำ", "Brother", "HL-L2370DN", 8900),
    ("7430-004", "จอภาพ ขนาด 24 นิ้ว", "Samsung", "LS24", 4300.5),
    ("7110-005", "ตู้เหล็กเก็บเอกสาร 2 บาน", "Elite", "", 5500),
    ("5820-006", "เครื่องฉายภาพโปรเจคเตอร์", "Epson", "EB-E01", 15900),
    ("4120-007", "เครื่องปรับอากาศ แบบแยกส่วน", "Daikin", "FTKQ18", 27000),
)
MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


def workbook(path: Path, rows: int) -> None:
    """Write a register of so many rows, the same one each time: main list, low values, rooms."""
    dice = random.Random(rows)
    low, room = int(rows * LOW_SHARE), int(rows * ROOM_SHARE)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        things = _register(book.add_worksheet("ทะเบียนคุม"), rows - low - room, dice)
        _low_values(book.add_worksheet("ต่ำกว่าเกณฑ์"), low, dice)
        _rooms(book.add_worksheet("ห้อง"), things[:room], dice)


def _register(page: Any, rows: int, dice: random.Random) -> list[tuple[str, str]]:  # noqa: ANN401 - XlsxWriter ships no types
    page.write(0, 0, "ทะเบียนคุมทรัพย์สิน สำนักงานเขตพื้นที่การศึกษาตัวอย่าง")
    page.write_row(1, 0, HEAD)
    things = []
    for index in range(rows):
        code, name, brand, model, price = dice.choice(THINGS)
        number = f"{code}-{index:05}/{dice.randint(55, 69)}"
        day = f"{dice.randint(1, 28)} {dice.choice(MONTHS)} {dice.randint(2555, 2568)}"
        things.append((number, name))
        values = (
            index + 1, number, name, brand, model, f"SN{index:07}", day, price,
            dice.choice(("เงินงบประมาณ", "เงินรายได้สถานศึกษา", "บริจาค")),
            f"ห้อง {dice.randint(101, 340)}", "", dice.choice(("ใช้งานได้", "ชำรุด", "ดี")), "",
        )  # fmt: skip
        page.write_row(index + 2, 0, values)
    return things


def _low_values(page: Any, rows: int, dice: random.Random) -> None:  # noqa: ANN401
    page.write_row(0, 0, LOW_HEAD)
    for index in range(rows):
        first, count = index * 10, dice.choice((1, 1, 1, 2, 5))
        number = f"7105-010-{first:06}"
        if count > 1:
            number += f" ถึง {first + count - 1:06}"
        day = f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{dice.randint(2555, 2568)}"
        values = (index + 1, number, "เก้าอี้สำนักงาน", count, "ตัว", 1200, day, "")
        page.write_row(index + 1, 0, values)


def _rooms(page: Any, things: list[tuple[str, str]], dice: random.Random) -> None:  # noqa: ANN401
    page.write(0, 0, "ครุภัณฑ์ประจำห้องประชุม")
    page.write_row(1, 0, ROOM_HEAD)
    for index, (number, name) in enumerate(things):
        values = (index + 1, number, name, dice.choice(("ใช้งานได้", "ชำรุด")))
        page.write_row(index + 2, 0, values)


def _timed(act: Callable[[], Any]) -> tuple[float, float, Any]:
    begun, used = time.monotonic(), time.process_time()
    made = act()
    return time.monotonic() - begun, time.process_time() - used, made


def _measure(url: str, path: Path, told: Any) -> None:  # noqa: ANN401 - one end of a pipe
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "HELPDESK_VAR_DIR": folder,
            "HELPDESK_DATABASE_URL": url,
            "HELPDESK_ENVIRONMENT": "test",
        }
        app = create_app(Settings.from_environment(environment))
        with app.app_context():
            told.send(_figures(path))


def _figures(path: Path) -> dict[str, float]:
    schema.move("head")
    with work():
        unit = Unit(kind="office", code="OFFICE", name_th="สำนักงานตัวอย่าง", path="/1/")
        db.session.add(unit)
        db.session.flush()  # the path of a unit holds its id
        unit.path = f"/{unit.id}/"
        record = import_runs.keep(unit, "", path.name, by=BENCH)
    seen, seen_cpu, examined = _timed(lambda: _plan(record, path))
    done, done_cpu, _nothing = _timed(lambda: _apply(record, path))
    del examined
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": record.rows_total,
        "preview_s": round(seen, 1),
        "preview_cpu_s": round(seen_cpu, 1),
        "apply_s": round(done, 1),
        "apply_cpu_s": round(done_cpu, 1),
        "memory_mb": round(most),
    }


def _plan(record: Any, path: Path) -> None:  # noqa: ANN401 - an import
    examined = import_runs.examine(record, path)
    with work():
        import_runs.note_plan(record, examined)
        import_runs.begin(record, take_over=False, seen_version=record.version, by=BENCH)


def _apply(record: Any, path: Path) -> None:  # noqa: ANN401 - an import
    examined = import_runs.examine(record, path)
    for act in import_runs.Writing(record.id, examined.outcomes, BENCH).acts(record):
        with work():
            act()


def main() -> int:
    """Measure the engines that were asked for."""
    parser = argparse.ArgumentParser(prog="bench.imports")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--keep", type=Path, help="also keep the workbook here")
    chosen = parser.parse_args()
    engines = ("sqlite", "postgresql") if chosen.engine == "both" else (chosen.engine,)
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "register.xlsx"
        workbook(path, chosen.rows)
        for engine in engines:
            print(json.dumps({"engine": engine, **_of_engine(engine, Path(folder), path)}))
    return 0


def _of_engine(engine: str, folder: Path, path: Path) -> dict[str, float]:
    """Measure in a process of its own, so that one engine's memory is not the other's."""
    cluster = None
    url = f"sqlite:///{folder / 'bench.sqlite3'}"
    if engine == "postgresql":
        cluster = databases.start_cluster()
        url = databases.create_database(cluster.url)
    heard, told = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(url, path, told))
    process.start()
    told.close()
    try:
        figures: dict[str, float] = heard.recv()
        return figures
    finally:
        process.join()
        if cluster is not None:
            cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
