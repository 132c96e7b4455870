"""Pages of the timetable: every job, the runs of one job, and the button that runs it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.timetable import queries, runner, scheduler, table
from helpdesk.timetable.forms import PauseForm
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import Form
from kernel.i18n import gettext as _
from kernel.pages import page_number
from kernel.work import work
from office.bookkeeping import access, runs

blueprint = Blueprint("timetable", __name__)


@blueprint.get("/timetable")
@permit(access.TIMETABLE)
def overview() -> ResponseReturnValue:
    """Show every job with its last run and its next one."""
    return _overview(Form())


def _overview(form: Form) -> ResponseReturnValue:
    page = render_template(
        "helpdesk/timetable/overview.html",
        form=form,
        lines=sorted(queries.lines(), key=lambda line: not (line.trouble or line.paused)),
        holder=queries.holder_now(scheduler.LEASE),
        may_run=viewer().may(access.RUN_JOB),
        seconds_of=queries.seconds_of,
    )
    return page, form.status


@blueprint.get("/timetable/<name>")
@permit(access.TIMETABLE)
def job(name: str) -> ResponseReturnValue:
    """Show the runs of one job, with the errors."""
    return _job(_job_named(name), PauseForm())


def _job(chosen: table.Job, form: PauseForm) -> ResponseReturnValue:
    page = render_template(
        "helpdesk/timetable/job.html",
        form=form,
        job=chosen,
        paused=runs.paused().get(chosen.name),
        runs=queries.runs_of(chosen, page_number()),
        faces=queries.FACES,
        may_run=viewer().may(access.RUN_JOB),
        seconds_of=queries.seconds_of,
        starter_of=queries.starter_of,
        gist_of=queries.gist_of,
    )
    return page, form.status


@blueprint.post("/timetable/<name>/run")
@permit(access.RUN_JOB)
def run(name: str) -> ResponseReturnValue:
    """Run a job now and tell how it went."""
    chosen = _job_named(name)
    form = Form()
    if form.accepted():
        with form.refusals():
            done = runner.run_by_hand(chosen, by=viewer())
            if done.outcome == runs.OK:
                flash(_("%(name)s: done, %(rows)s rows", name=name, rows=done.rows), "ok")
            else:
                flash(_("The job failed. The error stands with its last run."), "danger")
            return redirect(url_for("timetable.job", name=name))
    return _overview(form)


@blueprint.post("/timetable/<name>/pause")
@permit(access.RUN_JOB)
def pause(name: str) -> ResponseReturnValue:
    """Stop a job for a while; the reason is asked for, so that others know."""
    chosen = _job_named(name)
    form = PauseForm()
    if form.accepted():
        with form.refusals():
            with work():
                runs.pause(chosen.name, form.reason.data or "", by=viewer())
            flash(_("The job is paused until somebody resumes it."), "ok")
            return redirect(url_for("timetable.job", name=name))
    return _job(chosen, form)


@blueprint.post("/timetable/<name>/resume")
@permit(access.RUN_JOB)
def resume(name: str) -> ResponseReturnValue:
    """Let a paused job run again."""
    chosen = _job_named(name)
    Form().insist()
    with work():
        runs.resume(chosen.name, by=viewer())
    flash(_("The job runs again at its next time."), "ok")
    return redirect(url_for("timetable.job", name=name))


def _job_named(name: str) -> table.Job:
    found = table.job_named(name)
    if found is None:
        raise NotFound(_("The timetable has no such job."))
    return found
