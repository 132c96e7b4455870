"""The figures of the rooms below: repairs, advice, care, loans, cards; and those of a programme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, select

from assets.loans.models import Loan
from assets.maintenance.models import Visit
from assets.maintenance.states import VisitState
from helpdesk.knowledge.models import Article
from helpdesk.programmes import sources
from helpdesk.programmes.models import Indicator, Programme
from helpdesk.programmes.sources import Period, Source
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import Category, State
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.cards.models import UserCard

Counting = Select[int]


@dataclass(frozen=True)
class Figure:
    """One figure that the service has counted."""

    key: str
    label: str
    value: int


@dataclass(frozen=True)
class Result:
    """An indicator with its result: counted where it has a source, else as it was typed."""

    indicator: Indicator
    value: Decimal | None
    source: str

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None while there is no result."""
        return None if self.value is None else self.value >= self.indicator.target


def register() -> None:
    """Make the figures of the rooms below known; call it when the application is built."""
    for key, label, term, processes in (
        ("tickets", _l("Tickets received"), Ticket.id.is_not(None), {2, 6}),
        ("tickets_network", _l("Network tickets"), Ticket.category == Category.NETWORK, {1, 4}),
        ("tickets_dltv", _l("DLTV and DLIT tickets"), Ticket.category == Category.DLTV, {1}),
        ("tickets_advice", _l("Advice given"), Ticket.category == Category.ADVICE, {6}),
        ("tickets_account", _l("Account tickets"), Ticket.category == Category.ACCOUNT, {4}),
        ("tickets_system", _l("Tickets of work systems"), Ticket.category == Category.SYSTEM,
         {8, 9}),
    ):  # fmt: skip
        sources.register(Source(key, label, _opened(term), frozenset(processes)))
    sources.register(
        Source("tickets_resolved", _l("Tickets resolved"), _resolved, frozenset({2, 6}))
    )
    sources.register(Source("visits", _l("Maintenance visits made"), _visits, frozenset({2})))
    sources.register(Source("loans", _l("Loans handed out"), _loans, frozenset({1, 5})))
    sources.register(Source("articles", _l("Articles published"), _articles, frozenset({1, 6})))
    sources.register(Source("cards", _l("User cards handed over"), _cards, frozenset({4, 6})))


def _opened(term: ColumnElement[bool]) -> Callable[[Period], Counting]:
    def query(period: Period) -> Counting:
        return select(func.count(Ticket.id)).where(
            term,
            Ticket.opened_at >= period.begin,
            Ticket.opened_at < period.end,
            Ticket.state != State.CANCELLED,
            period.within(Ticket.unit_id),
        )

    return query


def _resolved(period: Period) -> Counting:
    return select(func.count(Ticket.id)).where(
        Ticket.resolved_at >= period.begin,
        Ticket.resolved_at < period.end,
        Ticket.state.in_((State.RESOLVED, State.CLOSED)),
        period.within(Ticket.unit_id),
    )


def _visits(period: Period) -> Counting:
    return select(func.count(Visit.id)).where(
        Visit.state == VisitState.FINISHED,
        Visit.day.between(period.first, period.last),
        period.within(Visit.unit_id),
    )


def _loans(period: Period) -> Counting:
    return select(func.count(Loan.id)).where(
        Loan.out_at >= period.begin,
        Loan.out_at < period.end,
        period.within(Loan.lending_unit_id),
    )


def _articles(period: Period) -> Counting:
    # Articles are written for everybody; they belong to no unit.
    return select(func.count(Article.id)).where(
        Article.published_at >= period.begin, Article.published_at < period.end
    )


def _cards(period: Period) -> Counting:
    return select(func.count(UserCard.id)).where(
        UserCard.handed_over_at >= period.begin,
        UserCard.handed_over_at < period.end,
        period.within(UserCard.unit_id),
    )


def period_of(programme: Programme) -> Period:
    """Return what a programme counts: its days; a school's own unit, else the whole office."""
    own = programme.unit.kind == "school"
    units = frozenset({programme.unit_id}) if own else None
    return Period(programme.starts_on, programme.ends_on, units)


def figures(programme: Programme) -> list[Figure]:
    """Count what the service itself knows of a programme."""
    period = period_of(programme)
    known = sources.of_process(programme.process_no)
    found = sources.counted((one.key for one in known), period)
    return [Figure(one.key, str(one.label), found[one.key]) for one in known]


def results(programme: Programme, indicators: list[Indicator]) -> list[Result]:
    """Return every indicator with its result."""
    period = period_of(programme)
    labels = {one.key: str(one.label) for one in sources.registered()}
    counted = sources.counted((one.source for one in indicators), period)
    found = []
    for one in indicators:
        value = one.result
        if one.source:
            value = Decimal(counted[one.source]) if one.source in counted else None
        label = labels.get(one.source, _("A source that is not known any more"))
        found.append(Result(one, value, label if one.source else ""))
    return found


def months_of(programme: Programme) -> list[tuple[date, date]]:
    """Return first and last day of every month a programme touches, three years at most."""
    found: list[tuple[date, date]] = []
    first = programme.starts_on.replace(day=1)
    while first <= programme.ends_on and len(found) < 36:
        after = (
            first.replace(year=first.year + 1, month=1)
            if first.month == 12
            else first.replace(month=first.month + 1)
        )
        found.append((first, date.fromordinal(after.toordinal() - 1)))
        first = after
    return found
