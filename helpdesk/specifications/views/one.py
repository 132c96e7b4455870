"""The page of one specification, its versions side by side, and its buttons."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.stock.quantities import shown
from helpdesk.specifications import access, differences, queries, sentences, slots
from helpdesk.specifications.forms import WordsForm
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import brands, drafting, flow, payments
from helpdesk.specifications.rules.sorts import COMPARISON, SPECIFICATION
from helpdesk.specifications.states import METHODS, PARTS, SPECIFICATIONS, Action, Method, State
from helpdesk.specifications.views.blueprint import blueprint
from helpdesk.specifications.views.faces import approval_of, face_of
from kernel.access import Viewer, permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import show_money
from kernel.paths import whole
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


@blueprint.get("/specifications/<int:specification_id>")
@permit(access.READ)
def show(specification_id: int) -> ResponseReturnValue:
    """Show one specification: what it demands, where it stands, what may be done now."""
    return _page(access.specification_read(viewer(), specification_id))


def _page(one: Specification, tried: WordsForm | None = None) -> ResponseReturnValue:
    me = viewer()
    queries.load_whole(one)
    form = tried or WordsForm(formdata=None)
    form.version.data = str(one.version)
    page = render_template(
        "helpdesk/specifications/specification.html",
        one=one,
        **approval_of(SPECIFICATION, one, me),
        acts=_acts(one, me),
        buy=slots.way_to_buy(one.id, me) if one.state == State.APPROVED else None,
        own=one.author_id == me.id,
        parts=_parts(one),
        total=drafting.total_of(one.items),
        share=payments.share,
        versions=queries.versions(one, me),
        comparisons=queries.comparisons_of(one, me),
        version_face=lambda other: face_of(SPECIFICATION, other),
        comparison_face=lambda other: face_of(COMPARISON, other),
        outdated=queries.outdated(one.items),
        brands=brands.named_by(one) if one.state != State.APPROVED else [],
        sentence=sentences.requirement,
        shown=shown,
        form=form,
        tried=tried,
    )
    return page, tried.status if tried is not None else 200


def _parts(one: Specification) -> list[tuple[str, str]]:
    """Return the parts in the order of the paper; the table stands between 4 and 6."""
    said = {name: (str(label), getattr(one, name)) for name, label in PARTS}
    method = str(METHODS[Method(one.method)])
    if one.method == Method.PERFORMANCE:
        weights = _(
            "price %(price)s%%, performance %(performance)s%%",
            price=one.price_weight,
            performance=100 - one.price_weight,
        )
        method = f"{method}: {weights}"
    own = {
        "method": (_("7. How the offer is chosen"), method),
        "median_price": (_("8. Reference price (baht)"), show_money(one.median_price)),
        "budget": (_("9. Budget (baht)"), show_money(one.budget)),
    }
    order = (
        *("background", "objective", "characteristics", "qualification", "delivery", "method"),
        *("median_price", "price_source", "budget", "budget_source", "instalments", "penalty"),
    )
    pairs = [{**said, **own}[name] for name in order]
    # The instalments stand in a table of their own; their conditions may be none.
    may_be_none = said["instalments"][0]
    return [(label, text or "–") for label, text in pairs if text or label != may_be_none]


def _acts(one: Specification, me: Viewer) -> dict[str, bool]:
    """Return which buttons the page shows; the same table decides as in the rules."""
    own = one.author_id == me.id
    writes = own or me.id in {each.person_id for each in one.members}
    state = State(one.state)
    return {
        "edit": writes and drafting.is_editable(one),
        "recall": own and SPECIFICATIONS.allows(state, Action.RECALL),
        "cancel": own and SPECIFICATIONS.allows(state, Action.CANCEL),
        "copy": me.may(access.WRITE),
        "renew": writes and state in (State.APPROVED, State.REJECTED),
        "compare": state == State.APPROVED and me.may(access.COMPARE),
    }


@blueprint.get("/specifications/<int:specification_id>/differences")
@permit(access.READ)
def differ(specification_id: int) -> ResponseReturnValue:
    """Show what differs between two versions; without a choice, from the one before."""
    me = viewer()
    new = access.specification_read(me, specification_id)
    found = queries.versions(new, me)
    asked = whole(request.args.get("with"))
    before = [one for one in found if one.edition < new.edition]
    old = next((one for one in found if one.id == asked), before[0] if before else None)
    if old is None or old.id == new.id:
        raise NotFound(_("There is no other version to compare with."))
    for one in (old, new):
        queries.load_whole(one)
    return render_template(
        "helpdesk/specifications/differences.html",
        old=old,
        new=new,
        versions=found,
        found=differences.between(old, new),
    )


def _acted(
    specification_id: int, form: WordsForm, verb: Callable[[Specification], object], said: str
) -> ResponseReturnValue:
    """Do one act of the author in one unit of work; show the page again where it is refused."""
    here = url_for("specifications.show", specification_id=specification_id)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.specification_owned(viewer(), specification_id)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    drafting.locked(specification_id)
                    check_version(found.version, form.seen_version)
                    verb(found)
            flash(said, "ok")
            return redirect(here)
    return _page(access.specification_read(viewer(), specification_id), form)


@blueprint.post("/specifications/<int:specification_id>/recall")
@permit(access.READ)
def recall(specification_id: int) -> ResponseReturnValue:
    """Take the own specification back to change it."""
    said = _("It is a draft again. Nobody is asked until you send it.")
    return _acted(
        specification_id,
        WordsForm(),
        lambda one: flow.recall(SPECIFICATION, one, by=viewer()),
        said,
    )


@blueprint.post("/specifications/<int:specification_id>/cancel")
@permit(access.READ)
def cancel(specification_id: int) -> ResponseReturnValue:
    """End a specification that is not decided."""
    form = WordsForm()
    return _acted(
        specification_id,
        form,
        lambda one: flow.cancel(SPECIFICATION, one, form.words.data or "", by=viewer()),
        _("The specification is cancelled."),
    )


@blueprint.post("/specifications/<int:specification_id>/copy")
@permit(access.WRITE)
def copy(specification_id: int) -> ResponseReturnValue:
    """Begin a specification of one's own from this one."""
    return _begun(
        lambda: drafting.copy(access.specification_read(viewer(), specification_id), by=viewer()),
        _("A draft of your own, copied from the other one."),
    )


@blueprint.post("/specifications/<int:specification_id>/renew")
@permit(access.READ)
def renew(specification_id: int) -> ResponseReturnValue:
    """Begin the next version of a specification that is decided."""
    return _begun(
        lambda: drafting.new_version(
            access.specification_written(viewer(), specification_id), by=viewer()
        ),
        _("A new version; the decided one stays as it is."),
    )


def _begun(verb: Callable[[], Specification], said: str) -> ResponseReturnValue:
    form = ActionForm()
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        there = url_for("specifications.edit", specification_id=verb().id)
        bookkeeping.settle_key(form.act_key, there)
    flash(said, "ok")
    return redirect(there)
