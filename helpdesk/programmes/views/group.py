"""The working group and the order that appoints it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes import access, queries
from helpdesk.programmes.forms import MemberForm, OrderForm
from helpdesk.programmes.rules import grouping
from helpdesk.programmes.states import DUTIES, Duty, State
from helpdesk.programmes.views.blueprint import blueprint
from helpdesk.programmes.views.people import named, page
from kernel import clock
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.thai import BUDDHIST_OFFSET
from kernel.work import work


def _page(programme_id: int, member: MemberForm, order: OrderForm) -> ResponseReturnValue:
    shown = access.programme_seen(viewer(), programme_id)
    if order.order_no.data is None:
        year = clock.today().year + BUDDHIST_OFFSET
        order.order_no.data = shown.order_no or queries.suggested_order_no(year)
        order.ordered_on.data = shown.ordered_on or clock.today()
    return page(
        "group",
        shown,
        max(member.status, order.status),
        members=queries.members_of(shown.id),
        duties=DUTIES,
        member_form=member,
        order_form=order,
        open=shown.state not in (State.CLOSED, State.CANCELLED),
    )


@blueprint.get("/<int:programme_id>/group")
@permit(access.READ)
def group(programme_id: int) -> ResponseReturnValue:
    """Show the working group."""
    return _page(programme_id, MemberForm(formdata=None), OrderForm(formdata=None))


@blueprint.post("/<int:programme_id>/group/add")
@permit(access.READ)
def add_member(programme_id: int) -> ResponseReturnValue:
    """Take somebody into the group."""
    form = MemberForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.programme_edited(viewer(), programme_id)
                grouping.add_member(
                    found,
                    named(form.person.data, "person"),
                    Duty(form.duty.data),
                    form.acting.data or "",
                    by=viewer(),
                )
            flash(_("Added."), "ok")
            return redirect(url_for("programmes.group", programme_id=programme_id))
    return _page(programme_id, form, OrderForm(formdata=None))


@blueprint.post("/<int:programme_id>/group/<int:member_id>/remove")
@permit(access.READ)
def remove_member(programme_id: int, member_id: int) -> ResponseReturnValue:
    """Let somebody go from the group."""
    ActionForm().insist()
    with work():
        found = access.programme_edited(viewer(), programme_id)
        grouping.remove_member(found, member_id, by=viewer())
    flash(_("Removed."), "ok")
    return redirect(url_for("programmes.group", programme_id=programme_id))


@blueprint.post("/<int:programme_id>/group/order")
@permit(access.READ)
def write_order(programme_id: int) -> ResponseReturnValue:
    """Write down number and day of the order."""
    form = OrderForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.programme_edited(viewer(), programme_id)
                grouping.write_order(
                    found,
                    form.order_no.data or "",
                    form.ordered_on.data,
                    anyway=bool(form.anyway.data),
                    by=viewer(),
                )
            flash(_("The order is written down. It can be printed now."), "ok")
            return redirect(url_for("programmes.group", programme_id=programme_id))
    return _page(programme_id, MemberForm(formdata=None), form)
