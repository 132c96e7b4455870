"""Pages of the questions of a category: adding, rewording, retiring."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.tickets.categories import access, queries, rules
from helpdesk.tickets.categories.forms import QuestionForm, lines_of, pairs_of
from helpdesk.tickets.categories.models import CategoryQuestion
from helpdesk.tickets.categories.shipped import Question
from helpdesk.tickets.categories.views.blueprint import blueprint
from kernel import kept
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work

FORM = "helpdesk/tickets/categories/question_form.html"


@blueprint.route("/categories/<code>/questions/new", methods=["GET", "POST"])
@permit(access.EDIT)
def add_question(code: str) -> ResponseReturnValue:
    """Let a category ask one more question."""
    shown = access.category_shown(code)
    form = QuestionForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = rules.category_to_change(code, by=viewer())
                rules.ask(found, form.changes(), pairs_of(form.choices.data), by=viewer())
            kept.forget(queries.ROOM)
            flash(_("The question is asked from now on."), "ok")
            return redirect(url_for("categories.category", code=code))
    return render_template(FORM, form=form, category=shown, question=None), form.status


@blueprint.route("/categories/<code>/questions/<asked>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit_question(code: str, asked: str) -> ResponseReturnValue:
    """Change a question."""
    shown = access.category_shown(code)
    question, place, version = _shown(code, asked)
    form = QuestionForm(
        data={
            "text_th": question.text_th,
            "text_en": question.text_en,
            "kind": question.kind,
            "choices": lines_of(question.choices),
            "required": question.required,
            "position": place,
        },
        version=str(version),
    )
    if form.accepted():
        with form.refusals():
            with work():
                found = rules.question_to_change(asked, by=viewer())
                check_version(found.version, form.seen_version)
                rules.reword(found, form.changes(), pairs_of(form.choices.data), by=viewer())
            kept.forget(queries.ROOM)
            flash(_("Saved. Answers given before keep the old words."), "ok")
            return redirect(url_for("categories.category", code=code))
        form.stand_at(_shown(code, asked)[2])
    return render_template(FORM, form=form, category=shown, question=question), form.status


@blueprint.post("/categories/<code>/questions/<asked>/retire")
@permit(access.EDIT)
def retire_question(code: str, asked: str) -> ResponseReturnValue:
    """Ask a question no more."""
    ActionForm().insist()
    with work():
        rules.retire_question(rules.question_to_change(asked, by=viewer()), by=viewer())
    kept.forget(queries.ROOM)
    flash(_("The question is not asked any more; what was answered stays."), "ok")
    return redirect(url_for("categories.category", code=code))


@blueprint.post("/categories/<code>/questions/<asked>/reopen")
@permit(access.EDIT)
def reopen_question(code: str, asked: str) -> ResponseReturnValue:
    """Ask a question again."""
    ActionForm().insist()
    with work():
        rules.reopen_question(rules.question_to_change(asked, by=viewer()), by=viewer())
    kept.forget(queries.ROOM)
    flash(_("The question is asked again."), "ok")
    return redirect(url_for("categories.category", code=code))


def _shown(code: str, asked: str) -> tuple[CategoryQuestion | Question, int, int]:
    """Return a question with its place and version, as the form shows it.

    Raises:
        NotFound: there is none.
    """
    row = access.question_row(asked)
    if row is not None:
        return row, row.position, row.version
    for place, one in enumerate(access.category_shown(code).questions, 1):
        if one.code == asked:
            return one, place * 10, 1
    raise NotFound(_("There is no such question."))
