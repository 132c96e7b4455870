"""The papers of a disposal: which are offered for which method, and what stands on them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument

from assets.disposals import papers, queries
from assets.disposals.states import SALES, LineState, Method, State
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.disposals import Team, make_disposal, nobody_pays
from tests.factories.office import in_work, sign_in
from tests.office.papers.paper_reading import bare

OF_A_SALE = {"committees", "appraisal", "call", "bids", "remittance"}
# They do not say what the things cost once.
FOR_BUYERS = {"call", "bids"}
# Words that each paper has only for this method.
OF_METHOD = {
    Method.SELL_AUCTION: {
        "committees": "คณะกรรมการประเมินราคา",
        "call": "ประกาศขายทอดตลาด",
        "bids": "บัญชีผู้เข้าสู้ราคา",
        "remittance": "หนึ่งพันห้าร้อยบาทถ้วน",
    },
    Method.SELL_SPECIFIC_A: {"call": "ขอเชิญเสนอราคา", "bids": "ใบเสนอราคา"},
    Method.DESTROY: {"committees": "คณะกรรมการแปรสภาพหรือทำลายพัสดุ"},
    Method.TRANSFER: {},
}
WITHOUT: dict[Method, set[str]] = {
    Method.DESTROY: OF_A_SALE - {"committees"},
    Method.TRANSFER: OF_A_SALE,
}


@pytest.mark.parametrize("method", OF_METHOD)
def test_every_paper_has_its_words_in_the_text_layer(
    client: FlaskClient, cast: Cast, team: Team, method: Method
) -> None:
    asset = make_asset(price=Decimal("24000.00"), asset_no="7440-001-9999/60")
    case = make_disposal(
        asset, state=State.CLOSED, team=team, findings=nobody_pays(), method=method
    )
    if method not in SALES:
        with in_work():
            case.proceeds = None
    sign_in(client, cast.sri)
    names = {name for name, _label in papers.offered(case)}
    assert names == set(papers.PAPERS) - WITHOUT.get(method, set())
    for name in names:
        answer = client.get(f"/disposals/{case.id}/papers/{name}.pdf")
        assert answer.status_code == 200, name
        pages = [page.get_textpage().get_text_bounded() for page in PdfDocument(answer.data)]
        text = bare("".join(pages))
        assert "9999" in text, name
        assert ("๒๔,๐๐๐.๐๐" in text) == (name not in FOR_BUYERS), name
        assert bare(OF_METHOD[method].get(name, "")) in text, name
    assert client.get(f"/disposals/{case.id}/papers/other.pdf").status_code == 404


def test_a_letter_says_no_value_that_is_not_known(
    client: FlaskClient, cast: Cast, team: Team
) -> None:
    case = make_disposal(make_asset(), state=State.STRUCK_OFF, team=team)
    sign_in(client, cast.sri)
    letter = PdfDocument(client.get(f"/disposals/{case.id}/papers/notice.pdf").data)
    text = letter[0].get_textpage().get_text_bounded().replace("\u200b", "")
    assert "๒๑๘" in text
    assert not re.search(r"(?<![๐-๙])๐\.๐๐", text)


FOUND = "พบภายหลังเมื่อวันที่๒๕พฤศจิกายน๒๕๖๙"


@pytest.mark.parametrize(
    ("told_on", "saying"),
    [
        (None, {"list", "notice", "parent"}),
        (date(2026, 11, 24), {"list", "parent"}),
        (date(2026, 11, 25), {"list", "notice", "parent"}),
    ],
)
def test_what_is_written_after_a_lost_item_was_found_again_says_so(
    client: FlaskClient, cast: Cast, team: Team, told_on: date | None, saying: set[str]
) -> None:
    lost, gone = (make_asset(price=Decimal("24000.00")) for _one in range(2))
    case = make_disposal(lost, gone, state=State.STRUCK_OFF, team=team, method=Method.WRITE_OFF)
    with in_work():
        case.audit_on = told_on
        line = queries.lines_of(case)[0]
        line.state, line.ended_on, line.end_reason = LineState.FOUND, date(2026, 11, 25), "ในตู้"
    sign_in(client, cast.sri)
    found = set()
    for name, _label in papers.offered(case):
        pdf = PdfDocument(client.get(f"/disposals/{case.id}/papers/{name}.pdf").data)
        if FOUND in bare("".join(page.get_textpage().get_text_bounded() for page in pdf)):
            found.add(name)
    assert found == saying


# English that stands beside labels, headings and titles of a paper that is printed with it.
IN_ENGLISH = {
    "statement": ("Statement of a witness", "Written at", "Member and secretary"),
    "committees": (
        "Order of the committees of a disposal",
        "Sale committee",
        "Items of this order",
    ),
    "appraisal": ("Appraisal before a sale", "Source of the price", "In words"),
    "call": ("Notice of an auction", "To be seen at", "Registration and deposit on"),
    "bids": ("List of bidders", "Bid (baht)", "Signature", "Highest bidder"),
    "remittance": ("Proceeds handed in", "Proof of payment", "Handed in by"),
    "findings": ("Findings", "Liable", "Chair"),
    "list": ("Struck off on", "Depreciation (baht)", "Supply officer"),
    "notice": ("Enclosures", "Yours faithfully"),
}


@pytest.mark.parametrize("name", IN_ENGLISH)
def test_a_paper_for_readers_of_english_has_it_beside_every_label(
    client: FlaskClient, cast: Cast, team: Team, name: str
) -> None:
    case = make_disposal(
        make_asset(),
        state=State.CLOSED,
        team=team,
        findings=nobody_pays(),
        method=Method.SELL_AUCTION,
    )
    sign_in(client, cast.sri)
    answer = client.get(f"/disposals/{case.id}/papers/{name}.pdf?paper=en")
    pages = [page.get_textpage().get_text_bounded() for page in PdfDocument(answer.data)]
    text = bare("".join(pages))
    assert [words for words in IN_ENGLISH[name] if bare(words) not in text] == []
