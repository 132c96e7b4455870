"""What guests see holds no name, telephone number or e-mail address of anybody (R-PD2, R-PD3)."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from helpdesk.tickets.states import State
from kernel.work import work
from tests.cast import make_cast
from tests.factories.assets import make_asset
from tests.factories.office import viewer_for
from tests.factories.tickets import make_tag, make_ticket


def test_r_pd2_r_pd3_pages_of_guests_hold_no_personal_data(app: Flask, client: FlaskClient) -> None:
    cast = make_cast()
    with work():
        for number, person in enumerate(cast.by_role().values()):
            person.phone = f"08-1234-56{number:02}"
    asset = make_asset(cast.school, custodian_id=cast.malee.id)
    code = make_tag(asset).code
    thep = viewer_for(cast.thep)
    tickets = [
        make_ticket(asset, by=viewer_for(cast.malee), state=State.IN_PROGRESS, technician=thep),
        make_ticket(asset, reporter_name="ครูปรียา สมมติ", reporter_contact="089-999-8888"),
    ]
    secrets = {"ครูปรียา", "089-999-8888"}
    for person in cast.by_role().values():
        secrets |= {person.name_th, person.name_en, person.phone, person.email}
    pages = ["/sign-in", "/report", "/knowledge", "/privacy", f"/q/{code}", f"/q/{code}/report"]
    pages += [ticket.tracking_path for ticket in tickets]
    leaks = []
    for language in ("th", "en"):
        client.set_cookie("language", language)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, page
            leaks += [(language, page, one) for one in secrets if one in answer.text]
    assert leaks == []
