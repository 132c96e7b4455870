"""The blueprint that every page of purchases hangs on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from helpdesk.purchases import access

blueprint = Blueprint("purchases", __name__, url_prefix="/purchases")


@blueprint.context_processor
def tab_rights() -> dict[str, Any]:
    """Give the tabs of the room the rights that open the pages of staff."""
    return {"see_purchases": access.SEE, "see_budgets": access.BUDGETS}
