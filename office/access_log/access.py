"""Who may read the access log, hand entries out, and order that they are kept longer.

The log cannot be parted by units, so only who holds the role for the whole office reads it.
"""

from __future__ import annotations

from kernel.access import permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.access_log.models import LegalHold
from office.people.access import EVERYONE, Role

SEE = permission("office:access_log:see", roles=(Role.AUDITOR, Role.ADMIN), office_wide=True)
HOLD = permission("office:access_log:hold", roles=(Role.ADMIN,), office_wide=True)
MINE = permission("office:access_log:mine", roles=EVERYONE)


def hold_lifted(hold_id: int) -> LegalHold:
    """Return an order to keep entries.

    Raises:
        NotFound: there is none.
    """
    hold = db.session.get(LegalHold, hold_id)
    if hold is None:
        raise NotFound(_("There is no such order."))
    return hold
