"""The rules with a number: R-X1 and R-X2 of the price criteria, R-F5 of brands, R-F6 of offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from helpdesk.specifications import criteria_queries, queries, standings
from helpdesk.specifications.comparison_models import Comparison
from helpdesk.specifications.criteria_models import CriteriaEdition, PriceCriterion
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import brands, comparing, criteria, flow
from helpdesk.specifications.rules.sorts import COMPARISON
from helpdesk.specifications.states import Method, Result, State
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.factories.office import TESTER, viewer_for
from tests.factories.specifications import (
    RAM,
    WHOLE,
    Group,
    approved,
    compared,
    concluded,
    decided,
    draft_of,
    keep,
    make_comparison,
    make_edition,
    make_specification,
    notebook,
    offered,
    sent,
    signed,
)

COMPLY, BETTER, NOT, UNSTATED = Result


def row_of(edition: CriteriaEdition, number: str = "11") -> PriceCriterion:
    return db.session.query(PriceCriterion).filter_by(edition_id=edition.id, item_no=number).one()


def numbers(on: date) -> list[str]:
    return [f"{row.edition.name}:{row.item_no}" for row in criteria_queries.in_force(on)]


def test_r_x1_a_price_up_to_the_criterion_passes_and_one_above_needs_its_reason(
    group: Group,
) -> None:
    row = row_of(make_edition())
    within = sent(make_specification(group, notebook(19_000, row.id)))
    assert within.items[0].over == 0
    above = make_specification(group, notebook("19000.01", row.id))
    with pytest.raises(Refusal, match=r"0\.01"):
        sent(above)
    told = notebook("19000.01", row.id, over_price_reason="รวมติดตั้งหน้างาน")
    keep(above, draft_of(group, told))
    assert sent(above).items[0].over == Decimal("0.01")


def test_r_x2_a_specification_keeps_the_edition_it_was_measured_by(group: Group) -> None:
    old = row_of(make_edition())
    one = make_specification(group, notebook(18_500, old.id))
    new = make_edition("พ.ค. 2569", date(2026, 5, 1), _11=17_000)
    db.session.rollback()
    item = db.session.get_one(Specification, one.id).items[0]
    assert (item.criterion_price, queries.outdated([item])) == (Decimal(19_000), {old.id})
    assert "ธ.ค. 2568 ข้อ 11" in item.criterion_text
    assert item.criterion_text.endswith("หน้า 7")
    keep(one, draft_of(group, notebook(18_500, old.id)))
    assert sent(one).items[0].criterion_price == Decimal(19_000)
    other = make_specification(group, notebook(17_000, row_of(new).id))
    assert other.items[0].criterion_price == Decimal(17_000)
    with pytest.raises(Refusal, match="ไม่ใช้บังคับ"):
        make_specification(group, notebook(18_500, old.id))


def test_r_x2_a_corrected_row_changes_no_specification_that_used_it(group: Group) -> None:
    row = row_of(make_edition())
    one = make_specification(group, notebook(18_500, row.id))
    with work():
        criteria.correct(row_of(row.edition), {"price": Decimal(18_000)}, by=TESTER)
    db.session.rollback()
    assert db.session.get_one(Specification, one.id).items[0].criterion_price == 19_000
    assert make_specification(group, notebook(18_000, row.id)).items[0].criterion_price == 18_000


def test_r_x2_a_revision_replaces_its_items_and_a_whole_edition_all_before_it(
    group: Group,
) -> None:
    assert group
    make_edition("ก", date(2025, 12, 1), _1=100, _2=200)
    make_edition("ข", date(2026, 5, 1), whole=False, _1=90)
    make_edition("ค", date(2027, 1, 1), _5=500)
    assert numbers(date(2025, 11, 30)) == []
    assert numbers(date(2026, 4, 30)) == ["ก:1", "ก:2"]
    assert numbers(date(2026, 5, 1)) == ["ข:1", "ก:2"]
    assert numbers(date(2026, 12, 31)) == ["ข:1", "ก:2"]
    assert numbers(date(2027, 1, 1)) == ["ค:5"]


def test_an_edition_that_cannot_be_right_is_refused_and_the_samples_say_so(group: Group) -> None:
    assert group
    row, draft = criteria.Row, criteria.EditionDraft("ฉบับหนึ่ง", date(2026, 1, 1))
    good = row("1", "เครื่อง", Decimal(100))
    wrong = []
    cases = [
        (draft, [good, good]),
        (draft, []),
        (draft, [good] * 401),
        (draft, [replace(good, price=None)]),
        (draft, [replace(good, price=Decimal(-1))]),
        (draft, [replace(good, name=" ")]),
        (draft, [replace(good, features="x" * 4001)]),
        (replace(draft, name=" "), [good]),
    ]
    for number, (edition, rows) in enumerate(cases):
        try:
            with work():
                criteria.bring_in(edition, rows, by=TESTER)
            wrong.append(number)
        except Refusal:
            pass
    assert wrong == []
    with work():
        assert criteria.take_over_samples(by=TESTER) == 2
    assert all(edition.is_sample for edition in criteria_queries.editions())
    found = {row.name: row.price for row in criteria_queries.in_force(date(2026, 11, 23))}
    assert found["เครื่องคอมพิวเตอร์โน้ตบุ๊ก สำหรับงานสำนักงาน"] == 19_000
    assert len(found) == 18
    with pytest.raises(Refusal), work():
        criteria.bring_in(replace(draft, valid_from=date(2020, 1, 1)), [good], by=TESTER)


def test_r_f5_a_text_that_names_a_brand_is_sent_with_a_reason_only(group: Group) -> None:
    one = make_specification(group, requirements=(replace(RAM, name="ทำงานกับเครื่อง HP ได้"),))
    with pytest.raises(Refusal, match="HP") as refused:
        sent(one)
    assert refused.value.field == "brand_reason"
    db.session.rollback()
    told = {"brand_reason": "ใช้อะไหล่ร่วมกับของเดิม"}
    requirement = replace(RAM, name="ทำงานกับเครื่อง HP ได้")
    keep(one, draft_of(group, requirements=(requirement,), texts=told))
    assert sent(one).state == State.WAITING


def test_r_f5_brands_are_found_as_words_in_any_case_and_inside_thai(group: Group) -> None:
    assert group
    found = {
        "เครื่องพิมพ์ hp รุ่นใหม่": ["HP"],
        "เขียนด้วย PHP และ chips": [],
        "ระบบของซัมซุงเท่านั้น": ["ซัมซุง"],
        "ＨＰ ตัวเต็ม": ["HP"],
        "TP-Link/ASUS": ["Asus", "TP-Link"],
        "ไม่น้อยกว่า 8 GB": [],
    }
    words = criteria_queries.brands()
    assert {text: brands.found_in(text, words) for text in found} == found
    with work():
        brands.keep(["ทดสอบ", "ทดสอบ ", ""], by=TESTER)
    assert list(criteria_queries.brands()) == ["ทดสอบ"]
    for wrong in ([], ["x" * 81], [f"w{n}" for n in range(501)]):
        with pytest.raises(Refusal), work():
            brands.keep(wrong, by=TESTER)


def test_r_f6_not_complying_where_it_must_be_met_fails_the_offer_and_only_there(
    group: Group,
) -> None:
    one = make_comparison(group, approved(group))
    failing = offered(one, "ก", 10_000, (NOT, COMPLY, COMPLY))
    optional = offered(one, "ข", 18_000, (BETTER, COMPLY, NOT))
    cheaper = offered(one, "ค", 17_000, (COMPLY, COMPLY, UNSTATED))
    found = standings.of(db.session.get_one(Comparison, one.id))
    assert [found[each.id].passes for each in (failing, optional, cheaper)] == [False, True, True]
    assert [found[each.id].rank for each in (failing, optional, cheaper)] == [None, 2, 1]
    with pytest.raises(Refusal, match="ไม่ผ่าน"):
        compared(concluded(one, failing))


def test_r_f6_an_empty_cell_blocks_the_end_and_is_named(group: Group) -> None:
    one = make_comparison(group, approved(group))
    offer = offered(one, "ก", 18_000, (COMPLY, None, COMPLY))
    assert standings.of(db.session.get_one(Comparison, one.id))[offer.id].passes is None
    with pytest.raises(Refusal, match=r"1\.2"):
        compared(concluded(one, offer))
    db.session.rollback()
    assert db.session.get_one(Comparison, one.id).state == State.DRAFT


def test_what_else_is_missing_blocks_the_end_too(group: Group) -> None:
    one = make_comparison(group, approved(group))
    with pytest.raises(Refusal, match="อย่างน้อยหนึ่งราย"):
        compared(one)
    db.session.rollback()
    unsaid = offered(one, "ก", 18_000, (UNSTATED, COMPLY, COMPLY))
    with pytest.raises(Refusal, match="หมายเหตุ"):
        compared(concluded(one, unsaid))
    db.session.rollback()
    with work():
        found = db.session.get_one(Comparison, one.id)
        comparing.drop_offer(found, found.offers[0], by=TESTER)
    offer = offered(one, "ข", 18_000, (UNSTATED, COMPLY, COMPLY), remark="ยืนยันแล้ว")
    for chosen, words, field in ((None, "ดี", "chosen_id"), (offer, " ", "recommendation")):
        with pytest.raises(Refusal) as refused:
            compared(concluded(one, chosen, words))
        assert refused.value.field == field
        db.session.rollback()
    assert compared(concluded(one, offer)).state == State.WAITING


def test_where_nobody_passes_the_committee_may_recommend_none(group: Group) -> None:
    one = make_comparison(group, approved(group))
    offered(one, "ก", 18_000, (NOT, COMPLY, COMPLY))
    done = compared(concluded(one, None, "ไม่มีผู้ผ่าน เห็นควรยกเลิก"))
    signed(done, group.chair, group.member, group.director)
    assert db.session.get_one(Comparison, one.id).state == State.APPROVED


def test_price_and_performance_are_weighed_and_equal_offers_share_a_place(group: Group) -> None:
    source = approved(group, method=Method.PERFORMANCE, price_weight=60)
    one = make_comparison(group, source)
    assert one.price_weight == 60
    first = offered(one, "ก", 20_000, WHOLE, score=Decimal(90))
    second = offered(one, "ข", 16_000, WHOLE, score=Decimal(50))
    third = offered(one, "ค", 16_000, WHOLE, score=Decimal(50))
    found = standings.of(db.session.get_one(Comparison, one.id))
    assert [found[each.id].points for each in (first, second)] == [Decimal(84), Decimal(80)]
    assert [found[each.id].rank for each in (first, second, third)] == [1, 2, 2]
    with pytest.raises(Refusal):
        offered(one, "ง", 1, WHOLE, score=Decimal(101))


def test_offers_are_compared_with_an_approved_specification_only(group: Group) -> None:
    with pytest.raises(Refusal):
        make_comparison(group, make_specification(group))


def test_a_decided_comparison_is_made_void_with_a_reason_and_can_be_mended(group: Group) -> None:
    one = decided(group, approved(group))
    with pytest.raises(Refusal):
        offered(one, "ช้าไป", 1, WHOLE)
    db.session.rollback()
    by = viewer_for(group.author)

    def reopen(words: str) -> None:
        with work():
            flow.reopen(COMPARISON, db.session.get_one(Comparison, one.id), words, by=by)

    with pytest.raises(Refusal):
        reopen(" ")
    reopen("ราคาพิมพ์ผิด")
    db.session.rollback()
    assert db.session.get_one(Comparison, one.id).state == State.DRAFT
    assert offered(one, "มาใหม่", 17_000, WHOLE).position == 3
