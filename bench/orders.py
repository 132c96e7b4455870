"""What a page of the list of items costs in the order of each column.

`python -m bench.orders [--items 200000] [--engine sqlite|postgresql|both] [--keep FOLDER]
[--column KEY ...] [--by-number]`

Prints a table: the first page, one in the middle and the last one of the whole list, of the good
items only, of one unit, and of what somebody sees whose rights reach one unit; pages behind the
first are opened from the page before, or `--by-number`. CPU time of the
process and, on PostgreSQL, of the server's process that answers it; the best of three, in
milliseconds.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text, update

from assets.register import access, columns, in_step, list_queries
from assets.register import jobs as register
from assets.register.filters import Filters
from assets.register.models import Asset, Hold, sort_key_of
from assets.register.states import Condition, HoldKind, Lifecycle
from bench import cluster, seed
from config import Settings
from helpdesk.app import create_app
from kernel import clock, schema
from kernel.access import Viewer
from kernel.db import db
from kernel.pages import Mark
from kernel.work import work

ITEMS, TRIES, CHUNK, SCHOOL = 200_000, 3, 4000, 2
EVERYBODY = Viewer(id=1, name="bench", grants={"storekeeper": None, "auditor": None})
ONE_SCHOOL = Viewer(id=2, name="bench", grants={"storekeeper": frozenset({SCHOOL})})
LISTS = {
    "whole": (EVERYBODY, Filters()),
    "good ones": (EVERYBODY, Filters(condition=Condition.GOOD)),
    "one unit": (EVERYBODY, Filters(unit_id=SCHOOL)),
    "rights of one unit": (ONE_SCHOOL, Filters()),
}
BRANDS = ("Acer", "Dell", "HP", "Lenovo", "Epson", "Brother", "Daikin", "ลัคกี้", "เอเซอร์", "")
NOTES = ("ย้ายมาจากห้องเดิม", "ขาดสายไฟ", "เปลี่ยนอะไหล่แล้ว")
HELD = (HoldKind.LOAN, HoldKind.LOAN, HoldKind.LOAN, HoldKind.REPAIR)


def main() -> int:
    """Measure on each engine that was asked for."""
    parser = argparse.ArgumentParser(prog="bench.orders")
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--keep", type=Path, help="where the databases stay for the next run")
    parser.add_argument("--column", action="append", help="only these columns")
    parser.add_argument("--by-number", action="store_true", help="open pages by their number alone")
    chosen = parser.parse_args()
    engines = ("sqlite", "postgresql") if chosen.engine == "both" else (chosen.engine,)
    for engine in engines:
        place = nullcontext(chosen.keep) if chosen.keep else tempfile.TemporaryDirectory()
        with place as folder, _database(engine, Path(folder), chosen.items) as address:
            keys = chosen.column or [*columns.COLUMNS]
            _measure(engine, address, chosen.items, keys, by_number=chosen.by_number)
    return 0


@contextmanager
def _database(engine: str, folder: Path, items: int) -> Iterator[str]:
    """Give the address of a database with so many items, filled where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"orders_{items}"
    if engine == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    with cluster.running(folder / "postgresql") as server:
        if name not in server.databases():
            server.command(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        yield server.address(name)


def _measure(
    engine: str, address: str, items: int, keys: Sequence[str], *, by_number: bool
) -> None:
    environment = {"HELPDESK_DATABASE_URL": address, "HELPDESK_TIMETABLE": "off"}
    with tempfile.TemporaryDirectory() as var:
        app = create_app(Settings.from_environment({**environment, "HELPDESK_VAR_DIR": var}))
        with app.app_context():
            if not schema.is_newest():
                schema.move("head")
            if not list_queries.count(Filters()):
                seed.fill(seed.Size("orders", 0, items))
                _dress(items)
            register.keep_worths()
            lasts = [_pages(viewer, filters) for viewer, filters in LISTS.values()]
            print(f"\n{engine}, {items:,} items\n")
            print(f"| ordered by | {' | '.join(LISTS)} |")
            print(f"| --- |{' --- |' * len(LISTS)}", flush=True)
            for key in keys:
                cells = [
                    " / ".join(
                        _milliseconds(engine, key, viewer, filters, page, by_number=by_number)
                        for page in (1, last // 2, last)
                    )
                    for (viewer, filters), last in zip(LISTS.values(), lasts, strict=True)
                ]
                print(f"| {key} | {' | '.join(cells)} |", flush=True)
            db.session.remove()
            db.engine.dispose()


def _pages(viewer: Viewer, filters: Filters) -> int:
    found = list_queries.count(filters, access.visible(viewer))
    return max((found - 1) // list_queries.PAGE + 1, 2)


def _milliseconds(
    engine: str, key: str, viewer: Viewer, filters: Filters, page: int, *, by_number: bool
) -> str:
    """Return the milliseconds of a page, the dearer of both directions."""
    shown, taken, watch = columns.chosen(()), [], _watch(engine)
    for sign in ("", "-"):
        sorted_by = Filters(**{**vars(filters), "sort": f"{sign}{key}"})
        tries, mark = [], None
        if page > 1 and not by_number:
            before = list_queries.items(sorted_by, shown, viewer, page=page - 1)
            mark = Mark(before[: list_queries.PAGE][-1].id)
        for _turn in range(TRIES):
            start = watch()
            list_queries.items(sorted_by, shown, viewer, page=page, mark=mark)
            tries.append(watch() - start)
            db.session.rollback()
        taken.append(min(tries))
    return f"{max(taken) * 1000:.0f}"


def _watch(engine: str) -> Callable[[], float]:
    """Return what tells the seconds of CPU that were spent so far, those of the server too."""
    if engine == "sqlite":
        return time.process_time
    server = db.session.scalar(text("SELECT pg_backend_pid()"))
    spent = Path(f"/proc/{server}/schedstat")
    return lambda: time.process_time() + int(spent.read_text().split()[0]) / 1e9


def _dress(items: int) -> None:
    """Give the cards of a seeded register what those of an office have, and some holds."""
    dice, today = random.Random(items), clock.today()
    for start in range(1, items + 1, CHUNK):
        numbers = range(start, min(start + CHUNK, items + 1))
        with work():
            db.session.execute(update(Asset), [_card(n, dice, today) for n in numbers])
    now = clock.now()
    held = [
        {"asset_id": n, "kind": HELD[n % len(HELD)], "reference": f"ย.{n}", "since": now}
        for n in range(7, items, 31)
    ]
    with work():
        connection = db.session.connection()
        connection.execute(insert(Hold), held)
        in_step.keep_all(connection)
    register.keep_worths()
    with work():
        connection = db.session.connection()
        if db.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("ANALYZE")
            return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
        plain.exec_driver_sql("VACUUM ANALYZE")


def _card(number: int, dice: random.Random, today: date) -> dict[str, Any]:
    brand = dice.choice(BRANDS)
    custodian = dice.randrange(1, seed.PEOPLE + 1) if dice.random() < 0.5 else None
    by_name = f"ครูตัวอย่าง {dice.randrange(900)}" if dice.random() < 0.5 else ""
    name = f"บุคคลตัวอย่าง {custodian}" if custodian else by_name
    note = f"{dice.choice(NOTES)} {dice.randrange(900)}" if dice.random() < 0.3 else ""
    model = f"{brand} {dice.randrange(60)}" if brand else ""
    return {
        "id": number,
        "version": 1,
        "room_id": number % 21 + 21 * dice.randrange(1, 19),
        "brand": brand,
        "model": model,
        "price": Decimal(dice.randrange(900, 60_000)),
        "quantity": dice.choice((1, 1, 1, 1, 4)),
        "acquired_on": today - timedelta(days=dice.randrange(6000)),
        "useful_life_years": dice.choice((3, 5, 8)),
        "custodian_id": custodian,
        "custodian_text": "" if custodian else by_name,
        "condition": dice.choices([*Condition], (80, *(4,) * (len(Condition) - 1)))[0],
        "lifecycle": dice.choices((Lifecycle.IN_SERVICE, Lifecycle.DISPOSED), (90, 10))[0],
        "fund_type": dice.choice(("budget", "donation", "")),
        "vendor_name": f"ร้านตัวอย่าง {dice.randrange(80)}" if dice.random() < 0.4 else "",
        "doc_ref": f"ส.{dice.randrange(9000)}/2569" if dice.random() < 0.4 else "",
        "warranty_until": today + timedelta(days=dice.randrange(900)) if number % 3 else None,
        "note": note,
        "brand_sort": sort_key_of(brand),
        "model_sort": sort_key_of(model),
        "note_sort": sort_key_of(note),
        "custodian_sort": sort_key_of(name),
    }


if __name__ == "__main__":
    raise SystemExit(main())
