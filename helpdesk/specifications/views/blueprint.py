"""The blueprint that every page of the room hangs on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from helpdesk.specifications import access

blueprint = Blueprint("specifications", __name__)


@blueprint.context_processor
def tab_rights() -> dict[str, Any]:
    """Give the pages the rights that open the ways between them."""
    return {
        "write_specifications": access.WRITE,
        "compare_offers": access.COMPARE,
        "keep_criteria": access.CRITERIA,
    }
