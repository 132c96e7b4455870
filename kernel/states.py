"""A table of states: which act is possible in which state, and how each state looks.

A feature's ``states.py`` is pure data put into one ``StateTable``. Rules ask it for the target of
an act, pages ask it which buttons to show: the screen and the rule cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from kernel.errors import Refusal
from kernel.i18n import gettext as _

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


@dataclass(frozen=True)
class Face:
    """How a state is shown: a (lazy) label, a tone of the design system and an icon."""

    label: Any
    tone: str
    icon: str


class StateTable(Generic[S, A]):
    """Transitions of one kind of thing.

    Args:
        transitions: ``{(state, action): next state}``; a pair that is absent is not possible.
        faces: label, tone and icon of every state.
        acts: the (lazy) verb of every action, as it stands on a button.

    Raises:
        ValueError: a state has no face or an action no verb.
    """

    def __init__(
        self,
        transitions: Mapping[tuple[S, A], S],
        *,
        faces: Mapping[S, Face],
        acts: Mapping[A, Any],
    ) -> None:
        self.transitions = dict(transitions)
        self.faces = dict(faces)
        self.acts = dict(acts)
        for (state, action), target in self.transitions.items():
            if state not in self.faces or target not in self.faces or action not in self.acts:
                raise ValueError(f"{state} {action} {target}: without a face or a verb")

    def target(self, state: S, action: A) -> S:
        """Return the state after the act.

        Raises:
            Refusal: the act is not possible in this state.
        """
        try:
            return self.transitions[state, action]
        except KeyError:
            raise Refusal(
                _(
                    "“%(act)s” is not possible now: the state is “%(state)s”.",
                    act=self.acts[action],
                    state=self.faces[state].label,
                )
            ) from None

    def allows(self, state: S, action: A) -> bool:
        """Tell whether the act is possible in this state."""
        return (state, action) in self.transitions

    def actions(self, state: S) -> tuple[A, ...]:
        """Return the acts possible in this state, in the order of the table of verbs."""
        return tuple(action for action in self.acts if (state, action) in self.transitions)
