"""The blueprint that every page of requests hangs on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from helpdesk.requests import access

blueprint = Blueprint("requests", __name__, url_prefix="/requests")


@blueprint.context_processor
def tab_rights() -> dict[str, Any]:
    """Give the tabs of the room the rights that open the pages of staff."""
    return {
        "see_requests": access.SEE,
        "carry_out_requests": access.CARRY_OUT,
        "edit_request_kinds": access.KINDS,
    }
