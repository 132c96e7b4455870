"""The blueprint that every page of approvals hangs on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from office.approvals import access

blueprint = Blueprint("approvals", __name__)


@blueprint.context_processor
def tab_rights() -> dict[str, Any]:
    """Give the tabs of the room the rights that open the administrators' pages."""
    return {"see_stuck": access.ASSIGN, "see_paths": access.PATHS}
