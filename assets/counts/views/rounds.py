"""Pages of rounds: the list, the plan, the committee, opening, ending, closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.counts import access, dates
from assets.counts.forms import AppointForm, OrderForm, PapersForm, ReasonForm
from assets.counts.models import Member, Round
from assets.counts.queries import rooms as rooms_to_walk
from assets.counts.queries import rounds as queries
from assets.counts.rules import closing, opening, planning, reviewing
from assets.counts.rules.planning import Appointment
from assets.counts.states import DUTIES, ROUNDS, Duty, RoundAction, RoundState
from assets.counts.views.blueprint import blueprint
from assets.counts.views.walking import progress_of
from kernel import clock, thai
from kernel.access import Permission, permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import ngettext
from kernel.pages import page_number, paged
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places import queries as places
from office.places.access import unit_seen

LONGEST_ID = 12
ROOM_STATES = {
    rooms_to_walk.LEFT: _l("not begun"),
    rooms_to_walk.BEGUN: _l("begun"),
    rooms_to_walk.DONE: _l("done"),
}


@blueprint.get("")
@permit(access.SCAN)
def rounds() -> ResponseReturnValue:
    """List the rounds: of the own units, and those on whose committee one is."""
    number = page_number()
    return render_template(
        "assets/counts/rounds.html",
        page=paged(queries.rounds(viewer(), number), number, queries.PAGE),
        faces=ROUNDS.faces,
        may_plan=viewer().may(access.PLAN),
        to_walk=queries.rounds_to_walk(viewer()),
        urgency=dates.urgency,
        today=clock.today(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@permit(access.PLAN)
def plan() -> ResponseReturnValue:
    """Plan a round: write down the order of the head."""
    me, form = viewer(), OrderForm()
    form.unit_id.choices = [(int(k), name) for k, name in places.choices(me.scope(access.PLAN))]
    if not form.is_submitted():
        form.fiscal_year.data = thai.fiscal_year(clock.today()) - (clock.today().month in (10, 11))
        form.unit_id.data = me.unit_id
        form.first_day_counts.data = queries.first_day_counts(me)
    if form.accepted():
        with form.refusals():
            with work():
                address = bookkeeping.spend_key(form.act_key)
                if address is None:
                    one = planning.plan(_appointment(form), by=me)
                    address = url_for("counts.show", round_id=one.id)
                    bookkeeping.settle_key(form.act_key, address)
            flash(_("The round is planned. Name the committee next."), "ok")
            return redirect(address)
    return render_template("assets/counts/plan.html", form=form, one=None), form.status


def _appointment(form: OrderForm, one: Round | None = None) -> Appointment:
    unit = unit_seen(one.unit_id if one else form.unit_id.data)
    return Appointment(
        unit_id=unit.id,
        unit_ids=tuple(planning.units_of(one))
        if one
        else planning.units_covered(unit, form.covers.data or "unit"),
        fiscal_year=one.fiscal_year if one else form.fiscal_year.data or 0,
        order_no=form.order_no.data or "",
        ordered_on=form.ordered_on.data,
        appointer_name=form.appointer_name.data or "",
        appointer_position=form.appointer_position.data or "",
        first_day_counts=bool(form.first_day_counts.data),
    )


@blueprint.route("/<int:round_id>/edit", methods=["GET", "POST"])
@permit(access.PLAN)
def edit(round_id: int) -> ResponseReturnValue:
    """Change the order of a planned round."""
    one = access.round_under(viewer(), round_id, access.PLAN)
    ROUNDS.target(RoundState(one.state), RoundAction.EDIT)
    form = OrderForm(obj=one)
    form.unit_id.choices = [(one.unit_id, one.unit.name)]
    if not form.is_submitted():
        form.version.data = str(one.version)
    else:
        form.unit_id.data, form.fiscal_year.data = one.unit_id, one.fiscal_year
        form.covers.data = form.covers.data or "unit"
    if form.accepted():
        with form.refusals():
            with work():
                one = access.round_under(viewer(), round_id, access.PLAN)
                check_version(one.version, form.seen_version)
                planning.edit(one, _appointment(form, one), by=viewer())
            flash(_("The order has been changed."), "ok")
            return redirect(url_for("counts.show", round_id=round_id))
        one = access.round_under(viewer(), round_id, access.PLAN)
    form.stand_at(one.version)
    return render_template("assets/counts/plan.html", form=form, one=one), form.status


@blueprint.get("/<int:round_id>")
@permit(access.SCAN)
def show(round_id: int) -> ResponseReturnValue:
    """Show a round: its days, its committee, its rooms with their progress."""
    return _page(access.round_seen_by(viewer(), round_id))


def _page(one: Round, form: Any = None, status: int = 200) -> ResponseReturnValue:  # noqa: ANN401 - one of the forms of this page
    me, state = viewer(), RoundState(one.state)
    members = queries.members_of(one)
    may_plan = all(me.may(access.PLAN, unit_id) for unit_id in planning.units_of(one))
    typed = request.args.get("person", "")[:100]
    units = queries.units_of(one)
    page = render_template(
        "assets/counts/round.html",
        one=one,
        face=ROUNDS.faces[state],
        members=members,
        units=units,
        unit_choices=[(unit.id, unit.name) for unit in units],
        room_states=[*ROOM_STATES.items()],
        **(progress_of(one, members) if one.opened_at else {}),
        undecided=queries.undecided(one) if state == RoundState.REVIEWING else 0,
        duties=DUTIES,
        appoint=AppointForm(formdata=None),
        found=queries.people_to_appoint(one, typed) if may_plan else [],
        typed=typed,
        reason=form if isinstance(form, ReasonForm) else ReasonForm(formdata=None),
        papers=form if isinstance(form, PapersForm) else PapersForm(formdata=None, obj=one),
        button=_button(one),
        acts={action.value for action in ROUNDS.actions(state)},
        may_plan=may_plan,
        member=next((member for member in members if member.person_id == me.id), None),
        in_time=dates.is_appointed_in_time(one.ordered_on, one.fiscal_year),
        urgency=dates.urgency(one.due_on, clock.today()),
        today=clock.today(),
    )
    return page, status


def _button(one: Round) -> ActionForm:
    form = ActionForm(formdata=None)
    form.version.data = str(one.version)
    return form


def _acted(
    round_id: int, form: ActionForm, act: Callable[[Round], object], right: Permission
) -> ResponseReturnValue:
    """Act on a round under a right; a refusal rises where the form is only a button."""
    with work():
        one = access.round_under(viewer(), round_id, right)
        if form.version.data:
            check_version(one.version, form.seen_version)
        act(one)
    return redirect(url_for("counts.show", round_id=round_id))


@blueprint.post("/<int:round_id>/committee")
@permit(access.PLAN)
def appoint(round_id: int) -> ResponseReturnValue:
    """Put a person on the committee."""
    form = AppointForm()
    form.insist()
    said = form.person_id.data or ""
    person = (
        db.session.get(Person, int(said)) if said.isdecimal() and len(said) < LONGEST_ID else None
    )
    if person is None:
        raise NotFound(_("There is no such person."))

    def act(one: Round) -> None:
        who = db.session.get_one(Person, person.id)
        planning.appoint(one, who, Duty(form.duty.data), by=viewer())

    return _acted(round_id, form, act, access.PLAN)


@blueprint.post("/<int:round_id>/committee/<int:member_id>/discharge")
@permit(access.PLAN)
def discharge(round_id: int, member_id: int) -> ResponseReturnValue:
    """Take a person off the committee."""
    form = ActionForm()
    form.insist()

    def act(one: Round) -> None:
        member = db.session.get(Member, member_id)
        if member is None or member.round_id != one.id:
            raise NotFound(_("There is no such person."))
        planning.discharge(one, member, by=viewer())

    return _acted(round_id, form, act, access.PLAN)


@blueprint.post("/<int:round_id>/open")
@permit(access.PLAN)
def open_round(round_id: int) -> ResponseReturnValue:
    """Freeze the list and let the committee begin."""
    form = ActionForm()
    form.insist()
    answer = _acted(round_id, form, lambda one: opening.open_round(one, by=viewer()), access.PLAN)
    flash(_("The round is open. The list is frozen from now on."), "ok")
    return answer


@blueprint.post("/<int:round_id>/cancel")
@permit(access.PLAN)
def cancel(round_id: int) -> ResponseReturnValue:
    """Cancel a planned round."""
    form = ReasonForm()
    if form.accepted():
        with form.refusals():
            return _acted(
                round_id,
                form,
                lambda one: planning.cancel(one, form.reason.data or "", by=viewer()),
                access.PLAN,
            )
    return _page(access.round_under(viewer(), round_id, access.PLAN), form, form.status)


@blueprint.post("/<int:round_id>/end")
@permit(access.REVIEW)
def end_counting(round_id: int) -> ResponseReturnValue:
    """End the counting and begin the review."""
    form = ActionForm()
    form.insist()
    made: list[int] = []
    _acted(
        round_id,
        form,
        lambda one: made.append(reviewing.end_counting(one, by=viewer())),
        access.REVIEW,
    )
    flash(
        ngettext(
            "The counting has ended. %(number)s difference is to be reviewed.",
            "The counting has ended. %(number)s differences are to be reviewed.",
            made[0],
        ),
        "ok",
    )
    return redirect(url_for("counts.review", round_id=round_id))


@blueprint.post("/<int:round_id>/papers")
@permit(access.REVIEW)
def papers_sent(round_id: int) -> ResponseReturnValue:
    """Write down when the report and its copies went out."""
    form = PapersForm()
    if form.accepted():
        with form.refusals():

            def act(one: Round) -> None:
                closing.note_papers(
                    one,
                    reported_on=form.reported_on.data,
                    auditor_copy_on=form.auditor_copy_on.data,
                    parent_copy_on=form.parent_copy_on.data,
                    by=viewer(),
                )

            return _acted(round_id, form, act, access.REVIEW)
    return _page(access.round_under(viewer(), round_id, access.REVIEW), form, form.status)


@blueprint.post("/<int:round_id>/close")
@permit(access.REVIEW)
def close(round_id: int) -> ResponseReturnValue:
    """Close the round."""
    form = ActionForm()
    form.insist()
    answer = _acted(round_id, form, lambda one: closing.close(one, by=viewer()), access.REVIEW)
    flash(_("The round is closed."), "ok")
    return answer
