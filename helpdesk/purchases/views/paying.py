"""Writing down that an instalment was paid, correcting it, and taking it out again."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.purchases import access
from helpdesk.purchases.forms import PaymentForm, WordsForm
from helpdesk.purchases.order_models import OrderInstalment
from helpdesk.purchases.rules import paying
from helpdesk.purchases.rules.paying import PaymentDraft
from helpdesk.purchases.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


@blueprint.route("/instalments/<int:instalment_id>/payment", methods=["GET", "POST"])
@permit(access.BUY)
def payment(instalment_id: int) -> ResponseReturnValue:
    """Write down the payment of an instalment, or correct what was written down."""
    row = access.instalment_bought(viewer(), instalment_id)
    form = PaymentForm()
    if not form.is_submitted():
        _preset(form, row)
    if form.accepted():
        with form.refusals():
            with work():
                there = url_for("purchases.show", purchase_id=row.order.purchase_id)
                if bookkeeping.spend_key(form.act_key, there) is None:
                    _write(access.instalment_bought(viewer(), instalment_id), form)
            flash(_("Written down. It stands on this page with its day."), "ok")
            return redirect(there)
    return _page(row, form, WordsForm(formdata=None)), form.status


def _write(row: OrderInstalment, form: PaymentForm) -> None:
    draft = PaymentDraft(form.paid_on.data, form.amount.data, form.document.data or "")
    if row.payment is None:
        paying.pay(row, draft, by=viewer())
    else:
        check_version(row.payment.version, form.seen_version)
        paying.correct(row.payment, draft, form.words.data or "", by=viewer())


def _preset(form: PaymentForm, row: OrderInstalment) -> None:
    made = row.payment
    if made is not None:
        form.paid_on.data, form.amount.data = made.paid_on, made.amount
        form.document.data, form.version.data = made.document, str(made.version)
    else:
        form.paid_on.data, form.amount.data = clock.today(), paying.standing(row).owed


@blueprint.post("/instalments/<int:instalment_id>/payment/drop")
@permit(access.BUY)
def drop_payment(instalment_id: int) -> ResponseReturnValue:
    """Take out a payment that was not made."""
    row = access.instalment_bought(viewer(), instalment_id)
    form = WordsForm()
    there = url_for("purchases.show", purchase_id=row.order.purchase_id)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.instalment_bought(viewer(), instalment_id)
                fresh = bookkeeping.spend_key(form.act_key, there) is None
                if fresh and found.payment is not None:
                    paying.drop(found.payment, form.words.data or "", by=viewer())
            flash(_("Taken out. The instalment waits to be paid."), "ok")
            return redirect(there)
    shown = PaymentForm(formdata=None)
    _preset(shown, row)
    return _page(row, shown, form), form.status


def _page(row: OrderInstalment, form: PaymentForm, dropping: WordsForm) -> str:
    known = paying.standing(row)
    return render_template(
        "helpdesk/purchases/payment.html",
        row=row,
        one=row.order.purchase,
        known=known,
        pay_by=paying.pay_by(known.owed_on) if known.owed_on else None,
        form=form,
        dropping=dropping,
    )
