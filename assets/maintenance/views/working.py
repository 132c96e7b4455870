"""The page of the work on one item, and the reading of meters."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from assets.maintenance import access, queries
from assets.maintenance.forms import MeterForm, ReasonForm, WorkForm, work_form
from assets.maintenance.models import Answer, MeterReading, Occurrence, Plan, PlanItem, Step
from assets.maintenance.rules import doing
from assets.maintenance.rules.doing import Said
from assets.maintenance.states import OCCURRENCES, OPEN, Every, State, StepKind
from assets.maintenance.views.blueprint import blueprint
from assets.register.models import Asset
from config import Settings
from kernel import clock
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.images import clean_photo
from kernel.sending import send_kept
from kernel.work import work


@blueprint.route("/maintenance/work/<int:occurrence_id>", methods=["GET", "POST"])
@permit(access.DO)
def work_on(occurrence_id: int) -> ResponseReturnValue:
    """Show the checklist of one item, and take its answers."""
    found = access.occurrence_done(viewer(), occurrence_id)
    plan = queries.plan_with_steps(found.item.plan_id)
    form = work_form(plan)
    answers = queries.answers_of(found)
    if not form.is_submitted():
        _show(form, plan, answers)
    if form.accepted():
        with form.refusals():
            photos = {
                step.id: _photo(step) for step in plan.asked_steps if step.kind == StepKind.PHOTO
            }
            with work():
                one = access.occurrence_done(viewer(), occurrence_id, locked=True)
                _take(form, one, photos)
                db.session.flush()  # finishing reads the answers
                doing.finish(
                    one,
                    minutes=form.minutes.data,
                    cost=form.cost.data,
                    note=form.note.data or "",
                    by=viewer(),
                )
                visit_id, repair = one.visit_id, one.repair_number
            opened = _("Done. A repair was opened: %(number)s", number=repair)
            flash(opened if repair else _("Done."), "ok")
            return redirect(_back(visit_id))
    return _work_page(found, plan, form, answers)


def _work_page(
    found: Occurrence, plan: Plan, form: WorkForm, answers: dict[int, Answer]
) -> ResponseReturnValue:
    page = render_template(
        "assets/maintenance/work.html",
        form=form,
        skipping=ReasonForm(formdata=None),
        occurrence=found,
        plan=plan,
        asset=found.item.asset,
        answers=answers,
        face=OCCURRENCES.faces[State(found.state)],
        is_open=found.state in OPEN,
        back=_back(found.visit_id),
    )
    return page, form.status


@blueprint.post("/maintenance/work/<int:occurrence_id>/skip")
@permit(access.DO)
def skip(occurrence_id: int) -> ResponseReturnValue:
    """Leave out this date of the item, with the reason."""
    form = ReasonForm()
    form.insist()
    with work():
        one = access.occurrence_done(viewer(), occurrence_id, locked=True)
        doing.skip(one, form.reason.data or "", by=viewer())
        visit_id = one.visit_id
    flash(_("Left out, with its reason. The next date comes as it would have."), "ok")
    return redirect(_back(visit_id))


@blueprint.get("/maintenance/answers/<int:answer_id>/photo")
@permit(access.SEE)
def photo(answer_id: int) -> ResponseReturnValue:
    """Send the photo of an answer to whoever sees the item's maintenance."""
    found = db.session.scalar(
        select(Answer.photo_key)
        .join(Occurrence, Occurrence.id == Answer.occurrence_id)
        .join(PlanItem, PlanItem.id == Occurrence.item_id)
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(Answer.id == answer_id, Answer.photo_key != "", access.seen_items(viewer()))
    )
    if found is None:
        raise NotFound(_("There is no such photo."))
    return send_kept(found, media="image/jpeg", name="photo.jpg", inline=True)


@blueprint.route("/items/<int:asset_id>/meter", methods=["GET", "POST"])
@permit(access.READ_METER)
def meter(asset_id: int) -> ResponseReturnValue:
    """Write down what a meter of an item shows."""
    asset = _item(asset_id)
    form = MeterForm()
    if not form.is_submitted():
        form.meter.data, form.read_on.data = _usual_meter(asset_id), clock.today()
    if form.accepted():
        with form.refusals():
            with work():
                doing.read_meter(
                    _item(asset_id),
                    form.meter.data or "",
                    form.value.data or 0,
                    on=form.read_on.data,
                    replaced=bool(form.replaced.data),
                    client_id=form.act_key,
                    by=viewer(),
                )
            flash(_("The reading is written down."), "ok")
            return redirect(url_for("register.item", asset_id=asset_id))
    past = db.session.scalars(
        select(MeterReading)
        .where(MeterReading.asset_id == asset_id)
        .order_by(MeterReading.id.desc())
        .limit(20)
    ).all()
    page = render_template("assets/maintenance/meter.html", form=form, asset=asset, past=past)
    return page, form.status


def _item(asset_id: int) -> Asset:
    reached = viewer().scope(access.READ_METER).clause(Asset.holding_unit_id)
    found = db.session.scalar(select(Asset).where(Asset.id == asset_id, reached))
    if found is None:
        raise NotFound(_("There is no such item, or it belongs to another school."))
    return found


def _usual_meter(asset_id: int) -> str:
    return (
        db.session.scalar(
            select(Plan.meter)
            .join(PlanItem, PlanItem.plan_id == Plan.id)
            .where(PlanItem.asset_id == asset_id, Plan.counts == Every.METER)
            .limit(1)
        )
        or ""
    )


def _show(form: WorkForm, plan: Plan, answers: dict[int, Answer]) -> None:
    for step in plan.asked_steps:
        answer = answers.get(step.id)
        if answer is None:
            continue
        form[f"step_{step.id}"].data = "good" if answer.good else "bad"
        form[f"step_{step.id}_note"].data = answer.note
        if step.kind == StepKind.READING:
            form[f"step_{step.id}_reading"].data = answer.reading


def _take(form: WorkForm, occurrence: Occurrence, photos: dict[int, tuple[str, str]]) -> None:
    for step in occurrence.item.plan.asked_steps:
        said = form[f"step_{step.id}"].data
        reading = form[f"step_{step.id}_reading"].data if step.kind == StepKind.READING else None
        photo_key, thumbnail_key = photos.get(step.id, ("", ""))
        if said is None and reading is None and not photo_key:
            continue
        answer = Said(
            step.id,
            good=said != "bad",
            reading=reading,
            note=form[f"step_{step.id}_note"].data or "",
            photo_key=photo_key,
            thumbnail_key=thumbnail_key,
        )
        doing.answer(occurrence, answer, by=viewer())


def _photo(step: Step) -> tuple[str, str]:
    """Clean and keep the photo that was sent for a step, before the unit of work."""
    settings: Settings = current_app.extensions["settings"]
    for file in sent_files(f"step_{step.id}_photo"):
        cleaned = clean_photo(file.stream, file.filename, megabytes=settings.photo_megabytes)
        return store().put(cleaned.jpeg, "jpg"), store().put(cleaned.thumbnail, "jpg")
    return "", ""


def _back(visit_id: int | None) -> str:
    if visit_id is None:
        return url_for("maintenance.visits")
    return url_for("maintenance.visit", visit_id=visit_id)
