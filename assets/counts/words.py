"""The words of the groups of the report, in the order of clause 213."""

from __future__ import annotations

from assets.register.states import CONDITIONS, Condition
from kernel.i18n import lazy_gettext as _l

GROUP_WORDS = {
    **{
        str(one): CONDITIONS[one].label
        for one in (
            Condition.GOOD,
            Condition.DAMAGED,
            Condition.WORN_OUT,
            Condition.MISSING,
            Condition.NOT_NEEDED,
        )
    },
    "uncounted": _l("Not counted yet"),
}
