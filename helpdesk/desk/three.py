"""The three blocks of the first page: what waits, what is late or due today, what changed.

However many duties a person has, there are three: the short lists of all duties are put together,
the most pressing line of each first. Five lines stand open, the rest is folded below them, and the
whole lists are one link away. Who has no duty meets the own reports instead of what is late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import zip_longest

from helpdesk.desk import asked, duties, queries, since, today
from helpdesk.desk.queries import LATE, OWN, Figure, Target
from helpdesk.desk.since import Visit
from helpdesk.desk.today import SHOWN, Block, Line
from kernel import clock
from kernel.access import Viewer
from kernel.i18n import gettext as _
from office.approvals.models import ApprovalStep
from office.people.access import Role

INBOX = "notifications.inbox"


@dataclass(frozen=True)
class Link:
    """Where a whole list is."""

    title: str
    target: Target


@dataclass(frozen=True)
class Part:
    """One of the three: its figures, the lines that stand open, the folded ones, whole lists."""

    title: str
    empty: str
    lines: list[Line] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def shown(self) -> list[Line]:
        """The lines that stand open."""
        return self.lines[:SHOWN]

    @property
    def folded(self) -> list[Line]:
        """The lines that open on a tap."""
        return self.lines[SHOWN:]


def parts_for(
    viewer: Viewer, to_sign: Sequence[ApprovalStep], signing: int, visit: Visit
) -> list[Part]:
    """Return the three blocks of a person's first page.

    Args:
        viewer: whose page it is.
        to_sign: the steps that wait for the person, oldest first.
        signing: how many of them there are.
        visit: since when things are new.
    """
    figures = queries.figures_for(viewer, signing)
    blocks = [*duties.duties_for(viewer, to_sign), *asked.asked_of(viewer)]
    changed = _changed(viewer, visit)
    if not viewer.grants.keys() - {Role.REQUESTER}:
        mine = today.reported(viewer)
        own = Part(mine.title, mine.empty, mine.lines, figures, _links([mine], figures))
        lines = sorted(_in_turn(blocks), key=lambda line: not line.late)
        return [Part(_("What waits for me"), _("Nothing waits for you."), lines), own, changed]
    blocks += today.blocks_for(viewer)
    lines = list(_in_turn(blocks))
    waiting = [one for one in figures if one.group != LATE and (one.group != OWN or one.value)]
    late = [one for one in figures if one.group == LATE]
    return [
        Part(
            _("What waits for me"),
            _("Nothing waits for you."),
            [line for line in lines if not _presses(line)],
            waiting,
            _links([one for one in blocks if one.target.endpoint != INBOX], figures),
        ),
        Part(
            _("Late or due today"),
            _("Nothing is late."),
            [line for line in lines if _presses(line)],
            late,
        ),
        changed,
    ]


def _in_turn(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield the first line of each block, then the second ones; each says what kind it is of."""
    named = [
        [replace(line, kind=block.kind or block.title) for line in block.lines] for block in blocks
    ]
    for row in zip_longest(*named):
        yield from (line for line in row if line is not None)


def _presses(line: Line) -> bool:
    return line.late or (line.due is not None and _day(line.due) <= clock.today())


def _day(due: date | datetime) -> date:
    return clock.local(due).date() if isinstance(due, datetime) else due


def _links(blocks: Sequence[Block], figures: Sequence[Figure]) -> list[Link]:
    """Return the whole lists that no figure opens, each once."""
    opened = {_key(figure.target) for figure in figures}
    found: dict[object, Link] = {}
    for block in blocks:
        key = _key(block.target)
        if key not in opened:
            found.setdefault(key, Link(block.title, block.target))
    return list(found.values())


def _key(target: Target) -> object:
    return target.endpoint, tuple(sorted(target.values.items()))


def _changed(viewer: Viewer, visit: Visit) -> Part:
    blocks = since.changes_for(viewer, visit.since)
    lines = sorted(
        (line for block in blocks for line in block.lines),
        key=lambda line: line.at or visit.since,
        reverse=True,
    )
    return Part(since.heading(visit), _("Nothing new has come."), lines, [], _links(blocks, []))
