"""What a borrower may do: ask for a later date, hand an item on, take one over."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access
from assets.loans import later_queries as later
from assets.loans.later_forms import AnswerForm, HandOnForm, TakeOverForm, WishForm
from assets.loans.rules import extending, handing_on
from assets.loans.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work
from office.people.models import Person


@blueprint.route("/loans/lines/<int:line_id>/wish", methods=["GET", "POST"])
@permit(access.SEE_OWN)
def wish(line_id: int) -> ResponseReturnValue:
    """Ask for a later due date of one borrowed item."""
    form = WishForm()
    if form.accepted():
        with form.refusals():
            with work():
                line = later.own_line(viewer(), line_id)
                extending.ask(line, form.due_on.data, form.why.data or "", by=viewer())
            flash(_("The lending desk has your wish and will answer."), "ok")
            return redirect(url_for("loans.mine"))
    line = later.own_line(viewer(), line_id)
    return render_template("assets/loans/wish.html", form=form, line=line), form.status


@blueprint.post("/loans/wishes/<int:wish_id>/withdraw")
@permit(access.SEE_OWN)
def withdraw_wish(wish_id: int) -> ResponseReturnValue:
    """Take the own wish back."""
    ActionForm().insist()
    with work():
        extending.withdraw(later.own_wish(viewer(), wish_id), by=viewer())
    return redirect(url_for("loans.mine"))


@blueprint.route("/loans/lines/<int:line_id>/hand-on", methods=["GET", "POST"])
@permit(access.SEE_OWN)
def hand_on(line_id: int) -> ResponseReturnValue:
    """Offer a borrowed item to another person."""
    form, words = HandOnForm(), request.values.get("q", "")[:100].replace("\0", "")
    people = later.colleagues(viewer(), words)
    form.person.choices = [(one.id, one.name) for one in people]
    if form.accepted():
        with form.refusals():
            with work():
                line = later.own_line(viewer(), line_id)
                person = _chosen(form.person.data, words)
                handing_on.offer(line, person, form.purpose.data or "", by=viewer())
                name = person.name
            flash(_("%(name)s has to confirm; until then you answer for it.", name=name), "ok")
            return redirect(url_for("loans.mine"))
    line = later.own_line(viewer(), line_id)
    page = render_template(
        "assets/loans/hand_on.html", form=form, line=line, people=people, words=words
    )
    return page, form.status


def _chosen(person_id: int | None, words: str) -> Person:
    """Return the chosen person: one of those whom the search shows to this viewer."""
    if person_id not in {one.id for one in later.colleagues(viewer(), words)}:
        raise Refusal(_("Please choose who takes it over."), field="person")
    return db.session.get_one(Person, person_id)


@blueprint.post("/loans/offers/<int:offer_id>/accept")
@permit(access.SEE_OWN)
def take_over(offer_id: int) -> ResponseReturnValue:
    """Take an offered item over: from now on the viewer answers for it."""
    form = TakeOverForm()
    form.insist()
    with work():
        offered = later.offer_seen_by(viewer(), offer_id)
        loan = handing_on.accept(offered, official=form.official.data, by=viewer())
        number, loan_id = loan.number, loan.id
    flash(_("The item is yours to use now, loan %(number)s.", number=number), "ok")
    return redirect(url_for("loans.loan", loan_id=loan_id))


@blueprint.post("/loans/offers/<int:offer_id>/decline")
@permit(access.SEE_OWN)
def decline(offer_id: int) -> ResponseReturnValue:
    """Decline an offered item."""
    form = AnswerForm()
    form.insist()
    with work():
        offered = later.offer_seen_by(viewer(), offer_id)
        handing_on.decline(offered, form.answer.data or "", by=viewer())
    return redirect(url_for("loans.mine"))


@blueprint.post("/loans/offers/<int:offer_id>/withdraw")
@permit(access.SEE_OWN)
def withdraw_offer(offer_id: int) -> ResponseReturnValue:
    """Take the own offer back."""
    ActionForm().insist()
    with work():
        handing_on.withdraw(later.offer_seen_by(viewer(), offer_id), by=viewer())
    return redirect(url_for("loans.mine"))
