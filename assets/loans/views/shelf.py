"""The shelf: what may be borrowed, how many are free on which day, and the way to the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access, free_days, lenders, requests, shelf
from assets.loans.request_forms import PutForm
from assets.loans.rules import asking
from assets.loans.shelf import Thing, Wanted
from assets.loans.views.blueprint import blueprint
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged, show_date
from kernel.paths import whole
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.calendar import queries as calendar
from office.places.models import Unit

FURTHEST_MONTHS = 12
WEEK = 7
MONTHS = {f"{number:02}" for number in range(1, 13)}


def _day(raw: str | None) -> date | None:
    try:
        return thai.parse_date(raw) if raw else None
    except ValueError:
        return None


def _window() -> tuple[date, date]:
    """Return the half-open days that are looked at: those asked for, else the next open day."""
    today = clock.today()
    first = _day(request.args.get("from")) or calendar.next_open_day(today)
    first = max(first, today)
    end = _day(request.args.get("to"))
    return first, end if end is not None and end > first else first + timedelta(days=1)


def _lender(units: list[Unit], wanted: int | None) -> Unit | None:
    return next((unit for unit in units if unit.id == wanted), units[0] if units else None)


@blueprint.get("/loans/things")
@permit(access.ASK)
def things() -> ResponseReturnValue:
    """Show what one unit lends, with how many are free on the days looked at."""
    args, number = request.args, page_number()
    units = list(lenders.lenders(viewer()))
    unit = _lender(units, whole(args.get("unit")))
    first, end = _window()
    words = thai.normalize(args.get("q", "").replace("\0", ""))[:100]
    class_id = whole(args.get("class"))
    wanted = Wanted(first, end, words, class_id)
    return render_template(
        "assets/loans/things.html",
        units=units,
        unit=unit,
        page=paged(shelf.things(unit.id, wanted, number) if unit else [], number, shelf.PAGE),
        kits=shelf.kits(unit.id) if unit and not words and class_id is None else (),
        classes=shelf.classes_on(unit.id) if unit else (),
        class_id=class_id,
        words=words,
        first=first,
        end=end,
        asked_days="from" in args,
        drafts=requests.drafts(viewer()),
        form=ActionForm(formdata=None),
    )


@dataclass(frozen=True)
class Cell:
    """One day of the month as the calendar draws it."""

    day: date
    free: int | None
    open: bool
    asked: bool


@blueprint.get("/loans/things/<int:unit_id>/<kind>/<int:number>")
@permit(access.ASK)
def thing(unit_id: int, kind: str, number: int) -> ResponseReturnValue:
    """Show one thing with a month of days and how many are free on each."""
    first, end = _window()
    found, unit = _thing(unit_id, kind, number, first, end)
    month = _month(request.args.get("month"), first)
    form = PutForm(formdata=None, first=first, end=end)
    return render_template(
        "assets/loans/thing.html",
        thing=found,
        unit=unit,
        first=first,
        end=end,
        month_name=show_date(month, "long").split(" ", 1)[1],
        weeks=_weeks(found, month, first, end),
        before=_other_month(month, -1),
        after=_other_month(month, 1),
        items=shelf.items_in(found.pool),
        may_kits=viewer().may(access.KEEP_KITS, unit_id),
        kits=shelf.kits(unit_id) if viewer().may(access.KEEP_KITS, unit_id) else (),
        form=form,
    )


def _thing(unit_id: int, kind: str, number: int, first: date, end: date) -> tuple[Thing, Unit]:
    """Return a thing of a unit that the viewer may ask, and that unit.

    Raises:
        NotFound: there is none, or it is another school's.
    """
    pool = shelf.pool_named(unit_id, kind, number)
    unit = next((one for one in lenders.open_to(viewer()) if one.id == unit_id), None)
    found = shelf.thing(pool, first, end) if pool and unit else None
    if found is None or unit is None:
        raise NotFound(_("This is not lent here."))
    return found, unit


def _month(raw: str | None, fallback: date) -> date:
    """Return the first day of the month that the address asks for, within a year from today."""
    today = clock.today().replace(day=1)
    year, dash, month = (raw or "").partition("-")
    wanted = fallback.replace(day=1)
    if dash and len(year) == 4 and year.isdecimal() and month in MONTHS and int(year) > 0:
        wanted = date(int(year), int(month), 1)
    last = today
    for _each in range(FURTHEST_MONTHS):
        last = _next_month(last)
    return min(max(wanted, today), last)


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _other_month(month: date, step: int) -> str | None:
    """Return the month before or after as the address says it; None outside of the year."""
    other = _next_month(month) if step > 0 else (month - timedelta(days=1)).replace(day=1)
    said = f"{other.year}-{other.month:02}"
    return said if _month(said, other) == other else None


def _weeks(shown: Thing, month: date, first: date, end: date) -> list[list[Cell | None]]:
    """Return the days of a month in weeks from Monday; None where a week is of another month."""
    open_days, today = calendar.calendar_for(shown.pool.unit_id, month), clock.today()
    cells: list[Cell | None] = [None] * month.weekday()
    day = month
    while day.month == month.month:
        free = max(free_days.on(shown.steps, day), 0) if day >= today else None
        cells.append(Cell(day, free, open_days.is_open(day), first <= day < end))
        day += timedelta(days=1)
    cells += [None] * (-len(cells) % WEEK)
    return [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]


@blueprint.get("/loans/things/<int:unit_id>/<kind>/<int:number>/photo.jpg")
@permit(access.ASK)
def thing_photo(unit_id: int, kind: str, number: int) -> ResponseReturnValue:
    """Send the small photo of a thing."""
    today = clock.today()
    found, _unit = _thing(unit_id, kind, number, today, today + timedelta(days=1))
    if not found.thumbnail_key:
        raise NotFound(_("There is no photo of this."))
    answer = Response(store().read(found.thumbnail_key), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@blueprint.post("/loans/things/<int:unit_id>/<kind>/<int:number>/put")
@permit(access.ASK)
def put(unit_id: int, kind: str, number: int) -> ResponseReturnValue:
    """Put so many of a thing, or one certain item, on the list."""
    form = PutForm()
    form.insist()
    pool = shelf.pool_named(unit_id, kind, number)
    if pool is None:
        raise NotFound(_("This is not lent here."))
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        draft = asking.put(
            pool, form.quantity.data or 0, by=viewer(), asset_id=whole(form.asset.data)
        )
        if draft.from_on is None and form.first.data and form.end.data:
            draft.from_on, draft.to_on = form.first.data, form.end.data
        here = url_for("loans.write", request_id=draft.id)
        bookkeeping.settle_key(form.act_key, here)
    return redirect(here)


@blueprint.post("/loans/kits/<int:kit_id>/put")
@permit(access.ASK)
def put_kit(kit_id: int) -> ResponseReturnValue:
    """Put everything of a kit on the list."""
    form = ActionForm()
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        draft = asking.put_kit(lenders.kit_offered_to(viewer(), kit_id), by=viewer())
        here = url_for("loans.write", request_id=draft.id)
        bookkeeping.settle_key(form.act_key, here)
    return redirect(here)
