"""The choice of a list's columns, drawn: every column with its place, those shown first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from markupsafe import Markup

from kernel.i18n import gettext as _
from kernel.i18n import language

MOST_KEPT = 256
LINE = Markup(
    '<li><input class="input" type="text" inputmode="numeric" maxlength="2" name="place-{key}"'
    ' value="{place}" aria-label="{said}"><label class="tick"><input type="checkbox" name="column"'
    ' value="{key}"{ticked}><span>{label}</span></label></li>'
)
TICKED = Markup(" checked")


class Column(Protocol):
    """A column of a list, as far as it is chosen."""

    @property
    def key(self) -> str:
        """What it is called in an address."""

    @property
    def label(self) -> Any:  # noqa: ANN401 - a lazy text
        """Its heading."""


def column_choice(shown: Sequence[Column], every: Iterable[Column]) -> Markup:
    """Return the lines of the form that chooses columns, in the language spoken now.

    Args:
        shown: the columns of the list, in their order.
        every: all that can be shown.
    """
    keys = {column.key for column in shown}
    others = (column for column in every if column.key not in keys)
    offered = (
        *((one.key, str(one.label), place) for place, one in enumerate(shown, 1)),
        *((one.key, str(one.label), 0) for one in others),
    )
    return _drawn(offered, language())


@lru_cache(MOST_KEPT)
def _drawn(offered: tuple[tuple[str, str, int], ...], _spoken: str) -> Markup:
    return Markup("").join(
        LINE.format(
            key=key,
            label=label,
            place=place or "",
            said=_("Place of %(column)s", column=label),
            ticked=TICKED if place else "",
        )
        for key, label, place in offered
    )
