"""Pages of the calendar: the closed days of a year, opening hours."""

from __future__ import annotations

import zlib
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.errors import NotAllowed
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext
from kernel.work import check_version, work
from office.calendar import access, queries, rules
from office.calendar.forms import (
    SOURCE_NAMES,
    ClosedDayForm,
    HolidaysForm,
    HoursForm,
    OpenDayForm,
)
from office.places.access import unit_seen

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/calendar")
@permit(access.SEE)
def year() -> ResponseReturnValue:
    """Show the closed days of a year and the opening hours."""
    shown = _year(request.args.get("year"))
    calendar = queries.calendar_for(around=date(shown, 7, 1))
    open_days = calendar.open_days(date(shown, 1, 1), date(shown, 12, 31))
    return render_template(
        "office/calendar/year.html",
        year=shown,
        year_told=shown + thai.BUDDHIST_OFFSET if language() == "th" else shown,
        days=queries.days_of_year(shown),
        open_days=open_days,
        hours=calendar.hours,
        form=HolidaysForm(formdata=None, year=str(shown)),
        sources=SOURCE_NAMES,
        scope=viewer().scope(access.EDIT),
    )


def _year(asked: str | None) -> int:
    this = clock.today().year
    if not asked or not asked.isdecimal() or len(asked) != 4:
        return this
    return min(max(int(asked), rules.FIRST_YEAR), rules.LAST_YEAR)


def _demand_whole_office() -> None:
    if viewer().scope(access.EDIT).units is not None:
        raise NotAllowed(_("Only an administrator of the whole office may change this."))


@blueprint.post("/calendar/holidays")
@permit(access.EDIT)
def seed_holidays() -> ResponseReturnValue:
    """Take the public holidays of a year."""
    form = HolidaysForm()
    shown = _year(form.year.data)
    form.insist()
    _demand_whole_office()
    with work():
        made = rules.seed_holidays([shown], by=viewer())
    told = ngettext("%(number)s day is added.", "%(number)s days are added.", made)
    flash(told if made else _("All known public holidays stand here already."), "ok")
    return redirect(url_for("calendar.year", year=shown))


@blueprint.route("/calendar/close", methods=["GET", "POST"])
@permit(access.EDIT)
def close_day() -> ResponseReturnValue:
    """Close a day for the office or a unit."""
    form = ClosedDayForm()
    form.offer(viewer().scope(access.EDIT))
    if form.accepted():
        with form.refusals():
            unit_id = int(form.unit_id.data) if form.unit_id.data else None
            with work():
                viewer().demand(access.EDIT, unit_id)
                row = rules.close_day(
                    form.day.data,
                    form.name_th.data or "",
                    reason=form.reason.data or "",
                    by=viewer(),
                    unit=unit_seen(unit_id) if unit_id else None,
                    name_en=form.name_en.data or "",
                    source=form.source.data,
                )
            flash(_("The day is closed."), "ok")
            return redirect(url_for("calendar.year", year=row.day.year))
    return render_template("office/calendar/close_day.html", form=form), form.status


@blueprint.route("/calendar/<int:day_id>/open", methods=["GET", "POST"])
@permit(access.EDIT)
def open_day(day_id: int) -> ResponseReturnValue:
    """Make a closed day a working day again."""
    row = access.day_edited(viewer(), day_id)
    form = OpenDayForm()
    if form.accepted():
        with form.refusals():
            with work():
                row = access.day_edited(viewer(), day_id)
                rules.open_day(row, reason=form.reason.data or "", by=viewer())
            flash(_("The day is a working day."), "ok")
            return redirect(url_for("calendar.year", year=row.day.year))
        row = access.day_edited(viewer(), day_id)
    return render_template("office/calendar/open_day.html", form=form, row=row), form.status


@blueprint.route("/calendar/hours", methods=["GET", "POST"])
@permit(access.EDIT)
def set_hours() -> ResponseReturnValue:
    """Set the opening hours of the week."""
    _demand_whole_office()
    form = HoursForm()
    if form.accepted():
        with form.refusals():
            with work():
                check_version(_hours_version(), form.seen_version)
                rules.set_hours(form.hours(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("calendar.year"))
        form.stand_at(_hours_version())
    elif not form.is_submitted():
        form.show(queries.hours(), queries.OFFICE_DAY)
        form.version.data = str(_hours_version())
    return render_template("office/calendar/hours.html", form=form), form.status


def _hours_version() -> int:
    """Return a number that differs where the hours differ; seven rows have no version of one."""
    return zlib.crc32(repr(sorted(queries.hours().items())).encode())
