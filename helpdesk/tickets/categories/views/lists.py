"""Pages of the categories: the list, one category, adding, editing, retiring."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.tickets.categories import access, queries, rules
from helpdesk.tickets.categories.forms import CategoryForm
from helpdesk.tickets.categories.states import KINDS
from helpdesk.tickets.categories.views.blueprint import blueprint
from kernel import kept
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work

FORM = "helpdesk/tickets/categories/category_form.html"


@blueprint.get("/categories")
@permit(access.EDIT)
def categories() -> ResponseReturnValue:
    """Show the list as the report pages offer it."""
    return render_template(
        "helpdesk/tickets/categories/categories.html",
        categories=queries.known(),
        own=bool(queries.rows()),
    )


@blueprint.get("/categories/<code>")
@permit(access.EDIT)
def category(code: str) -> ResponseReturnValue:
    """Show one category with its questions, the retired ones too."""
    shown = access.category_shown(code)
    row = access.category_row(code)
    return render_template(
        "helpdesk/tickets/categories/category.html",
        category=shown,
        questions=row.questions if row else shown.questions,
        own=row is not None,
        kinds=KINDS,
    )


@blueprint.route("/categories/new", methods=["GET", "POST"])
@permit(access.EDIT)
def add_category() -> ResponseReturnValue:
    """Add a category."""
    form = CategoryForm()
    if form.accepted():
        with form.refusals():
            with work():
                made = rules.add(form.changes(), by=viewer())
                code = made.code
            kept.forget(queries.ROOM)
            flash(_("The category is offered now. Give it its questions."), "ok")
            return redirect(url_for("categories.category", code=code))
    return render_template(FORM, form=form, category=None), form.status


@blueprint.route("/categories/<code>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit_category(code: str) -> ResponseReturnValue:
    """Change the words of a category."""
    shown = access.category_shown(code)
    row = access.category_row(code)
    version = str(row.version if row else 1)
    form = CategoryForm(obj=row or shown, data={"position": _place(code)}, version=version)
    if form.accepted():
        with form.refusals():
            with work():
                found = rules.category_to_change(code, by=viewer())
                check_version(found.version, form.seen_version)
                rules.edit(found, form.changes(), by=viewer())
            kept.forget(queries.ROOM)
            flash(_("Saved."), "ok")
            return redirect(url_for("categories.category", code=code))
        row = access.category_row(code)
        form.stand_at(row.version if row else 1)
    return render_template(FORM, form=form, category=shown), form.status


@blueprint.post("/categories/<code>/retire")
@permit(access.EDIT)
def retire_category(code: str) -> ResponseReturnValue:
    """Offer a category no more."""
    ActionForm().insist()
    with work():
        rules.retire(rules.category_to_change(code, by=viewer()), by=viewer())
    kept.forget(queries.ROOM)
    flash(_("The category is not offered any more; tickets that have it keep it."), "ok")
    return redirect(url_for("categories.category", code=code))


@blueprint.post("/categories/<code>/reopen")
@permit(access.EDIT)
def reopen_category(code: str) -> ResponseReturnValue:
    """Offer a category again."""
    ActionForm().insist()
    with work():
        rules.reopen(rules.category_to_change(code, by=viewer()), by=viewer())
    kept.forget(queries.ROOM)
    flash(_("The category is offered again."), "ok")
    return redirect(url_for("categories.category", code=code))


def _place(code: str) -> int:
    """Return where a category stands in the list that is offered now."""
    codes = [one.code for one in queries.known()]
    return (codes.index(code) + 1) * 10
