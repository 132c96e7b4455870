"""An article from draft to retirement, its versions, its votes, and what fits a report."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from helpdesk.knowledge import jobs, queries, rules, starters
from helpdesk.knowledge.models import Article, ArticleVersion, ArticleVote
from helpdesk.knowledge.states import ARTICLE, Action, Audience, State
from kernel.access import GUEST, Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_class
from tests.factories.knowledge import make_article
from tests.factories.office import TESTER, viewer_for
from tests.office.at_once import in_threads

VERBS = {
    Action.PUBLISH: rules.publish,
    Action.WITHDRAW: rules.withdraw,
    Action.RETIRE: rules.retire,
    Action.REOPEN: rules.reopen,
}


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def found(said: str, viewer: Viewer = GUEST, **more: object) -> list[str]:
    matches = queries.matching(said, language="th", viewer=viewer, **more)  # type: ignore[arg-type]
    return [one.title for one in matches]


def test_every_act_follows_the_table_and_no_other_way(app: Flask, clock: Clock) -> None:
    wrong = []
    for state in State:
        for action, verb in VERBS.items():
            article = make_article(published=state == State.PUBLISHED)
            with work():
                article = db.session.merge(article)
                if state == State.RETIRED:
                    rules.retire(article, by=TESTER)
                try:
                    verb(article, by=TESTER)
                    came = article.state
                except Refusal:
                    came = None
            if came != ARTICLE.transitions.get((state, action)):
                wrong.append((state, action, came))
    assert wrong == []


def test_every_change_of_the_text_is_kept_with_who_made_it(cast: Cast) -> None:
    article = make_article()
    thep = viewer_for(cast.thep)
    with work():
        article = db.session.get_one(Article, article.id)
        rules.edit(article, {"body_th": "ใหม่"}, "แก้ขั้นตอน", by=thep)
        rules.edit(article, {"tags": "อื่น"}, by=thep)
    kept = queries.versions_of(article.id)
    assert next((one.number, one.by_name, one.note) for one in kept) == (2, thep.name, "แก้ขั้นตอน")
    first = queries.version_numbered(article.id, 1)
    assert first is not None
    assert first.body_th == "ปิดเครื่อง แล้วดึงกระดาษช้า ๆ"
    assert len(kept) == 2


def test_an_article_needs_a_thai_title_and_text(app: Flask) -> None:
    with pytest.raises(Refusal), work():
        rules.write({"title_th": " ", "body_th": "ก"}, by=TESTER)
    with pytest.raises(Refusal), work():
        rules.write({"title_th": "ก", "body_th": ""}, by=TESTER)


def test_a_second_vote_of_one_reader_replaces_the_first(app: Flask, clock: Clock) -> None:
    article = make_article()
    for helped in (False, True, True):
        with work():
            rules.vote(db.session.get_one(Article, article.id), "b:one", helped=helped, remark="x")
    with work():
        rules.vote(db.session.get_one(Article, article.id), "p:2", helped=False, remark="ไม่ชัด")
    article = db.session.get_one(Article, article.id)
    assert (article.helped, article.not_helped) == (1, 1)
    assert [one.remark for one in queries.remarks_on(article.id)] == ["ไม่ชัด"]


def test_votes_at_once_are_all_counted_and_each_reader_once(app: Flask, clock: Clock) -> None:
    article_id = make_article().id

    def vote(number: int) -> None:
        with work():
            rules.vote(db.session.get_one(Article, article_id), f"b:{number // 2}", helped=True)

    in_threads(app, 8, vote)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(ArticleVote)) == 4
    assert db.session.get_one(Article, article_id).helped == 4


def test_a_draft_gets_no_votes(app: Flask, clock: Clock) -> None:
    article = make_article(published=False)
    with pytest.raises(Refusal), work():
        rules.vote(db.session.get_one(Article, article.id), "b:one", helped=True)


@pytest.mark.parametrize(
    "said",
    [
        "เครื่องพิมพ์ห้องวิชาการกระดาษติดตลอดเลยค่ะ ช่วยด้วย",
        "ปริ้นเตอร์กระดาษติด",
        "the printer has a PAPER JAM again",
        "กระดาษติด",
    ],
)
def test_a_report_finds_its_article_whatever_else_it_says(app: Flask, said: str) -> None:
    make_article()
    make_article(title_th="จอดำ", title_en="Dark screen", tags="จอดำ, no signal")
    assert found(said) == ["เครื่องพิมพ์กระดาษติด"]


@pytest.mark.parametrize("said", ["", "   ", "แอร์ไม่เย็น", "%_%", "x" * 5000, "😀"])
def test_what_fits_nothing_finds_nothing(app: Flask, said: str) -> None:
    make_article()
    assert found(said) == []


def test_guests_are_offered_public_articles_and_technicians_internal_ones_too(cast: Cast) -> None:
    make_article(title_th="สำหรับช่าง", audience=Audience.STAFF)
    make_article(published=False, title_th="ร่าง")
    assert found("กระดาษติด") == []
    assert found("กระดาษติด", viewer_for(cast.malee)) == []
    assert found("กระดาษติด", viewer_for(cast.thep)) == ["สำหรับช่าง"]


def test_the_class_of_the_item_lifts_its_own_article(app: Flask) -> None:
    wide, other = make_class(icon="printer"), make_class(icon="display")
    narrow = make_class(icon="printer", parent_id=wide.id)
    make_article(title_th="ของจอ", class_id=other.id)
    make_article(title_th="ทั่วไป")
    make_article(title_th="ของเครื่องพิมพ์", class_id=wide.id)
    assert found("กระดาษติด", asset_class_id=narrow.id) == ["ของเครื่องพิมพ์", "ทั่วไป", "ของจอ"]
    assert found("", asset_class_id=narrow.id) == ["ของเครื่องพิมพ์"]


def test_articles_are_found_by_pieces_of_thai_words_and_other_spellings(cast: Cast) -> None:
    make_article()
    for words in ("กระดาษ", "ปริ้นเตอร์", "ดึงกระดาษช้า", "pull slowly"):
        listed = queries.articles(viewer_for(cast.malee), queries.Filters(words=words), 1)
        assert [one.title_th for one in listed] == ["เครื่องพิมพ์กระดาษติด"], words


def test_a_review_is_due_after_a_year_and_its_author_is_told_once(cast: Cast, clock: Clock) -> None:
    with work():
        article = rules.write({"title_th": "ก", "body_th": "ข"}, by=viewer_for(cast.thep))
        rules.publish(article, by=TESTER)
    assert jobs.remind_reviews() == 0
    clock.forward(days=365)
    assert jobs.remind_reviews() == 1
    jobs.remind_reviews()
    told = select(func.count()).where(OutgoingMessage.kind == "article_review")
    assert db.session.scalar(told) == 1
    with work():
        rules.review(db.session.get_one(Article, article.id), by=TESTER)
    assert jobs.remind_reviews() == 0


def test_the_shipped_articles_are_whole_and_load_once(app: Flask, clock: Clock) -> None:
    make_class(icon="printer")
    with work():
        assert len(starters.load(by=TESTER)) >= 10
    with work():
        assert starters.load(by=TESTER) == []
    for one in db.session.scalars(select(Article)):
        assert len(one.body_th) > 300, one.starter
        assert len(one.body_en) > 300, one.starter
        assert one.tags
        assert one.title_en
    assert found("พิมพ์ไม่ออก")[0] == "สั่งพิมพ์แล้วงานไม่ออก"
    assert db.session.scalar(select(func.count()).select_from(ArticleVersion)) >= 10
