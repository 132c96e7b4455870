"""The counter of the lending desk. A button keeps what was typed before it does anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access as loan_access
from assets.loans import queries as loans
from assets.loans.rules import baskets, blocks, undoing
from assets.loans.rules.baskets import LineDraft
from assets.loans.states import OUTCOMES, Outcome
from helpdesk.desk.lending import queries, rules
from helpdesk.desk.lending.forms import DUE, DeskForm
from helpdesk.desk.lending.views.blueprint import blueprint
from helpdesk.repairs.rules import replacing
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.files import store
from kernel.forms import Form, new_key
from kernel.i18n import gettext as _
from kernel.images import clean_photo
from kernel.work import work
from office.bookkeeping import rules as bookkeeping

LONGEST_ID = 15
CONTROLS = dict.fromkeys([*range(32), 127])
TERMS = ("purpose", "official", "place_kind", "approved_by_text", "note")


@blueprint.get("/desk")
@permit(loan_access.LEND)
def desk() -> ResponseReturnValue:
    """Show the counter.

    ``?pick=`` lists what an ambiguous scan may mean; ``?scan=`` puts a code into the box, so that
    the way from an item's page to the counter is one Enter.
    """
    counter = queries.counter(viewer())
    basket = counter.basket
    form = DeskForm(
        formdata=None,
        data={
            "purpose": basket.purpose if basket else "",
            "official": basket.official if basket else False,
            "place_kind": basket.place_kind if basket else "inside",
            "approved_by_text": basket.approved_by_text if basket else "",
            "due": basket.due if basket else "default",
            "note": basket.note if basket else "",
        },
    )
    if basket and basket.due_text:
        form.due_on.raw_data = [basket.due_text]
    typed = request.args.get("pick", "").translate(CONTROLS)[:200]
    found = queries.scanned(typed, viewer()) if typed else None
    return _page(form, counter, typed=typed, found=found)


def _page(
    form: DeskForm,
    counter: queries.Counter,
    *,
    typed: str = "",
    found: queries.Found | None = None,
) -> ResponseReturnValue:
    empty = not counter.lines and counter.borrower is None and found is None
    page = render_template(
        "helpdesk/desk/lending/desk.html",
        agenda=queries.agenda(viewer()) if empty else None,
        undoable=undoing.last_of(viewer()) if empty else None,
        may_override=viewer().may(loan_access.OVERRIDE),
        may_lift=viewer().may(loan_access.LIFT),
        form=form,
        counter=counter,
        typed=typed,
        ready=request.args.get("scan", "").translate(CONTROLS)[:200],
        found=found,
        outcomes=OUTCOMES,
        due_words=DUE,
        stands_in_for=replacing.planned(viewer()),
        late_days=lambda line: line.days_late(counter.today),
    )
    return page, form.status


def _sent(name: str) -> str:
    """Return a field as it was typed, without the signs that no keyboard types."""
    return request.form.get(name, "").translate(CONTROLS).strip()


def _keep() -> None:
    """Keep what was typed and ticked, right or wrong, in a unit of work of its own."""
    terms: dict[str, Any] = {}
    if "place_kind" in request.form:
        terms = {name: _sent(name) for name in TERMS}
        terms["official"] = bool(request.form.get("official"))
        terms["due"] = _sent("due") or "default"
        terms["due_text"] = _sent("due_on")
    # Photos are drawn anew before the unit of work: that takes a moment.
    lines = {
        int(shown): _draft(shown)
        for shown in request.form.getlist("line")
        if shown.isdecimal() and len(shown) <= LONGEST_ID
    }
    with work():
        baskets.write_down(terms, lines, by=viewer())


def _draft(shown: str) -> LineDraft:
    said = request.form.get(f"outcome-{shown}", "")
    photo_key, thumbnail_key = _photo(shown)
    return LineDraft(
        accessories="\n".join(
            part.translate(CONTROLS) for part in request.form.getlist(f"part-{shown}")
        ),
        outcome=Outcome(said) if said in set(Outcome) else Outcome.GOOD,
        note=_sent(f"note-{shown}"),
        override_why=_sent(f"override-{shown}"),
        photo_key=photo_key,
        thumbnail_key=thumbnail_key,
    )


def _photo(shown: str) -> tuple[str, str]:
    """Keep the photo sent for an item, and return the keys of it and of its thumbnail.

    Refuses what is no photo.
    """
    file = request.files.get(f"photo-{shown}")
    if file is None or not file.filename:
        return "", ""
    photo = clean_photo(cast("BinaryIO", file.stream), file.filename)
    return store().put(photo.jpeg, "jpg"), store().put(photo.thumbnail, "jpg")


def _acted(act: Callable[[], object]) -> ResponseReturnValue:
    """Keep the draft, act in a unit of work, and show the counter again."""
    # Only the form's token is checked here: what is typed so far may be wrong and is kept.
    if not Form().accepted():
        form = DeskForm()
        form.validate()
        return _page(form, queries.counter(viewer()))
    _keep()
    with work():
        act()
    return redirect(url_for("lending.desk"))


@blueprint.post("/desk/scan")
@permit(loan_access.LEND)
def scan() -> ResponseReturnValue:
    """Take in a scan; nothing scanned means: go ahead with what lies on the counter."""
    # Read as it was typed: putting Thai marks in order would lose keystrokes of a scanner.
    typed = _sent("code")[:200]
    if not typed:
        basket = loans.basket_of(viewer())
        return take_back() if basket and basket.mode == baskets.TAKE_BACK else lend()
    settled: list[bool] = []
    answer = _acted(lambda: settled.append(rules.receive(typed, by=viewer())))
    if settled == [False]:
        return redirect(url_for("lending.desk", pick=typed))
    return answer


@blueprint.post("/desk/pick")
@permit(loan_access.LEND)
def pick() -> ResponseReturnValue:
    """Take one of several that a scan could mean."""
    kind, _dash, number = request.form.get("pick", "").partition("-")
    if kind not in ("person", "item") or not number.isdecimal() or len(number) > LONGEST_ID:
        raise NotFound(_("There is no such item."))
    receive = rules.receive_person if kind == "person" else rules.receive_item
    return _acted(lambda: receive(int(number), by=viewer()))


@blueprint.post("/desk/remove/<int:asset_id>")
@permit(loan_access.LEND)
def remove(asset_id: int) -> ResponseReturnValue:
    """Take one item off the list."""
    return _acted(lambda: baskets.remove(asset_id, by=viewer()))


@blueprint.post("/desk/undo")
@permit(loan_access.LEND)
def undo() -> ResponseReturnValue:
    """Undo the last scan."""
    return _acted(lambda: baskets.undo(by=viewer()))


@blueprint.post("/desk/lift")
@permit(loan_access.LIFT)
def lift() -> ResponseReturnValue:
    """Lift the block of the person at the counter, with a reason and until a day."""
    form = DeskForm()

    def act() -> None:
        basket = loans.basket_of(viewer())
        if basket is None or basket.borrower is None:
            raise Refusal(_("Scan the card of the borrower, or type the name."))
        until = form.lift_until.data or blocks.usual_end()
        blocks.lift(basket.borrower, until, form.lift_why.data or "", by=viewer())
        baskets.say(basket, _("%(name)s may borrow now.", name=basket.borrower.name), "ok")

    if form.lift_why.data or not form.is_submitted():
        return _acted(act)
    form.validate()
    form.lift_why.errors = [_("Please give the reason.")]
    return _page(form, queries.counter(viewer()))


@blueprint.post("/desk/clear")
@permit(loan_access.LEND)
def clear() -> ResponseReturnValue:
    """Empty the counter."""

    def act() -> None:
        baskets.clear(by=viewer())
        replacing.forget(by=viewer())

    return _acted(act)


@blueprint.post("/desk/for-no-ticket")
@permit(loan_access.LEND)
def drop_stand_in() -> ResponseReturnValue:
    """Let the next loan stand in for nothing; what lies on the counter stays."""
    return _acted(lambda: replacing.forget(by=viewer()))


@blueprint.post("/desk/lend")
@permit(loan_access.LEND)
def lend() -> ResponseReturnValue:
    """Hand over what lies on the counter; a key makes one loan out of a double Enter."""

    def act(form: DeskForm) -> str:
        due_on = form.due_on.data or _due(form.due.data)
        terms = {name: form[name].data or "" for name in TERMS} | {"official": form.official.data}
        loan = rules.lend(terms, due_on, by=viewer())
        return url_for("lending.lent", loan_id=loan.id)

    return _confirmed(act)


def _due(chip: str | None) -> Any:  # noqa: ANN401 - a day
    days = queries.counter(viewer()).due
    return days.get(chip or "default", days["default"])


@blueprint.post("/desk/take-back")
@permit(loan_access.TAKE_BACK)
def take_back() -> ResponseReturnValue:
    """Take back what lies on the counter, and report what is damaged."""

    def act(_form: DeskForm) -> str:
        ended = rules.take_back(by=viewer())
        return url_for("lending.taken_back", line_id=ended[0].id)

    return _confirmed(act)


def _match(form: DeskForm) -> None:
    """Look at the promises again with the day that was chosen, so that the counter shows them."""
    due_on = form.due_on.data or _due(form.due.data)
    with work():
        baskets.match(due_on, by=viewer())


def _confirmed(act: Callable[[DeskForm], str]) -> ResponseReturnValue:
    form = DeskForm()
    if form.accepted():
        with form.refusals():
            _keep()
            _match(form)
            key = form.key.data or new_key()
            with work():
                address = bookkeeping.spend_key(key)
                if address is None:
                    address = act(form)
                    bookkeeping.settle_key(key, address)
            return redirect(address or url_for("lending.desk"))
    return _page(form, queries.counter(viewer()))
