"""Pages of paths: every kind with its steps, a preview, and writing a new edition."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel import thai
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.work import work
from office.approvals import access, kinds, queries
from office.approvals.forms import PathForm, fill_choices
from office.approvals.kinds import StepPlan
from office.approvals.rules import candidates
from office.approvals.rules import paths as rules
from office.approvals.states import PLACES, Place
from office.approvals.views.blueprint import blueprint
from office.people.access import ROLE_NAMES
from office.people.models import Person
from office.places import queries as places

BLANK_STEPS = 2


@blueprint.get("/approvals/paths")
@permit(access.PATHS)
def paths() -> ResponseReturnValue:
    """List the kinds of requests with their steps."""
    viewer().demand(access.PATHS)
    found = [(kind, rules.plan_for(kind)) for kind in kinds.registered()]
    return render_template("office/approvals/paths.html", paths=found, words=_words())


@blueprint.route("/approvals/paths/<kind>", methods=["GET", "POST"])
@permit(access.PATHS)
def path(kind: str) -> ResponseReturnValue:
    """Show a path with a preview, and write a new edition."""
    viewer().demand(access.PATHS)
    one = kinds.kind_of(kind)
    plan = rules.plan_for(one)
    units = places.choices()
    form = PathForm() if request.method == "POST" else _filled(plan)
    fill_choices(form, units, one)
    if form.accepted():
        with form.refusals():
            with work():
                rules.save(
                    one,
                    _typed_steps(form),
                    may_repeat=form.may_repeat.data,
                    seen_edition=form.seen_edition,
                    by=viewer(),
                )
            flash(_("Saved. Requests under way keep the path they began with."), "ok")
            return redirect(url_for("approvals.path", kind=kind))
    page = render_template(
        "office/approvals/path.html",
        kind=one,
        plan=plan,
        form=form,
        units=units,
        words=_words(),
        preview=_preview(plan),
        asked=request.args,
    )
    return page, form.status


def _words() -> dict[str, Any]:
    return {"places": PLACES, "roles": ROLE_NAMES, "named": (Place.PEOPLE, Place.GIVEN)}


def _filled(plan: rules.Plan) -> PathForm:
    names = _names(plan)
    form = PathForm(formdata=None, edition=str(plan.edition), may_repeat=plan.may_repeat)
    for number, step in enumerate(plan.steps, start=1):
        form.steps.append_entry(
            {
                "order": number,
                "name_th": step.name_th,
                "name_en": step.name_en,
                "place": step.place.value,
                "role": step.role,
                "unit": str(step.unit_id or ""),
                "slot": step.slot,
                "people": "\n".join(names.get(person_id, "") for person_id in step.people),
                "all_sign": "all" if step.all_sign else "",
                "above": step.above,
                "up_to": step.up_to,
                "variant": step.variant,
            }
        )
    for _number in range(BLANK_STEPS):
        form.steps.append_entry({"role": "approver"})
    return form


def _names(plan: rules.Plan) -> dict[int, str]:
    ids = [person_id for step in plan.steps for person_id in step.people]
    found = [db.session.get(Person, person_id) for person_id in ids]
    return {person.id: person.name_th for person in found if person is not None}


def _typed_steps(form: PathForm) -> list[StepPlan]:
    typed = [
        entry.form for entry in form.steps if entry.form.name_th.data and not entry.form.drop.data
    ]
    typed.sort(key=lambda step: step.order.data if step.order.data is not None else len(typed) + 1)
    return [_plan(number, step) for number, step in enumerate(typed, start=1)]


def _plan(number: int, step: Any) -> StepPlan:  # noqa: ANN401 - a StepForm
    unit = step.unit.data or ""
    return StepPlan(
        name_th=step.name_th.data,
        name_en=step.name_en.data or "",
        place=Place(step.place.data),
        role=step.role.data,
        unit_id=int(unit) if unit.isdecimal() else None,
        slot=step.slot.data or "",
        people=_people(number, step.people.data or ""),
        all_sign=step.all_sign.data == "all",
        above=step.above.data,
        up_to=step.up_to.data,
        variant=step.variant.data or "",
    )


def _people(number: int, typed: str) -> tuple[int, ...]:
    ids = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        person = queries.person_named(line)
        if person is None:
            raise Refusal(
                _(
                    "Step %(number)s: nobody here, or more than one person, is called “%(name)s”. "
                    "Try the user name.",
                    number=number,
                    name=line[:80],
                )
            )
        ids.append(person.id)
    return tuple(dict.fromkeys(ids))


def _preview(plan: rules.Plan) -> list[rules.Asking] | None:
    """Return the path of the request that the address asks about, None where it asks nothing."""
    unit = request.args.get("unit", "")
    if not unit.isdecimal() or len(unit) > 15:
        return None
    try:
        amount = thai.parse_money(request.args.get("amount", "") or "0")
    except ValueError:
        amount = Decimal(0)
    asked = candidates.Asked(0, int(unit), int(unit), {})
    return rules.preview(plan, asked, amount, request.args.get("variant", ""))
