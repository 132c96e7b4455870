"""The blueprint that every page of approvals hangs on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from kernel.access import viewer
from office.approvals import access, kinds
from office.approvals.models import Approval

blueprint = Blueprint("approvals", __name__)


@blueprint.context_processor
def tab_rights() -> dict[str, Any]:
    """Give the tabs of the room the rights that open the administrators' pages."""
    return {"see_stuck": access.ASSIGN, "see_paths": access.PATHS}


@blueprint.app_template_filter("approval_title")
def approval_title(approval: Approval) -> str:
    """Return the title of an approval in the reader's language."""
    return kinds.title_of(approval)


@blueprint.app_template_global()
def approval_page(approval_id: int | None) -> str | None:
    """Return the address of an approval for pages that lead there; None where it is not readable.

    What was approved may be read by many who have no business with who signed it.
    """
    if approval_id is None or not access.may_read(viewer(), approval_id):
        return None
    return url_for("approvals.show", approval_id=approval_id)
