"""What the four forms say, as plain values: it is signed, shown on cards and printed.

Nothing here depends on the language of the reader; days are ISO, amounts are texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from helpdesk.studies import parts
from helpdesk.studies.models import (
    Development,
    DevelopmentIndicator,
    Study,
    StudyFile,
    StudyRecord,
)
from helpdesk.studies.states import Better
from helpdesk.surveys import results
from kernel.documents import JPEG


def f12(record: StudyRecord, files: Sequence[StudyFile]) -> dict[str, Any]:
    """Return a record of a study."""
    return {
        "form": "F12",
        "number": record.paper_number,
        "day": record.studied_on.isoformat(),
        "title": record.topic,
        "unit": record.study.unit.name_th,
        "system": system_of(record),
        "person": record.recorder.name_th,
        "position": record.recorder.position,
        "words": _words(record, parts.F12),
        "files": _documents(files),
        "photos": _photos(files),
    }


def f14(
    study: Study, records: Sequence[tuple[StudyRecord, Sequence[StudyFile]]],
    files: Sequence[StudyFile],
) -> dict[str, Any]:  # fmt: skip
    """Return the report on a study: its finished records, and what follows from them."""
    return {
        "form": "F14",
        "number": study.report_number,
        "edition": study.edition,
        "day": study.begun_on.isoformat(),
        "title": study.title,
        "unit": study.unit.name_th,
        "system": system_of(study),
        "person": study.owner.name_th,
        "position": study.owner.position,
        "records": [f12(record, own) for record, own in records],
        "words": _words(study, parts.F14),
        "files": _documents(files),
        "photos": [*(one for _record, own in records for one in _photos(own)), *_photos(files)],
    }


def f15(work: Development, files: Sequence[StudyFile]) -> dict[str, Any]:
    """Return the record of a development."""
    return {
        "form": "F15",
        "number": work.number,
        "day": work.written_on.isoformat(),
        "title": work.title,
        "sort": str(work.sort),
        "whose": str(work.whose),
        "state": str(work.state),
        "unit": work.unit.name_th,
        "system": system_of(work),
        "person": work.owner.name_th,
        "position": work.owner.position,
        "starts_on": work.starts_on.isoformat(),
        "ends_on": work.ends_on.isoformat(),
        "budget": f"{work.budget:.2f}",
        "words": _words(work, parts.F15),
        "indicators": [_measured(one) for one in work.indicators],
        "files": _documents(files),
        "photos": _photos(files),
    }


def f16(work: Development, files: Sequence[StudyFile]) -> dict[str, Any]:
    """Return the report on a development: its record, results and satisfaction."""
    told = {**f15(work, ()), "form": "F16", "number": work.report_number, "edition": work.edition}
    mean, n, survey = satisfaction_of(work)
    del told["state"]
    return {
        **told,
        "finished_on": work.finished_on.isoformat() if work.finished_on else "",
        "words": {**told["words"], **_words(work, parts.F16)},
        "user_count": work.user_count,
        "satisfaction_mean": mean,
        "satisfaction_n": n,
        "survey": survey,
        "files": _documents(files),
        "photos": _photos(files),
    }


def satisfaction_of(work: Development) -> tuple[str, int | None, str]:
    """Return the mean satisfaction ("" where there is none), of how many, and the survey's title.

    Of a survey that too few have answered nothing is told (R-E3).
    """
    if work.survey is not None:
        found = results.of(work.survey)
        mean = found.whole.score.mean if found.whole and not found.hidden else None
        return ("" if mean is None else f"{mean:.2f}"), found.n, work.survey.title_th
    mean = work.satisfaction_mean
    return ("" if mean is None else f"{mean:.2f}"), work.satisfaction_n, ""


def system_of(thing: Study | StudyRecord | Development) -> str:
    """Return the Thai name of the system, of the register or as it was typed."""
    return thing.system.name_th if thing.system is not None else thing.system_name


def plain(number: Decimal) -> str:
    """Return a figure without trailing zeros."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def change(before: Decimal, after: Decimal | None) -> str:
    """Return by how many percent a figure has changed; "" where that cannot be said."""
    if after is None or not before:
        return ""
    return f"{(after - before) / abs(before) * 100:+.1f}"


def met(one: DevelopmentIndicator) -> bool | None:
    """Tell whether the target is reached; None while there is no figure."""
    if one.after is None:
        return None
    return one.after >= one.target if one.better == Better.MORE else one.after <= one.target


def _measured(one: DevelopmentIndicator) -> dict[str, Any]:
    return {
        "name": one.name,
        "unit": one.unit_word,
        "better": str(one.better),
        "before": plain(one.before),
        "target": plain(one.target),
        "after": "" if one.after is None else plain(one.after),
        "change": change(one.before, one.after),
        "met": met(one),
    }


def _words(thing: Study | StudyRecord | Development, names: Iterable[str]) -> dict[str, str]:
    return {name: getattr(thing, name) for name in names}


def _documents(files: Sequence[StudyFile]) -> list[str]:
    return [one.name for one in files if not one.thumbnail_key]


def _photos(files: Sequence[StudyFile]) -> list[dict[str, str]]:
    return [
        {"key": one.file_key, "caption": one.caption}
        for one in files
        if one.thumbnail_key and one.media == JPEG
    ]
