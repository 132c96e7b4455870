"""What is late: heads told, letters, figures, duties of clause 209, their pages and papers."""

from __future__ import annotations

import base64
import io
from datetime import date, time
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from sqlalchemy import select

from assets.loans import late_queries, later_queries
from assets.loans.jobs import flag_due
from assets.loans.later_models import ExtensionWish, FollowUpLetter, LoanDuty
from assets.loans.models import Loan, LoanLine, LoanNotice
from assets.loans.rules import compensation, letters, returning
from assets.loans.rules.ladder import step_day
from assets.loans.rules.returning import Return
from assets.loans.states import LineState, Outcome
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan
from tests.factories.office import sign_in, viewer_for

DUE = date(2026, 11, 27)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def run(clock: Clock, *days: date) -> None:
    for day in days:
        clock.set(kernel_clock.at(day, time(6, 30)))
        flag_due()


def told(kind: str) -> list[int | None]:
    return list(
        db.session.scalars(
            select(LoanNotice.person_id).where(LoanNotice.kind == kind).order_by(LoanNotice.id)
        )
    )


def test_the_head_and_then_the_director_are_told_once(cast: Cast, clock: Clock) -> None:
    make_loan(borrower=cast.malee, due_on=DUE)
    run(clock, date(2026, 12, 11), date(2026, 12, 14), date(2026, 12, 18), date(2026, 12, 21))
    assert told("head") == [cast.chai.id]
    assert told("director") == [cast.chai.id]
    sent = db.session.scalars(
        select(OutgoingMessage).where(OutgoingMessage.person_id == cast.chai.id)
    ).all()
    assert len(sent) == 2
    assert "มาลี ตัวอย่าง" in sent[0].body


def test_r_l4_the_follow_up_goes_out_before_the_seventh_day_when_that_one_is_closed(
    app: Flask,
) -> None:
    assert step_day(date(2026, 11, 21), 7) == date(2026, 11, 27)
    assert step_day(DUE, 7) == date(2026, 12, 4)


def letter(cast: Cast, clock: Clock) -> FollowUpLetter:
    make_loan(borrower=cast.malee, due_on=DUE)
    run(clock, date(2026, 12, 4))
    return db.session.scalars(select(FollowUpLetter).order_by(FollowUpLetter.id.desc())).first()


def test_the_follow_up_prepares_one_letter_and_its_number_is_never_given_twice(
    cast: Cast, clock: Clock
) -> None:
    first, by = letter(cast, clock), viewer_for(cast.sri)
    with work():
        lines = [row.line for row in later_queries.letter_lines(first)]
        letters.send(first, lines, "ศธ ๐๔๐๐๑/๑๒๓", date(2026, 12, 4), by=by)
    assert db.session.get_one(FollowUpLetter, first.id).number == "ศธ 04001/123"
    assert letters.suggested_number() == "ศธ 04001/124"
    with work():
        second = FollowUpLetter(person_id=cast.kanda.id, prepared_at=kernel_clock.now())
        db.session.add(second)
    with pytest.raises(Refusal), work():
        letters.send(second, [], "ศธ 04001/123", date(2026, 12, 4), by=by)


def test_r_l4_asking_after_seven_days_is_shown_as_late(cast: Cast, clock: Clock) -> None:
    make_loan(borrower=cast.malee, due_on=DUE)
    clock.set(kernel_clock.at(date(2026, 12, 8), time(10)))
    figures = late_queries.figures(viewer_for(cast.sri))
    assert (figures.late, figures.people, figures.chased_late) == (1, 1, 1)
    assert [(group.label, group.number) for group in figures.units] == [(cast.school.name, 1)]
    assert figures.ages[1][2] == 1
    year = figures.years[0]
    assert (year.year, year.lent, year.late_now, year.chased_late) == (2570, 1, 1, 1)


def back(asset: Asset, outcome: Outcome, cast: Cast, note: str = "") -> None:
    with work():
        returning.take_back([Return(asset.id, outcome, note)], by=viewer_for(cast.sri))


def duty() -> LoanDuty:
    return db.session.scalars(select(LoanDuty)).one()


@pytest.mark.parametrize("outcome", [Outcome.DAMAGED, Outcome.INCOMPLETE, Outcome.LOST])
def test_r_l5_what_is_not_whole_obliges_the_borrower(cast: Cast, outcome: Outcome) -> None:
    asset = make_asset(price=Decimal(18500))
    make_loan(asset, borrower=cast.malee)
    back(asset, outcome, cast, "สายหาย")
    assert (duty().person_id, duty().state, duty().price) == (cast.malee.id, "open", 18500)


@pytest.mark.parametrize("outcome", [Outcome.GOOD, Outcome.WORN_OUT])
def test_what_is_whole_or_worn_obliges_nobody(cast: Cast, outcome: Outcome) -> None:
    make_loan(asset := make_asset(), borrower=cast.malee)
    back(asset, outcome, cast)
    assert db.session.scalar(select(LoanDuty)) is None


def test_clause_209_is_settled_with_a_paper_and_an_amount(cast: Cast) -> None:
    make_loan(asset := make_asset(), borrower=cast.malee)
    back(asset, Outcome.DAMAGED, cast, "จอแตก")
    by, one = viewer_for(cast.sri), duty()
    for kind, paper, amount in (("pay", "", 1), ("pay", "ใบเสร็จ", None), ("gift", "ใบเสร็จ", 1)):
        money = None if amount is None else Decimal(amount)
        with pytest.raises(Refusal), work():
            compensation.settle(one, kind, paper=paper, amount=money, note="", by=by)
    with work():
        compensation.settle(duty(), "pay", paper="ใบเสร็จ 1/1", amount=Decimal(900), note="", by=by)
    assert (duty().state, duty().amount) == ("settled", 900)


def test_a_lost_thing_found_again_returns_and_lifts_the_duty(cast: Cast) -> None:
    make_loan(asset := make_asset(), borrower=cast.malee)
    back(asset, Outcome.LOST, cast)
    assert db.session.get_one(Asset, asset.id).lifecycle == Lifecycle.PENDING_DISPOSAL
    back(asset, Outcome.GOOD, cast)
    assert db.session.get_one(Asset, asset.id).lifecycle == Lifecycle.IN_SERVICE
    assert db.session.scalars(select(LoanLine.state)).one() == LineState.RETURNED
    assert duty().state == "lifted"


def test_every_page_and_paper_opens_in_both_languages(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    asset, other = make_asset(), make_asset()
    make_loan(asset, borrower=cast.malee, due_on=DUE)
    make_loan(other, borrower=cast.malee, due_on=DUE)
    back(other, Outcome.DAMAGED, cast, "จอแตก")
    run(clock, date(2026, 12, 4))
    line = db.session.scalars(select(LoanLine).where(LoanLine.asset_id == other.id)).one()
    one = db.session.scalars(select(FollowUpLetter)).one()
    with work():
        db.session.add(
            ExtensionWish(
                line_id=db.session.scalars(
                    select(LoanLine.id).where(LoanLine.asset_id == asset.id)
                ).one(),
                new_due_on=date(2026, 12, 18),
                why="สอนต่อ",
                asked_at=kernel_clock.now(),
                asked_by_id=cast.malee.id,
            )
        )
    loan = db.session.scalars(select(Loan.id).order_by(Loan.id)).first()
    pages = ["/loans/late", "/loans/letters", f"/loans/letters/{one.id}", "/loans/wishes", "/desk"]
    pages += ["/loans/duties", f"/loans/duties/{duty().id}", f"/loans/{loan}"]
    papers = [f"/loans/letters/{one.id}.pdf", f"/loans/receipts/{line.id}.pdf"]
    papers.append(f"/loans/out.pdf?unit={cast.school.id}")
    sign_in(client, cast.sri)
    for language in ("th", "en"):
        for page in pages:
            answer = client.get(page, headers={"Accept-Language": language})
            assert answer.status_code == 200, page
    for paper in papers:
        assert client.get(paper).data.startswith(b"%PDF"), paper
    assert client.get("/loans/late.xlsx").data.startswith(b"PK")
    sign_in(client, cast.malee)
    for page in (
        "/loans/mine",
        f"/loans/duties/{duty().id}",
        f"/loans/lines/{line.id}/hand-on?q=กา",
    ):
        assert client.get(page).status_code == 200, page
    for page in (*pages[:6], *papers[::2]):
        assert client.get(page).status_code in (403, 404), page


def drawn() -> str:
    """Return a stroke of a pen as the browser sends it."""
    picture, kept = Image.new("RGBA", (200, 80)), io.BytesIO()
    ImageDraw.Draw(picture).line((10, 60, 180, 20), fill=(20, 33, 61, 255), width=5)
    picture.save(kept, "PNG")
    return "data:image/png;base64," + base64.b64encode(kept.getvalue()).decode()


def test_a_signature_drawn_on_the_screen_stands_on_the_slip_once(
    client: FlaskClient, cast: Cast
) -> None:
    loan = make_loan(borrower=cast.malee, officer=cast.sri)
    sign_in(client, cast.sri)
    plain = client.get(f"/loans/{loan.id}/slip.pdf").data
    for sent, status in (("data:image/png;base64,AAAA", 422), (drawn(), 302), (drawn(), 422)):
        answer = client.post(f"/desk/lent/{loan.id}/sign", data={"drawing": sent})
        assert answer.status_code == status
    assert len(later_queries.signatures_of(loan.id)) == 1
    assert client.get(f"/loans/{loan.id}/slip.pdf").data.count(b"/Image") > plain.count(b"/Image")
