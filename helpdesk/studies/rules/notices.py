"""Who is told that a study, a record or a development is theirs."""

from __future__ import annotations

from helpdesk.studies.models import Development, Study, StudyRecord
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person


def name_owner(thing: Study | Development, *, by: Viewer) -> None:
    """Tell somebody else than the actor that a study or a development is theirs."""
    if thing.owner_id == by.id:
        return
    with speaking(thing.owner.language):
        if isinstance(thing, Study):
            said = _("You answer for the study “%(title)s”.", title=thing.title)
            link = f"/studies/{thing.id}"
        else:
            said = _("You answer for the work “%(title)s”.", title=thing.title)
            link = f"/developments/{thing.id}"
        _send("study_owner", thing.owner, said, link)


def name_recorder(record: StudyRecord, *, by: Viewer) -> None:
    """Tell somebody else than the actor that a record is theirs to write."""
    if record.recorder_id == by.id:
        return
    with speaking(record.recorder.language):
        said = _("You write the record “%(topic)s” of a study.", topic=record.topic)
        _send("study_recorder", record.recorder, said, f"/studies/records/{record.id}")


def _send(kind: str, person: Person, said: str, link: str) -> None:
    bookkeeping.send(
        kind=kind,
        subject=said,
        body=said,
        language=person.language,
        person_id=person.id,
        link=link,
    )
