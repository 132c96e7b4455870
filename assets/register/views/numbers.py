"""Pages of asset numbers: the patterns in force, setting one with a preview."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from assets.catalogue import queries as catalogue
from assets.register import access, numbering, queries
from assets.register.forms import PatternForm
from assets.register.number_models import NumberPattern
from assets.register.numbering import Parts, Pattern
from assets.register.rules import numbers
from kernel import clock
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.places.models import Unit

blueprint = Blueprint("numbers", __name__)
EXAMPLES = 4
LOOK = "look"


@blueprint.get("/register/numbers")
@permit(access.SEE)
def patterns() -> ResponseReturnValue:
    """Show how numbers are made, for each unit that the person may see."""
    me = viewer()
    set_by = {
        row.unit_id: row
        for row in db.session.scalars(
            select(NumberPattern).where(me.scope(access.SEE).clause(NumberPattern.unit_id))
        )
    }
    units = [unit for unit in queries.units_with_items(me) if me.may(access.SEE, unit.id)]
    rows = db.session.scalars(
        select(Unit).where(Unit.id.in_([unit.id for unit in units])).order_by(Unit.path)
    ).all()
    return render_template(
        "assets/register/numbers/patterns.html",
        units=rows,
        set_by=set_by,
        default=Pattern(),
        may_set={unit.id for unit in rows if me.may(access.NUMBER, unit.id)},
    )


@blueprint.route("/register/numbers/<int:unit_id>", methods=["GET", "POST"])
@permit(access.NUMBER)
def set_pattern(unit_id: int) -> ResponseReturnValue:
    """Set the pattern of a unit; a preview shows what would come of it."""
    unit = _unit(unit_id)
    pattern, source = numbers.pattern_of(unit)
    own = source is not None and source.id == unit.id
    form = PatternForm(obj=pattern, version=str(_version(unit)))
    looked = bool(request.form.get(LOOK))
    if not looked and form.accepted():
        with form.refusals():
            with work():
                unit = _unit(unit_id)
                check_version(_version(unit), form.seen_version)
                numbers.set_pattern(unit, form.pattern(), by=viewer())
            flash(_("New numbers follow this pattern; numbers given before stay."), "ok")
            return redirect(url_for("numbers.patterns"))
        unit = _unit(unit_id)
        form.stand_at(_version(unit))
    shown = form.pattern() if form.is_submitted() else pattern
    examples: list[tuple[str, str, str]] = []
    if not form.errors:
        with form.refusals():
            numbering.check(shown)
            examples = _examples(unit, shown)
    return render_template(
        "assets/register/numbers/pattern.html",
        form=form,
        unit=unit,
        own=own,
        source=source,
        examples=examples,
        action_form=ActionForm(),
    ), form.status


@blueprint.post("/register/numbers/<int:unit_id>/forget")
@permit(access.NUMBER)
def forget_pattern(unit_id: int) -> ResponseReturnValue:
    """Let a unit follow the pattern of the unit above it."""
    ActionForm().insist()
    with work():
        numbers.forget_pattern(_unit(unit_id), by=viewer())
    flash(_("The unit follows the pattern above it again."), "ok")
    return redirect(url_for("numbers.patterns"))


def _unit(unit_id: int) -> Unit:
    unit = db.session.get(Unit, unit_id)
    if unit is None or not viewer().may(access.NUMBER, unit_id):
        raise NotFound(_("There is no such unit."))
    return unit


def _version(unit: Unit) -> int:
    """Return the version of the unit's own pattern; 0 where it has none."""
    row = db.session.scalar(select(NumberPattern).where(NumberPattern.unit_id == unit.id))
    return row.version if row else 0


def _examples(unit: Unit, pattern: Pattern) -> list[tuple[str, str, str]]:
    """Return for a few classes their name, the first number and the hundredth of the next year."""
    today = clock.today()
    next_year = today.replace(year=today.year + 1, day=1)
    classes = [one for one in catalogue.classes(retired=False) if "-" in one.code]
    if not classes:
        raise Refusal(_("Add a class to the catalogue first; its code is a part of the number."))
    shown: list[tuple[str, str, str]] = []
    for one in classes[:EXAMPLES]:
        first = Parts(one.code, unit.code, pattern.prefix, today)
        later = Parts(one.code, unit.code, pattern.prefix, next_year)
        shown.append((one.name, pattern.render(first, 1), pattern.render(later, 100)))
    return shown
