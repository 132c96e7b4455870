"""Instalments of a specification (part 10 of F05): what is delivered, and its percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from helpdesk.specifications.models import Specification, SpecInstalment
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking

MOST_INSTALMENTS, MOST_DAYS = 24, 3650
WHOLE, STEP = Decimal(100), Decimal("0.01")
COLUMNS = ("percent", "delivers", "days")


@dataclass(frozen=True)
class InstalmentDraft:
    """An instalment as typed; ``days`` counts from the day after the contract."""

    percent: Decimal | None
    delivers: str
    days: int | None = None


def single() -> InstalmentDraft:
    """Return the one instalment that most purchases have: everything, once it is accepted."""
    with speaking("th"):
        return InstalmentDraft(WHOLE, _("Everything is delivered and accepted."))


def rows(drafts: Sequence[InstalmentDraft]) -> list[SpecInstalment]:
    """Return the rows of what was typed.

    Refuses more than 24, a percent that is none or above 100 or finer than a hundredth, and a day
    out of measure; whether they make 100 together counts when the specification is sent.
    """
    if len(drafts) > MOST_INSTALMENTS:
        said = _("There are %(most)s instalments at most.", most=MOST_INSTALMENTS)
        raise Refusal(said, field="payments")
    return [_row(draft, position) for position, draft in enumerate(drafts, start=1)]


def _row(draft: InstalmentDraft, position: int) -> SpecInstalment:
    percent, fault = draft.percent, ""
    if percent is None or not 0 < percent <= WHOLE or percent != percent.quantize(STEP):
        fault = _("Please write the percent: more than 0, at most 100, two places at most.")
    elif draft.days is not None and not 0 < draft.days <= MOST_DAYS:
        fault = _("Please write 1 to %(most)s days.", most=f"{MOST_DAYS:,}")
    if fault:
        raise Refusal(_instalment(position, fault), field="payments")
    return SpecInstalment(
        position=position,
        percent=None if percent is None else percent.quantize(STEP),
        delivers=draft.delivers.strip()[:500],
        days=draft.days,
    )


def complete(one: Specification) -> None:
    """Refuse instalments that are none, do not say what is delivered, or do not make 100."""
    if not one.payments:
        raise Refusal(
            _("Please write the instalments: the percent of each, and what it is paid for."),
            field="payments",
        )
    for row in one.payments:
        if not row.delivers:
            fault = _("Please write what is delivered for it.")
            raise Refusal(_instalment(row.position, fault), field="payments")
    together = sum((row.percent for row in one.payments), start=Decimal(0))
    if together != WHOLE:
        raise not_whole(together, field="payments")


def not_whole(together: Decimal, *, field: str) -> Refusal:
    """Return the refusal of percents that do not make 100 together."""
    said = _(
        "The instalments make %(sum)s percent together; they must make 100.",
        sum=f"{together.normalize():f}",
    )
    return Refusal(said, field=field)


def _instalment(position: int, fault: str) -> str:
    return _("Instalment %(number)s: %(fault)s", number=position, fault=fault)


def share(amount: Decimal | None, percent: Decimal) -> Decimal | None:
    """Return which part of an amount a percent is, at the satang; None of none."""
    return None if amount is None else (amount * percent / WHOLE).quantize(STEP, ROUND_HALF_UP)


def sentence(percent: Decimal, delivers: str, days: int | None) -> str:
    """Return an instalment in one line, as approvals and lists of differences show it."""
    said = f"{percent.normalize():f}% · {delivers}"
    until = _("within %(days)s days", days=days) if days else ""
    return f"{said} · {until}" if until else said
