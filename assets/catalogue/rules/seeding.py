"""The classes of items that the service comes with, and the faults people report for each.

They are a beginning: kind codes differ between offices, so an office may rename, add and remove.
Seeding again adds only what is not there and never changes what an office has made of it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from sqlalchemy import select

from assets.catalogue.models import AssetClass, Symptom
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import audit

DATA = Path(__file__).resolve().parents[1] / "data"
GENERAL = ""


def seed_classes(by: Viewer) -> int:
    """Add the classes that are missing, by code, each with its symptoms.

    A class that stands already is left as the office has it, with its symptoms; symptoms that fit
    everything are added where there are none at all.

    Args:
        by: who does it, for the audit trail.

    Returns:
        how many classes are new.
    """
    known = {row.code: row.id for row in db.session.execute(select(AssetClass.code, AssetClass.id))}
    rows = [row for row in _rows("classes.csv") if row["code"] not in known]
    made = {row["code"]: _class_of(row) for row in rows}
    db.session.add_all(made.values())
    db.session.flush()  # wider classes and symptoms are named by id
    ids = known | {code: one.id for code, one in made.items()}
    for row in rows:
        made[row["code"]].parent_id = ids[row["parent"]] if row["parent"] else None
        audit.record(
            "classed", made[row["code"]], by=by, after={"code": row["code"], "name": row["name_th"]}
        )
    _seed_symptoms({code: one.id for code, one in made.items()})
    return len(made)


def _class_of(row: dict[str, str]) -> AssetClass:
    return AssetClass(
        code=row["code"],
        name_th=row["name_th"],
        name_en=row["name_en"],
        icon=row["icon"],
        useful_life_years=int(row["useful_life_years"]),
        loan_days=int(row["loan_days"]),
        lendable=row["lendable"] == "yes",
        service_months=int(row["service_months"]) if row["service_months"] else None,
    )


def _seed_symptoms(new_classes: dict[str, int]) -> None:
    class_ids: dict[str, int | None] = dict(new_classes)
    if db.session.scalar(select(Symptom.id).where(Symptom.class_id.is_(None)).limit(1)) is None:
        class_ids[GENERAL] = None
    positions: dict[str, int] = defaultdict(int)
    for row in _rows("symptoms.csv"):
        if row["class"] in class_ids:
            positions[row["class"]] += 1
            symptom = Symptom(
                class_id=class_ids[row["class"]],
                text_th=row["text_th"],
                text_en=row["text_en"],
                position=positions[row["class"]],
            )
            db.session.add(symptom)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
