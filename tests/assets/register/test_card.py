"""The register card as a form: what it shows, and what saving it keeps."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from assets.register.models import Asset
from kernel.db import db
from tests.cast import make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import make_room, sign_in


def fields_of(page: str) -> dict[str, str]:
    """What the browser would send of the text fields of a form."""
    tags = re.findall(r"<input[^>]*>", page)
    found = [
        (re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)) for tag in tags
    ]
    return {name[1]: value[1] for name, value in found if name and value}


def test_saving_a_card_as_it_stands_leaves_the_item_in_its_room(client: FlaskClient) -> None:
    cast = make_cast()
    room = make_room(cast.school, "ห้อง 231")
    item = make_asset(cast.school, room_id=room.id, class_id=make_class().id)
    sign_in(client, cast.sri)
    page = client.get(f"/items/{item.id}/edit").text
    shown = fields_of(page)
    assert shown["room"] == "ห้อง 231"
    typed = {
        key: shown[key] for key in ("name", "asset_no", "serial_no", "room", "quantity", "version")
    }
    typed |= {"unit_id": str(cast.school.id), "class_id": str(item.class_id), "condition": "good"}
    assert client.post(f"/items/{item.id}/edit", data=typed).status_code == 302
    assert db.session.get_one(Asset, item.id).room_id == room.id
