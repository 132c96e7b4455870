"""What people said of the items in their names, for the storekeeper to settle."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.transfers import access
from assets.transfers.forms import SettleForm
from assets.transfers.queries import custody
from assets.transfers.rules import remarks as rules
from assets.transfers.states import REMARK_KINDS, RemarkAction
from assets.transfers.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import work


@blueprint.get("/remarks")
@permit(access.SETTLE)
def remarks() -> ResponseReturnValue:
    """List the remarks that wait, the oldest first."""
    number = page_number()
    rows = custody.remarks(viewer(), page=number)
    return render_template(
        "assets/transfers/remarks.html",
        page=paged(rows, number, custody.PAGE),
        kinds=REMARK_KINDS,
    )


@blueprint.post("/remarks/<int:remark_id>/settle")
@permit(access.SETTLE)
def settle(remark_id: int) -> ResponseReturnValue:
    """Follow a remark, or say why not."""
    form = SettleForm()
    access.remark_for(viewer(), remark_id)
    form.insist()
    if form.act.data not in tuple(RemarkAction):
        raise Refusal(_("Choose what to do with it."))
    with work():
        one = access.remark_for(viewer(), remark_id)
        rules.settle(one, RemarkAction(form.act.data), form.answer.data or "", by=viewer())
    flash(_("The remark is settled."), "ok")
    return redirect(url_for("transfers.remarks"))
