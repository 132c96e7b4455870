"""Pages of the access log: searching, checking the chain, orders, handing out, my own data."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from kernel import downloads
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.tables import Column, Kind
from kernel.work import check_version, work
from office.access_log import access, queries, rules
from office.access_log.forms import HandOutForm, HoldForm, SearchForm
from office.access_log.models import AccessEntry
from office.access_log.queries import A_PAGE, Wanted
from office.access_log.states import ACTIONS, TONES, Action
from office.approvals.queries import person_named
from office.bookkeeping import words
from office.people import access as people

blueprint = Blueprint("access_log", __name__)

FILTERS = ("person", "about", "action", "address", "first", "last")
NOBODY = 0


@blueprint.get("/access-log")
@permit(access.SEE)
def entries() -> ResponseReturnValue:
    """List the entries that fit, newest first."""
    form, wanted = _search()
    rows = queries.entries(viewer(), wanted)
    return render_template(
        "office/access_log/entries.html",
        form=form,
        filtered=any(request.args.get(name) for name in FILTERS),
        wanted=wanted,
        asked={name: request.args.get(name) for name in FILTERS if request.args.get(name)},
        verdict=queries.verify() if "verify" in request.args else None,
        **_shown(rows),
    )


def thing(kind: str) -> str:
    """Return the word for what an entry is about; a page that has none is told by its address."""
    return "" if "." in kind else words.kind(kind)


def _shown(rows: Sequence[AccessEntry]) -> dict[str, object]:
    page = rows[:A_PAGE]
    return {
        "rows": page,
        "older": page[-1].id if len(rows) > A_PAGE else None,
        "names": queries.names_of(page),
        "actions": ACTIONS,
        "tones": TONES,
        "thing": thing,
    }


def _search() -> tuple[SearchForm, Wanted]:
    """Return the filters of the address; a name that nobody has finds nothing."""
    asked = ((name, request.args.get(name, "").replace("\0", "")) for name in FILTERS)
    form = SearchForm(MultiDict(asked))
    form.action.choices = [("", _("anything")), *((one.value, ACTIONS[one]) for one in Action)]
    form.validate()
    return form, Wanted(
        person_id=_person(form.person.data),
        about_id=_person(form.about.data),
        action=form.action.data if form.action.data in tuple(Action) else "",
        address=(form.address.data or "")[:45],
        first=form.first.data,
        last=form.last.data,
        before=_before(),
    )


def _person(typed: str | None) -> int | None:
    if not typed:
        return None
    found = person_named(typed)
    return found.id if found else NOBODY


def _before() -> int | None:
    raw = request.args.get("before", "")
    return int(raw) if raw.isdecimal() and len(raw) < 16 else None


@blueprint.route("/access-log/hand-out", methods=["GET", "POST"])
@permit(access.SEE)
def hand_out() -> ResponseReturnValue:
    """Give the entries that fit to somebody who may ask for them, as a workbook."""
    form = HandOutForm()
    _form, wanted = _search()
    if form.accepted():
        with form.refusals():
            with work():
                rules.hand_out(
                    wanted, form.receiver.data or "", form.reason.data or "", by=viewer()
                )
            rows = queries.all_entries(viewer(), wanted)
            return downloads.table(
                "xlsx", _columns(), rows, name=_("Access log"), plain_name="access-log"
            )
    asked = {name: value for name, value in request.args.items() if name in FILTERS and value}
    return render_template("office/access_log/hand_out.html", form=form, asked=asked), form.status


def _columns() -> list[Column[AccessEntry]]:
    return [
        Column(_("Number"), lambda one: one.id, Kind.WHOLE),
        Column(_("When"), lambda one: one.at, Kind.MOMENT),
        Column(_("Person (number in the system)"), lambda one: one.person_id, Kind.WHOLE),
        Column(_("Source address"), lambda one: one.address),
        Column(_("Device"), lambda one: one.device),
        Column(_("What was done"), lambda one: str(ACTIONS[Action(one.action)])),
        Column(
            _("To what"), lambda one: f"{thing(one.subject_kind)} {one.subject_id or ''}".strip()
        ),
        Column(_("Page"), lambda one: one.path),
        Column(_("Seal"), lambda one: one.hash, width=66),
    ]


@blueprint.route("/access-log/holds", methods=["GET", "POST"])
@permit(access.SEE)
def holds() -> ResponseReturnValue:
    """Show how long entries are kept and the orders to keep them longer; write one down."""
    form = HoldForm()
    if form.accepted():
        with form.refusals():
            viewer().demand(access.HOLD)
            with work():
                rules.hold(
                    form.ends_on.data, form.reason.data or "", form.letter.data or "", by=viewer()
                )
            flash(_("Written down. Entries are kept until then."), "ok")
            return redirect(url_for("access_log.holds"))
    page = render_template(
        "office/access_log/holds.html",
        form=form,
        holds=queries.holds(),
        days=current_app.extensions["settings"].access_log_days,
        purge=queries.last_purge(),
        may_hold=viewer().may(access.HOLD),
    )
    return page, form.status


@blueprint.post("/access-log/holds/<int:hold_id>/lift")
@permit(access.HOLD)
def lift(hold_id: int) -> ResponseReturnValue:
    """End an order."""
    form = ActionForm()
    form.insist()
    with work():
        one = access.hold_lifted(hold_id)
        if form.version.data:
            check_version(one.version, form.seen_version)
        rules.lift(one, by=viewer())
    flash(_("The order has ended."), "ok")
    return redirect(url_for("access_log.holds"))


@blueprint.get("/profile/looks")
@permit(access.MINE)
def mine() -> ResponseReturnValue:
    """Show who looked at the viewer's own data."""
    rows = queries.looks_at(viewer(), viewer().id or NOBODY, _before())
    return render_template("office/access_log/looks.html", person=None, **_shown(rows))


@blueprint.get("/people/<int:person_id>/looks")
@permit(access.SEE)
def looks(person_id: int) -> ResponseReturnValue:
    """Show who looked at the data of a person."""
    person = people.person_seen(viewer(), person_id)
    rows = queries.looks_at(viewer(), person.id, _before())
    return render_template("office/access_log/looks.html", person=person, **_shown(rows))
