"""Write down a licence, edit, renew and give it up; keep its files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from assets.licences.models import Licence, LicenceFile, Seat, Term
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_FILES = 50


def add(fields: Mapping[str, Any], *, by: Viewer) -> Licence:
    """Write down a licence with its first term.

    Args:
        fields: columns of ``Licence``; cost in baht for the term.
        by: who does it.

    Refuses a last day before the first.
    """
    _check_days(fields["starts_on"], fields["ends_on"])
    made = Licence(**fields)
    _derive(made)
    db.session.add(made)
    db.session.flush()  # its term names the licence
    _append_term(made, by=by)
    audit.record("added", made, by=by, after={k: v for k, v in fields.items() if v})
    return made


def edit(licence: Licence, changes: Mapping[str, Any], *, by: Viewer) -> None:
    """Change what is written down; days and cost mend the newest term too.

    Refuses a last day before the first, and fewer seats than are in use.
    """
    _check_days(changes["starts_on"], changes["ends_on"])
    if changes["seats"] is not None and used(licence) > changes["seats"]:
        raise Refusal(_("More seats are in use than that. Give some back first."), field="seats")
    audit.record_changes("edited", licence, dict(changes), by=by)
    _derive(licence)
    newest = licence.terms[0]
    newest.starts_on, newest.ends_on = licence.starts_on, licence.ends_on
    newest.cost, newest.contract_no = licence.cost, licence.contract_no


def renew(
    licence: Licence,
    starts_on: date,
    ends_on: date | None,
    *,
    cost: Decimal | None,
    contract_no: str,
    by: Viewer,
) -> None:
    """Append a term; the reminders begin anew with its last day.

    Refuses a licence that was given up or never ends, a last day before the first, and a term that
    does not reach beyond the present one.
    """
    if licence.given_up_on is not None:
        raise Refusal(_("This licence was given up. Take it up again first."))
    if licence.ends_on is None:
        raise Refusal(_("This licence has no end; there is nothing to renew."))
    _check_days(starts_on, ends_on)
    if ends_on is not None and ends_on <= licence.ends_on:
        raise Refusal(_("The new term has to end later than the present one."), field="ends_on")
    changes = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "cost": cost,
        "contract_no": contract_no,
    }
    audit.record_changes("renewed", licence, changes, by=by)
    _append_term(licence, by=by)
    _derive(licence)


def give_up(licence: Licence, why: str, *, by: Viewer) -> None:
    """Let a licence go; it is told of no more. Refuses without a reason, and twice."""
    if not why.strip():
        raise Refusal(_("Please write why it is given up."), field="words")
    if licence.given_up_on is not None:
        raise Refusal(_("This licence was given up already."))
    changes = {"given_up_on": clock.today(), "given_up_why": why.strip()}
    audit.record_changes("given_up", licence, changes, by=by)


def take_up(licence: Licence, *, by: Viewer) -> None:
    """Keep a licence again that was given up."""
    audit.record_changes("taken_up", licence, {"given_up_on": None, "given_up_why": ""}, by=by)


def add_file(licence: Licence, file: Mapping[str, Any], *, by: Viewer) -> None:
    """Add a checked file that lies in the store already: ``key``, ``media``, ``name``, ``size``.

    Refuses the 51st.
    """
    kept = select(func.count()).where(LicenceFile.licence_id == licence.id)
    if (db.session.scalar(kept) or 0) >= MOST_FILES:
        raise Refusal(_("Up to %(most)s files of one licence.", most=MOST_FILES), field="file")
    db.session.add(
        LicenceFile(licence_id=licence.id, added_at=clock.now(), by_name=by.name, **file)
    )
    audit.record("added_files", licence, by=by, after={"files": [file["name"]]})


def drop_file(licence: Licence, file: LicenceFile, *, by: Viewer) -> None:
    """Take a file out."""
    audit.record("dropped_file", licence, by=by, before={"file": file.name})
    db.session.delete(file)


def used(licence: Licence) -> int:
    """Return how many seats are in use."""
    count = select(func.count()).where(Seat.licence_id == licence.id, Seat.given_back_at.is_(None))
    return db.session.scalar(count) or 0


def next_term(licence: Licence) -> tuple[date, date | None]:
    """Return the days that a renewal is likely to have: as long again, from the day after."""
    if licence.ends_on is None:
        return licence.starts_on, None
    starts_on = licence.ends_on + timedelta(days=1)
    length = licence.ends_on - licence.starts_on
    years = round((length.days + 1) / 365.25)
    if years and abs((length.days + 1) - years * 365.25) <= 1:
        return starts_on, _years_later(starts_on, years) - timedelta(days=1)
    return starts_on, starts_on + length


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _append_term(licence: Licence, *, by: Viewer) -> None:
    db.session.add(
        Term(
            licence_id=licence.id,
            starts_on=licence.starts_on,
            ends_on=licence.ends_on,
            cost=licence.cost,
            contract_no=licence.contract_no,
            at=clock.now(),
            by_name=by.name,
        )
    )


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(_("The last day cannot be before the first."), field="ends_on")


def _derive(licence: Licence) -> None:
    parts = (licence.name, licence.contract_no, licence.account, licence.note)
    licence.search_key = thai.search_key(" ".join(part for part in parts if part))
