"""The list of the register."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from assets.register import access, queries, slots
from assets.register.forms import filters_from
from assets.register.states import CONDITIONS, OBSTACLES
from assets.register.views.blueprint import blueprint
from assets.register.views.naming import name_of
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.markup import badge
from kernel.pages import page_number, paged
from kernel.states import Face


@blueprint.get("/items")
@permit(access.SEE)
def item_list() -> ResponseReturnValue:
    """List the items that the person may see."""
    filters, number = filters_from(request.args), page_number()
    me = viewer()
    page = paged(queries.items(filters, me, page=number), number, queries.PAGE)
    return render_template(
        "assets/register/items.html",
        page=page,
        filters=filters,
        narrowed=filters != queries.Filters(newest=filters.newest),
        groups=_groups(filters),
        badges={
            "condition": {str(c): _badge(face) for c, face in CONDITIONS.items()},
            "obstacle": {o and str(o): _badge(face) for o, face in OBSTACLES.items()},
        },
        english=language() == "en",
        may_edit=me.may(access.EDIT),
        may_import=me.may(access.IMPORT),
        may_label=slots.may_print(me),
    )


def _badge(face: Face) -> Markup:
    return badge(face.label, face.tone, face.icon)


def _groups(filters: queries.Filters) -> list[dict[str, Any]]:
    """Return the filters of the list as the filter bar wants them."""

    def group(
        name: str, label: str, value: object, choices: list[Any], every: str
    ) -> dict[str, Any]:
        return {"name": name, "label": label, "value": value, "choices": choices, "any": every}

    units = [(str(u.id), name_of(u)) for u in queries.units_with_items(viewer())]
    classes = [(str(c.id), c.name) for c in queries.classes()]
    conditions = [(str(c), face.label) for c, face in CONDITIONS.items()]
    reasons = [(str(o or queries.AVAILABLE), face.label) for o, face in OBSTACLES.items()]
    groups = [group("unit", _("Unit"), filters.unit_id, units, _("all units"))]
    if filters.unit_id:
        rooms = [(str(r.id), r.name) for r in queries.rooms_of(filters.unit_id)]
        groups.append(group("room", _("Room"), filters.room_id, rooms, _("all rooms")))
    return [
        *groups,
        group("class", _("Class"), filters.class_id, classes, _("all classes")),
        group("condition", _("Condition"), filters.condition, conditions, _("any condition")),
        group("available", _("Availability"), filters.availability, reasons, _("all items")),
    ]
