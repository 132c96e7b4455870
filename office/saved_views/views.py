"""The doors of saved views: save, look after, begin with, choose columns."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel import addresses
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm, Form
from kernel.i18n import gettext as _
from kernel.thai import arabic_digits
from kernel.work import check_version, work
from office.saved_views import access, lists, queries, rules
from office.saved_views.forms import EditForm, SaveForm
from office.saved_views.states import REACHES, Reach

blueprint = Blueprint("saved_views", __name__, url_prefix="/views")
LONGEST_COLUMNS = 600
ALL = "view=all"


def _list(key: str) -> lists.DeclaredList:
    found = lists.declared(key)
    if found.right is not None:
        viewer().demand(found.right)
    return found


@blueprint.get("/<list_key>")
@permit(access.KEEP)
def of_list(list_key: str) -> ResponseReturnValue:
    """Show the views of a list that the person finds, to look after them."""
    me, declared = viewer(), _list(list_key)
    kept = queries.kept_for(me, list_key)
    return render_template(
        "office/saved_views/of_list.html",
        declared=declared,
        views=[
            (view, lists.address(view), access.may_change(me, view))
            for view in queries.views_of(me, list_key)
        ],
        reaches=REACHES,
        first=kept.default,
        form=Form(),
    )


@blueprint.post("/<list_key>/save")
@permit(access.KEEP)
def save(list_key: str) -> ResponseReturnValue:
    """Keep what the list shows now under a name."""
    _list(list_key)
    form = SaveForm()
    form.insist()
    with work():
        view = rules.save(
            list_key,
            lists.lasting(form.query.data or ""),
            name_th=form.name_th.data or "",
            by=viewer(),
        )
        if form.begin.data:
            rules.begin_with(list_key, view, by=viewer())
    flash(_("The view “%(name)s” is saved.", name=view.name), "ok")
    return redirect(lists.address(view))


@blueprint.route("/<int:view_id>/edit", methods=["GET", "POST"])
@permit(access.KEEP)
def edit(view_id: int) -> ResponseReturnValue:
    """Rename a view, and say who finds it."""
    me = viewer()
    view = access.view_changed_by(me, view_id)
    form = EditForm(obj=view, version=str(view.version))
    unit_id = view.unit_id or me.unit_id
    form.offer([r for r in Reach if r == view.reach or access.may_share(me, r, unit_id)])
    if form.accepted():
        with form.refusals():
            with work():
                view = access.view_changed_by(me, view_id)
                check_version(view.version, form.seen_version)
                rules.edit(
                    view,
                    name_th=form.name_th.data or "",
                    name_en=form.name_en.data or "",
                    reach=Reach(form.reach.data),
                    unit_id=unit_id,
                    by=me,
                )
            flash(_("The view is changed."), "ok")
            return redirect(url_for("saved_views.of_list", list_key=view.list_key))
        view = access.view_changed_by(me, view_id)
        form.stand_at(view.version)
    page = render_template("office/saved_views/edit.html", form=form, view=view)
    return page, form.status


@blueprint.post("/<int:view_id>/delete")
@permit(access.KEEP)
def delete(view_id: int) -> ResponseReturnValue:
    """Take a view away."""
    Form().insist()
    with work():
        view = access.view_changed_by(viewer(), view_id)
        key, name = view.list_key, view.name
        rules.delete(view, by=viewer())
    flash(_("The view “%(name)s” is deleted.", name=name), "ok")
    return redirect(url_for("saved_views.of_list", list_key=key))


@blueprint.post("/<list_key>/begin")
@permit(access.KEEP)
def begin_with(list_key: str) -> ResponseReturnValue:
    """Let the list begin with a view, or as it is."""
    _list(list_key)
    Form().insist()
    raw = request.form.get("view", "")
    with work():
        view = access.view_found_by(viewer(), int(raw)) if raw.isdecimal() else None
        rules.begin_with(list_key, view, by=viewer())
    flash(_("The list begins with this from now on."), "ok")
    return redirect(url_for("saved_views.of_list", list_key=list_key))


@blueprint.post("/<list_key>/columns")
@permit(access.KEEP)
def choose_columns(list_key: str) -> ResponseReturnValue:
    """Remember the ticked columns in the order of the numbers typed beside them."""
    declared = _list(list_key)
    ActionForm().insist()
    picked = [] if "usual" in request.form else _in_order(request.form.getlist("column"))
    with work():
        rules.choose_columns(list_key, ",".join(picked)[:LONGEST_COLUMNS], by=viewer())
    query = lists.lasting(request.form.get("query", ""))
    kept = "&".join(pair for pair in query.split("&") if pair and not pair.startswith("cols="))
    page = addresses.address(declared.endpoint)
    if picked:
        kept = f"{kept}&cols={','.join(picked)}" if kept else f"cols={','.join(picked)}"
    return redirect(f"{page}?{kept or ALL}")


def _in_order(picked: list[str]) -> list[str]:
    if not all(key.replace("-", "").replace("_", "").isalnum() for key in picked):
        raise Refusal(_("There is no such column."))

    def place(key: str) -> int:
        raw = arabic_digits(request.form.get(f"place-{key}", ""))
        return int(raw) if raw.isdecimal() and 0 < len(raw) < 4 and int(raw) else 999

    return sorted(dict.fromkeys(picked), key=place)
