"""How long a change of many items takes: prepared, written, and taken back.

`python -m bench.together [--items 5000] [--engine sqlite|postgresql|both] [--profile FILE]`

Prints one line for each engine: CPU seconds of the process and of the database server, seconds by
the clock, and statements, for the preview, the writing and the taking back. The register holds
10,000 items. Other work on the machine lengthens the seconds, not the CPU's.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from assets.register.models import Asset
from assets.register.rules import bulk
from bench import seed
from bench.ground import PostgresGround, ground
from config import Settings
from helpdesk.app import create_app
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.people.models import Person

SIZE = seed.Size("10k_items", 0, 10_000)
COLLECTED_AFTER = (25_000, 20, 20)
WANTED = {
    "condition": "damaged",
    "note": "ตรวจแล้วเมื่อปลายปี",
    "warranty_until": date(2028, 9, 30),
}


class Costs:
    """What one part of the work cost, in seconds and statements."""

    def __init__(self, serving: Callable[[], float]) -> None:
        self._serving = serving
        self._statements = 0
        event.listen(Engine, "before_cursor_execute", self._count)

    def of(self, act: Callable[[], object]) -> dict[str, float]:
        """Do something and return what it cost."""
        self._statements = 0
        begun, used, served = time.monotonic(), time.process_time(), self._serving()
        act()
        return {
            "process_s": round(time.process_time() - used, 2),
            "server_s": round(self._serving() - served, 2),
            "clock_s": round(time.monotonic() - begun, 1),
            "statements": self._statements,
        }

    def _count(self, *_about: Any) -> None:  # noqa: ANN401 - SQLAlchemy's event
        self._statements += 1


def _measured(address: str, serving: Callable[[], float], items: int, profile: Path | None) -> Any:  # noqa: ANN401 - figures by their names
    with tempfile.TemporaryDirectory() as folder:
        environment = {"HELPDESK_DATABASE_URL": address, "HELPDESK_VAR_DIR": folder}
        app = create_app(Settings.from_environment({**environment, "HELPDESK_TIMETABLE": "off"}))
        _as_served()
        with app.app_context(), cProfile.Profile() if profile else nullcontext() as watched:
            try:
                return _figures(Costs(serving), items)
            finally:
                if profile and watched:
                    watched.dump_stats(profile)
                db.session.remove()
                db.engine.dispose()


def _as_served() -> None:
    """Let the collector of garbage look as seldom as in a web process (``gunicorn.conf.py``)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def _figures(costs: Costs, items: int) -> dict[str, Any]:
    keeper, person = Viewer(id=1, name="bench", grants={"storekeeper": None}), 7
    name = db.session.get_one(Person, person).name_th
    wanted = {**WANTED, "custodian_id": person, "custodian_text": name}
    ids = db.session.scalars(select(Asset.id).order_by(Asset.id).limit(items)).all()
    made: list[int] = []

    def prepare() -> None:
        with work():
            made.append(bulk.prepare(ids, wanted, by=keeper).id)

    def walk(step: Callable[..., bool]) -> None:
        more = True
        while more:
            with work():
                more = step(made[0], by=keeper)

    return {
        "preview": costs.of(prepare),
        "writing": costs.of(lambda: walk(bulk.apply_some)),
        "taking_back": costs.of(lambda: walk(bulk.undo_some)),
    }


def main() -> int:
    """Measure the engines that were asked for."""
    parser = argparse.ArgumentParser(prog="bench.together")
    parser.add_argument("--items", type=int, default=bulk.MOST)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--profile", type=Path, help="also keep what cProfile says here")
    chosen = parser.parse_args()
    engines = ("sqlite", "postgresql") if chosen.engine == "both" else (chosen.engine,)
    for engine in engines:
        with ground(engine) as databases:
            databases.seeded(SIZE, fresh=False)
            serving = databases.server.cpu if isinstance(databases, PostgresGround) else float
            figures = _measured(databases.copied(SIZE), serving, chosen.items, chosen.profile)
            print(json.dumps({"engine": engine, "items": chosen.items, **figures}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
