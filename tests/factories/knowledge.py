"""Articles for tests."""

from __future__ import annotations

from typing import Any

from helpdesk.knowledge import rules
from helpdesk.knowledge.models import Article
from tests.factories.office import TESTER, in_work


def make_article(*, published: bool = True, **fields: Any) -> Article:
    """Return a new article, published unless it is said otherwise."""
    with in_work():
        made = rules.write(
            {
                "title_th": "เครื่องพิมพ์กระดาษติด",
                "title_en": "Paper is stuck",
                "body_th": "ปิดเครื่อง แล้วดึงกระดาษช้า ๆ",
                "body_en": "Switch it off, then pull slowly.",
                "tags": "กระดาษติด, paper jam",
                **fields,
            },
            by=TESTER,
        )
        if published:
            rules.publish(made, by=TESTER)
    return made
