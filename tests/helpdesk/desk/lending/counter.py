"""What the tests of the desk do again and again: scan, look at the list, make a label."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from assets.labels.models import Tag
from assets.loans.models import BasketLine
from assets.register.models import Asset
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work

TERMS = {"purpose": "สอน", "official": "y", "place_kind": "inside", "due": "default"}
# The same keys on a keyboard that is set to Thai.
LATIN = "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./"
THAI = "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ"


def scan(client: FlaskClient, *codes: str | None) -> str:
    """Scan one after the other and return the last page."""
    page = ""
    for code in codes:
        answer = client.post("/desk/scan", data={"code": code}, follow_redirects=True)
        assert answer.status_code == 200
        page = answer.text
    return page


def on_the_list() -> list[int]:
    return list(db.session.scalars(select(BasketLine.asset_id).order_by(BasketLine.id)))


def in_thai(text: str) -> str:
    return "".join(dict(zip(LATIN, THAI, strict=True)).get(letter, letter) for letter in text)


def tag(asset: Asset | None, code: str) -> str:
    with work():
        now = kernel_clock.now()
        db.session.add(Tag(code=code, asset_id=asset.id if asset else None, created_at=now))
    return code
