"""Two addresses for whoever watches over the service: is it alive, is it ready.

``/healthz`` asks nothing but the process itself. ``/readyz`` asks what requests need: the
database, its tables at the newest step, a place to store files, and somebody who runs the
timetable; and it names the jobs that are late or failing. Both answer JSON without a word about
people.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from helpdesk.timetable import scheduler, watch
from kernel import clock, schema
from kernel.access import public
from kernel.db import db
from kernel.files import store
from office.bookkeeping import lease

log = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)
# Within a minute another process takes the timetable over; only then something is wrong.
TAKING_OVER = timedelta(seconds=60)
OK, OFF, FAILED, DEGRADED = "ok", "off", "failed", "degraded"


@blueprint.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Tell that the process answers."""
    return jsonify(status=OK)


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Tell whether requests can be served, part by part; 503 where one part fails."""
    parts = {name: _answer_of(name, check) for name, check in CHECKS.items()}
    good = all(answer in (OK, OFF) for answer in parts.values())
    jobs = _answer_of("jobs", _jobs) if good and parts["timetable"] == OK else OFF
    # Pages can be served while a job is late: the answer says so without taking the service away.
    status = FAILED if not good else DEGRADED if jobs not in (OK, OFF) else OK
    return jsonify(status=status, **parts, jobs=jobs), 200 if good else 503


def _answer_of(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except (SQLAlchemyError, OSError) as error:
        log.warning("not ready: %s: %s", name, error)
        return FAILED
    finally:
        db.session.rollback()


def _database() -> str:
    db.session.execute(text("SELECT 1"))
    return OK


def _migrations() -> str:
    return OK if schema.is_newest() else FAILED


def _storage() -> str:
    store().check()
    return OK


def _timetable() -> str:
    settings: Settings = current_app.extensions["settings"]
    if not settings.timetable:
        return OFF
    standing = lease.held(scheduler.LEASE)
    fresh = standing is not None and standing.until > clock.now() - TAKING_OVER
    return OK if fresh else FAILED


def _jobs() -> str:
    found = watch.troubles()
    return ", ".join(f"{one.job.name} {one.kind}" for one in found) or OK


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "storage": _storage,
    "timetable": _timetable,
}
