"""What the access log tells apart."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _p


class Action(StrEnum):
    """What a request did (R-C2)."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    RIGHTS = "rights"
    EXPORTED = "exported"
    REMOVED = "removed"
    READ = "read"


ACTIONS = {
    Action.SIGNED_IN: _p("access log", "signed in"),
    Action.SIGN_IN_FAILED: _p("access log", "tried to sign in and failed"),
    Action.SIGNED_OUT: _p("access log", "signed out"),
    Action.RIGHTS: _p("access log", "changed rights"),
    Action.EXPORTED: _p("access log", "took data out as a file"),
    Action.REMOVED: _p("access log", "removed something"),
    Action.READ: _p("access log", "looked at personal data"),
}
TONES = {
    Action.SIGN_IN_FAILED: "warn",
    Action.RIGHTS: "info",
    Action.REMOVED: "warn",
    Action.EXPORTED: "info",
}
# What concerns the person whose data it is.
LOOKING = (Action.READ, Action.EXPORTED)
