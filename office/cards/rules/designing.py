"""What the cards of a unit look like: the one verb, ``design``."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy.exc import IntegrityError

from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.cards import queries
from office.cards.colours import LEAST_CONTRAST, contrast, read_colour
from office.cards.models import CardDesign
from office.places.models import Unit

MOST_YEARS, MOST_SHIFT = 10, 100


@dataclass(frozen=True)
class Look:
    """Everything that can be chosen; ``emblem_key`` "" for none. Shifts are tenths of a mm."""

    band: str
    ink: str
    emblem_key: str
    rules_text: str
    valid_years: int
    front_right: int = 0
    front_down: int = 0
    back_right: int = 0
    back_down: int = 0


def design(unit: Unit, look: Look, *, by: Viewer) -> CardDesign:
    """Choose the look of a unit's cards; cards that are printed stay as they are.

    Refuses what is no colour, letters that cannot be read on the band (less contrast than 4.5 to
    1), fewer than one or more than ten years, and shifts of more than a centimetre.
    """
    checked = _checked(look)
    row = queries.own_design(unit.id)
    if row is not None:
        audit.record_changes("designed", row, asdict(checked), by=by)
        return row
    row = CardDesign(unit_id=unit.id, **asdict(checked))
    db.session.add(row)
    try:
        db.session.flush()  # of two that choose first at once one is refused
    except IntegrityError as error:
        if not violates(error, "uq_card_design_unit_id", "card_design.unit_id"):
            raise
        raise Stale(
            _("Somebody else has chosen a look for this unit meanwhile. Please look at it again.")
        ) from error
    audit.record("designed", row, by=by, after=asdict(checked))
    return row


def _checked(look: Look) -> Look:
    band, ink = read_colour(look.band), read_colour(look.ink)
    if band is None:
        raise Refusal(_("This is no colour. Write it like #1f3a5f."), field="band")
    if ink is None:
        raise Refusal(_("This is no colour. Write it like #1f3a5f."), field="ink")
    reached = contrast(band, ink)
    if reached < LEAST_CONTRAST:
        raise Refusal(
            _(
                "Letters of this colour cannot be read on the band: the contrast is %(reached)s to "
                "1 and must be at least 4.5 to 1. Choose a darker or lighter one.",
                reached=f"{reached:.1f}",
            ),
            field="ink",
        )
    if not 1 <= look.valid_years <= MOST_YEARS:
        raise Refusal(
            _("A card is valid for one to %(most)s years.", most=MOST_YEARS), field="valid_years"
        )
    for name in ("front_right", "front_down", "back_right", "back_down"):
        if abs(getattr(look, name)) > MOST_SHIFT:
            raise Refusal(_("Shift by at most 10 mm."), field=name)
    return Look(**{**asdict(look), "band": band, "ink": ink})
