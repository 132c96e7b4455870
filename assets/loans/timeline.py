"""The story of a loan, oldest first: handed over, reminded, extended, back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from assets.loans.later_models import LoanChase, LoanOverride, LoanRecall
from assets.loans.later_states import CHASE_WAYS, ChaseWay
from assets.loans.models import Loan, LoanExtension, LoanLine, LoanNotice
from assets.loans.rules.ladder import ANY_FOLLOW_UP, DIRECTOR, HEAD
from assets.loans.states import OUTCOMES, Outcome
from kernel import clock
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import show_date


@dataclass(frozen=True)
class Moment:
    """One thing that happened, as the timeline component shows it."""

    at: datetime
    text: str
    who: str = ""
    body: str = ""
    icon: str = "circle"
    tone: str = "neutral"


def story(
    loan: Loan,
    lines: Sequence[LoanLine],
    extensions: Sequence[LoanExtension],
    notices: Sequence[LoanNotice],
    further: Sequence[Moment] = (),
) -> list[Moment]:
    """Return what happened to a loan; what happened in one act to several items is told once.

    ``further`` are moments that ``further`` made of recalls, overrides and chases.
    """
    names = {line.id: line.asset.name for line in lines}
    moments = [_handed_over(loan, lines), *further]
    for at, steps in _together([n for n in notices if n.line_id in names]).items():
        latest = max(steps, key=lambda step: step.step)
        tone = "warn" if latest.step > 0 else "info"
        moments.append(Moment(at, _reminder(latest), icon="bell", tone=tone))
    moments += [_extended(one, names[one.line_id]) for one in extensions if one.line_id in names]
    moments += [_ended(line) for line in lines if line.returned_at]
    return sorted(moments, key=lambda moment: moment.at)


def further(
    lines: Sequence[LoanLine],
    recalls: Sequence[LoanRecall],
    overrides: Sequence[LoanOverride],
    chases: Sequence[LoanChase],
) -> list[Moment]:
    """Return the moments of what officers did to a loan while it was out."""
    names = {line.id: line.asset.name for line in lines}
    moments = [_recalled(one, names[one.line_id]) for one in recalls if one.line_id in names]
    moments += [_overridden(one) for one in overrides if one.line_id in names]
    moments += [_chased(one, names[one.line_id]) for one in chases if one.line_id in names]
    return moments


def _recalled(recall: LoanRecall, name: str) -> Moment:
    text = _(
        "“%(name)s” recalled: due date moved from %(old)s to %(new)s",
        name=name,
        old=show_date(recall.old_due_on, "short"),
        new=show_date(recall.new_due_on, "short"),
    )
    who = recall.by.name if recall.by else ""
    return Moment(recall.at, text, who, recall.why, icon="arrow-return-left", tone="warn")


def _overridden(override: LoanOverride) -> Moment:
    text = _("Lent all the same: %(against)s", against=override.against)
    who = override.by.name if override.by else ""
    return Moment(override.at, text, who, override.why, icon="shield-exclamation", tone="warn")


def _chased(chase: LoanChase, name: str) -> Moment:
    how = CHASE_WAYS[ChaseWay(chase.how)]
    text = _("“%(name)s” asked for: %(how)s", name=name, how=how)
    who = chase.by.name if chase.by else ""
    at = clock.at(chase.on, time(12))
    return Moment(at, text, who, chase.note, icon="telephone", tone="warn")


def _together(notices: Sequence[LoanNotice]) -> dict[datetime, list[LoanNotice]]:
    found: dict[datetime, list[LoanNotice]] = {}
    for notice in notices:
        found.setdefault(notice.at, []).append(notice)
    return found


def _handed_over(loan: Loan, lines: Sequence[LoanLine]) -> Moment:
    text = ngettext("%(number)s item handed over", "%(number)s items handed over", len(lines))
    who = loan.handed_by.name if loan.handed_by else ""
    return Moment(loan.out_at, text, who, icon="box-arrow-up-right", tone="info")


def _reminder(notice: LoanNotice) -> str:
    if notice.kind == DIRECTOR:
        return _("The director was told")
    if notice.kind == HEAD:
        return _("The head of the unit was told")
    if notice.step == -1:
        return _("Reminded: due tomorrow")
    if notice.step < 0:
        return _("Reminded: due in %(days)s days", days=-notice.step)
    if notice.step == 0:
        return _("Reminded: due today")
    if notice.step < ANY_FOLLOW_UP:
        return _("Reminded: overdue")
    return _("Official follow-up under clause 211")


def _extended(extension: LoanExtension, name: str) -> Moment:
    text = _(
        "“%(name)s”: due date moved from %(old)s to %(new)s",
        name=name,
        old=show_date(extension.old_due_on, "short"),
        new=show_date(extension.new_due_on, "short"),
    )
    who = extension.by.name if extension.by else ""
    return Moment(extension.at, text, who, extension.why, icon="calendar-check", tone="neutral")


def _ended(line: LoanLine) -> Moment:
    outcome = OUTCOMES[Outcome(line.condition_in or Outcome.GOOD)]
    text = f"“{line.asset.name}” · {outcome.label}"
    who = line.taken_back_by.name if line.taken_back_by else ""
    at = line.returned_at or line.loan.out_at
    return Moment(at, text, who, line.note, icon="box-arrow-in-down", tone=outcome.tone)
