"""Who may see and change the catalogue; the loaders that refuse."""

from __future__ import annotations

from assets.catalogue.models import AssetClass, ExtraField, ProductModel, Symptom
from kernel.access import permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

SEE = permission(
    "assets:catalogue:see",
    roles=(
        Role.TECHNICIAN,
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.INSPECTOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
# One catalogue serves the office and its schools, so only who has the whole office changes it.
EDIT = permission("assets:catalogue:edit", roles=(Role.STOREKEEPER, Role.ADMIN), office_wide=True)


def class_known(class_id: int) -> AssetClass:
    """Return a class.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(AssetClass, class_id)
    if found is None:
        raise NotFound(_("There is no such class."))
    return found


def symptom_known(symptom_id: int) -> Symptom:
    """Return a symptom.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(Symptom, symptom_id)
    if found is None:
        raise NotFound(_("There is no such symptom."))
    return found


def field_known(field_id: int) -> ExtraField:
    """Return an extra field.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(ExtraField, field_id)
    if found is None:
        raise NotFound(_("There is no such field."))
    return found


def product_known(product_id: int) -> ProductModel:
    """Return the record of a brand and model.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(ProductModel, product_id)
    if found is None:
        raise NotFound(_("There is no such model."))
    return found
