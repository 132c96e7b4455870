"""The blueprint that every page of access rights hangs on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from helpdesk.access_rights import access
from kernel.access import viewer

blueprint = Blueprint("access_rights", __name__, url_prefix="/access")


@blueprint.context_processor
def tab_rights() -> dict[str, Any]:
    """Tell the tabs of the room which pages are open to the viewer."""
    me = viewer()
    sees, edits = me.may(access.SEE), me.may(access.SYSTEMS)
    cares = edits or (not me.is_guest and access.cares(me))
    return {"sees_rights": sees or cares, "cares_for_systems": cares, "edits_systems": edits}
