"""What several test files of this room do and look at."""

from __future__ import annotations

import io
from typing import Any

from flask.testing import FlaskClient

from office.people.models import Person
from tests.factories.office import make_person
from tests.office.cards.conftest import Cards, face_bytes


def sent(**changes: Any) -> dict[str, Any]:
    return {
        "reason": "first",
        "staff_kind": "temporary",
        "name_th": "มาลี ตัวอย่าง",
        "name_en": "Malee Example",
        "position": "ครู",
        "confirmed": "y",
        "photo": (io.BytesIO(face_bytes()), "ฉัน.jpg"),
        **changes,
    }


def stranger(cards: Cards) -> Person:
    """Return the coordinator of another school."""
    other = cards.cast.other_school
    return make_person("coordinator", unit=other, over=other)


def ask(client: FlaskClient, address: str = "/cards/request", **changes: Any) -> Any:
    data = {key: value for key, value in sent(**changes).items() if value is not None}
    return client.post(address, data=data, content_type="multipart/form-data")
