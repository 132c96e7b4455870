"""All samples of papers, in the order in which the gallery shows them.

The forms of the office's manual come first, by their numbers, each with the processes that use it;
then the papers of every room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from assets.counts import samples as counts
from assets.disposals import samples as disposals
from assets.labels import samples as labels
from assets.loans import samples as loans
from assets.maintenance import samples as maintenance
from assets.stock import samples as stock
from assets.transfers import samples as transfers
from assets.values import samples as values
from helpdesk.access_rights import samples as access_rights
from helpdesk.annual import samples as annual
from helpdesk.figures import samples as figures
from helpdesk.incidents import samples as incidents
from helpdesk.minutes import samples as minutes
from helpdesk.programmes import samples as programmes
from helpdesk.purchases import samples as purchases
from helpdesk.repairs import samples as repairs
from helpdesk.requests import samples as requests
from helpdesk.risks import samples as risks
from helpdesk.specifications import samples as specifications
from helpdesk.studies import samples as studies
from helpdesk.surveys import samples as surveys
from helpdesk.trainings import samples as trainings
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.cards import samples as cards
from office.letters import samples as letters
from office.papers import variant
from office.privacy import samples as privacy

FORMS = _l("Forms of the manual")
LENDING, INSPECTION = _l("Lending"), _l("Annual inspection")
REGISTER, MOVING = _l("Equipment register"), _l("Handovers and transfers")
DISPOSAL, STORE = _l("Disposal"), _l("Stock")
BUYING, PROCESSES = _l("Purchases"), _l("Processes of the manual")
OFFICE, WORK = _l("Letters and meetings"), _l("Repairs and requests")
DATA = _l("Personal data and security")
# The rooms that print papers, under the heading of those of theirs that are no form of the manual.
ROOMS: tuple[tuple[Any, Any], ...] = (
    (repairs, WORK),
    (requests, WORK),
    (access_rights, WORK),
    (figures, WORK),
    (cards, WORK),
    (loans, LENDING),
    (purchases, BUYING),
    (specifications, BUYING),
    (studies, PROCESSES),
    (surveys, PROCESSES),
    (programmes, PROCESSES),
    (trainings, PROCESSES),
    (minutes, OFFICE),
    (letters, OFFICE),
    (risks, OFFICE),
    (annual, OFFICE),
    (values, REGISTER),
    (labels, REGISTER),
    (maintenance, REGISTER),
    (transfers, MOVING),
    (counts, INSPECTION),
    (disposals, DISPOSAL),
    (stock, STORE),
    (incidents, DATA),
    (privacy, DATA),
)
# Which processes of the manual use a form (DOMAIN 2.1).
PROCESSES_OF: Mapping[str, tuple[int, ...]] = {
    "F01": (1, 2, 4, 5),
    "F02": (1, 2, 4, 5),
    "F03": (1, 4, 5),
    "F04": (2,),
    "F05": (3,),
    "F06": (3,),
    "F07": (6,),
    "F08": (6,),
    "F09": (6,),
    "F10": (7,),
    "F11": (7,),
    "F12": (8,),
    "F13": (8,),
    "F14": (8,),
    "F15": (9,),
    "F16": (9,),
}
_FORM = re.compile(r"F\d\d")


@dataclass(frozen=True)
class Sample:
    """One paper of the gallery.

    Attributes:
        code: names it in addresses and files, ``F02``.
        words: its title, a lazy text or a msgid.
        group: the heading it stands under.
        make: returns it as PDF.
    """

    code: str
    words: Any
    group: Any
    make: Callable[[str], bytes]

    @property
    def title(self) -> str:
        """The title in the language spoken now."""
        return _(self.words) if isinstance(self.words, str) else str(self.words)

    @property
    def form(self) -> str:
        """The number of the form of the manual, ``F01``; empty where it is none."""
        found = _FORM.match(self.code)
        return found[0] if found else ""

    @property
    def processes(self) -> tuple[int, ...]:
        """The processes of the manual that use it."""
        return PROCESSES_OF.get(self.form, ())

    def printed(self, language: str) -> bytes:
        """Return the paper as PDF, marked as a sample: ``th``, or ``en`` for the bilingual one."""
        with variant.printing(language, sample=True):
            return self.make(language)


@cache
def every() -> Mapping[str, Sample]:
    """Return all samples by their codes: the forms of the manual first, then room by room.

    Raises:
        ValueError: two rooms gave a paper the same code.
    """
    found: dict[str, Sample] = {}
    for room, heading in ROOMS:
        for code, (title, make) in room.SAMPLES.items():
            if code in found:
                raise ValueError(f"two papers have the code {code}")
            found[code] = Sample(code, title, FORMS if _FORM.match(code) else heading, make)
    order = sorted(found.values(), key=lambda one: (not one.form, one.code if one.form else ""))
    return {one.code: one for one in order}


def sample_of(code: str) -> Sample:
    """Return a sample by its code.

    Raises:
        NotFound: no paper has it.
    """
    found = every().get(code)
    if found is None:
        raise NotFound(_("There is no sample with this code."))
    return found
