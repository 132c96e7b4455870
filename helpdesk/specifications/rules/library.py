"""The library that comes with the service: a draft out of one of its templates."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from helpdesk.specifications import criteria_queries
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import drafting, payments
from helpdesk.specifications.rules.drafting import Draft, ItemDraft, RequirementDraft
from helpdesk.specifications.states import Operator
from kernel import clock
from kernel.access import Viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import language

_FILE = Path(__file__).parent.parent / "data" / "library.json"


@dataclass(frozen=True)
class Template:
    """A specification to start from; ``criterion`` is the name of the row that measures it."""

    key: str
    icon: str
    title_th: str
    title_en: str
    texts: dict[str, str]
    item: dict[str, Any]
    requirements: tuple[RequirementDraft, ...]

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return self.title_en if language() == "en" else self.title_th


@cache
def templates() -> tuple[Template, ...]:
    """Return every template, in the order of the library."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Template(
            key=one["key"],
            icon=one["icon"],
            title_th=one["title"],
            title_en=one["title_en"],
            texts={**data["common"], "objective": one["objective"]},
            item=one["item"],
            requirements=tuple(
                RequirementDraft(name, Operator(operator), amount, unit)
                for name, operator, amount, unit in one["requirements"]
            ),
        )
        for one in data["templates"]
    )


def begin(key: str, *, by: Viewer) -> Specification:
    """Begin a specification out of a template, measured by the price criteria in force.

    Raises:
        NotFound: there is no such template.
    """
    found = next((one for one in templates() if one.key == key), None)
    if found is None:
        raise NotFound(_("There is no such template."))
    return drafting.begin(draft_of(found), by=by)


def draft_of(template: Template) -> Draft:
    """Return what a template says, as if somebody had typed it."""
    rows = criteria_queries.in_force(clock.today())
    named = template.item["criterion"]
    row = next((one for one in rows if named and one.name == named), None)
    price = Decimal(template.item["price"])
    item = ItemDraft(
        name=template.item["name"],
        quantity=Decimal(1),
        unit_word=template.item["unit"],
        unit_price=min(price, row.price) if row else price,
        criterion_id=row.id if row else None,
    )
    return Draft(
        title=template.title_th,
        texts=dict(template.texts),
        items=(item,),
        requirements=template.requirements,
        payments=(payments.single(),),
    )
