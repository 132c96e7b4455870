"""Who may see and change vendors; the loader that refuses. Vendors belong to the whole office."""

from __future__ import annotations

from assets.vendors.models import Vendor
from kernel.access import permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

SEE = permission(
    "assets:vendor:see",
    roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.APPROVER, Role.AUDITOR, Role.ADMIN),
)
EDIT = permission("assets:vendor:edit", roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.ADMIN))


def vendor_known(vendor_id: int) -> Vendor:
    """Return a vendor.

    Raises:
        NotFound: there is none with this id.
    """
    found = db.session.get(Vendor, vendor_id)
    if found is None:
        raise NotFound(_("There is no such vendor."))
    return found
