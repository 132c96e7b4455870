"""Titles that the service makes follow the reader's language; what people typed stays."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from helpdesk.requests import works
from helpdesk.requests.shapes import path_key
from helpdesk.requests.sorts import sort_of
from kernel.i18n import speaking
from kernel.work import work
from office.approvals import kinds
from tests.factories.office import sign_in
from tests.factories.requests import make_ground, make_request, sent

WORK = path_key(works.KEY)
KEPT = "เดิม"
MADE: dict[str, tuple[dict[str, Any], str]] = {
    "card": ({"name_th": "มาลี"}, "User card of มาลี"),
    "outside_repair": ({"item": "จอ", "fault": "", "vendor": "ร้าน ก"}, "Repair of จอ by ร้าน ก"),
    "disposal": ({"items": [{"name": "จอ"}]}, "Disposal of 1 items: จอ"),
    "stock_loss": ({"lines": [1, 2], "store": "คลัง"}, "Write-off of 2 items from คลัง"),
    "stock_count": ({"store": "คลัง"}, "Differences of a stock count in คลัง"),
    "loan": ({"lines": [{"name": "จอ", "quantity": 2}]}, "Borrow จอ × 2"),
    "training_enrolment": ({"title_en": "Spreadsheets"}, "Spreadsheets"),
}


def test_every_made_title_is_said_in_english_and_none_of_the_typed_ones(
    client: FlaskClient,
) -> None:
    wrong = {}
    for key, (content, english) in MADE.items():
        titled = kinds.kind_of(key).title
        assert titled is not None, key
        with speaking("en"):
            said = titled(content, KEPT)
        with speaking("th"):
            thai = titled(content, KEPT)
        if said != english or thai == english:
            wrong[key] = (said, thai)
    assert wrong == {}
    sort = sort_of(works.KEY)
    titled = kinds.kind_of(WORK).title
    assert sort is not None
    assert titled is not None
    kept = f"{sort.name_th}: เดินสาย"
    with speaking("en"):
        assert titled({}, kept) == f"{sort.name_en}: เดินสาย"
        assert titled({}, KEPT) == KEPT
    with speaking("th"):
        assert titled({}, kept) == kept
    typed = ("purchase", "specification", "comparison", "programme")
    assert [key for key in typed if kinds.kind_of(key).title is not None] == []


def test_the_signer_reads_the_title_in_the_own_language_on_every_page(client: FlaskClient) -> None:
    with work():
        ground = make_ground()
    request = sent(make_request(ground.asker))
    sort = sort_of(works.KEY)
    assert sort is not None
    assert request.title.startswith(sort.name_th)
    english = sort.name_en + request.title.removeprefix(sort.name_th)
    pages = ("/approvals", f"/approvals/{request.approval_id}", f"/requests/{request.id}", "/")
    sign_in(client, ground.head)
    assert [one for one in pages if request.title not in client.get(one).text] == []
    client.post("/language", data={"language": "en"})
    assert [one for one in pages if english not in client.get(one).text] == []
    sign_in(client, ground.asker)
    client.post("/language", data={"language": "en"})
    mine = ("/requests", "/approvals/mine")
    assert [one for one in mine if english not in client.get(one).text] == []
