"""Studies and their records (F12): begin, edit, finish, cancel; the words of the report (F14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from helpdesk.access_rights.models import InformationSystem
from helpdesk.studies import access, parts
from helpdesk.studies.models import Study, StudyRecord
from helpdesk.studies.rules import notices
from helpdesk.studies.states import RECORDS, STUDIES, RecordAction, RecordState, StudyAction
from helpdesk.studies.states import StudyState as State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Unit

SERIES = "ศว."


@dataclass(frozen=True)
class SystemNamed:
    """The system that something is about: one of the register, else a name; or neither."""

    id: int | None = None
    name: str = ""


@dataclass(frozen=True)
class StudyDraft:
    """What is written about a study."""

    title: str
    unit_id: int
    owner: Person
    system: SystemNamed


@dataclass(frozen=True)
class RecordDraft:
    """What is written in a record (F12); ``words`` by the names of ``parts.F12``."""

    topic: str
    system: SystemNamed
    studied_on: date
    recorder: Person
    words: Mapping[str, str]


def begin(draft: StudyDraft, *, by: Viewer) -> Study:
    """Begin a study; it gets its number.

    Refuses a blank title, no system, an owner who has left, a closed unit, and a unit whose
    studies the actor does not write.
    """
    unit = writable(draft.unit_id, by)
    _check(draft)
    study = Study(number=bookkeeping.next_number(SERIES), begun_on=clock.today())
    _fill(study, draft, unit)
    db.session.add(study)
    db.session.flush()  # the notice leads to the study
    notices.name_owner(study, by=by)
    audit.record("begun", study, by=by, after=_told(study))
    return study


def edit(study: Study, draft: StudyDraft, *, by: Viewer) -> None:
    """Change a study; refuses as ``begin`` does, and one that is sent, acknowledged or over."""
    STUDIES.target(State(study.state), StudyAction.WRITE)
    _check(draft)
    unit = study.unit if draft.unit_id == study.unit_id else writable(draft.unit_id, by)
    before, owner_id = _told(study), study.owner_id
    _fill(study, draft, unit)
    if study.owner_id != owner_id:
        notices.name_owner(study, by=by)
    audit.record("edited", study, by=by, before=before, after=_told(study))


def write_report(study: Study, words: Mapping[str, str], *, by: Viewer) -> None:
    """Write the parts that the report (F14) adds; refuses a study that is sent or over."""
    STUDIES.target(State(study.state), StudyAction.WRITE)
    changes = {name: (words.get(name) or "").strip() for name in parts.F14}
    audit.record_changes("edited", study, changes, by=by)


def cancel(study: Study, why: str, *, by: Viewer) -> None:
    """Give a study up; refuses one that is sent or acknowledged, and no reason."""
    target = STUDIES.target(State(study.state), StudyAction.CANCEL)
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    study.state, study.cancelled_why = target, why.strip()[:300]
    audit.record("cancelled", study, by=by, after={"reason": study.cancelled_why})


def add_record(study: Study, draft: RecordDraft, *, by: Viewer) -> StudyRecord:
    """Begin a record (F12) of a study.

    Refuses a study that is sent or over, a blank topic, no system, a day in the future, and a
    recorder who has left.
    """
    STUDIES.target(State(study.state), StudyAction.WRITE)
    last = select(func.max(StudyRecord.number)).where(StudyRecord.study_id == study.id)
    record = StudyRecord(study_id=study.id, number=(db.session.scalar(last) or 0) + 1)
    _fill_record(record, draft)
    db.session.add(record)
    db.session.flush()  # the page that follows shows it, and the notice leads there
    if record.recorder_id != study.owner_id:
        notices.name_recorder(record, by=by)
    audit.record("added", record, by=by, after={"number": record.number, "title": record.topic})
    return record


def edit_record(record: StudyRecord, draft: RecordDraft, *, by: Viewer) -> None:
    """Change a record; refuses as ``add_record`` does, and a finished one."""
    STUDIES.target(State(record.study.state), StudyAction.WRITE)
    RECORDS.target(RecordState(record.state), RecordAction.WRITE)
    names = ("topic", "studied_on", "recorder_id", "system_id", "system_name", *parts.F12)
    before = {name: getattr(record, name) for name in names}
    _fill_record(record, draft)
    changed = {name: getattr(record, name) for name in names}
    fields = [name for name in names if before[name] != changed[name]]
    if "recorder_id" in fields:
        notices.name_recorder(record, by=by)
    if fields:
        was = {name: before[name] for name in fields}
        now = {name: changed[name] for name in fields}
        audit.record("edited", record, by=by, before=was, after=now)


def finish_record(record: StudyRecord, *, by: Viewer) -> None:
    """Say that a record is complete: the report brings it along from now on.

    Refuses a record without the present state, the findings or the proposal.
    """
    STUDIES.target(State(record.study.state), StudyAction.WRITE)
    target = RECORDS.target(RecordState(record.state), RecordAction.FINISH)
    for name in ("current_state", "findings", "proposal"):
        if not getattr(record, name):
            raise Refusal(_("Please write “%(part)s” first.", part=parts.LABELS[name]), field=name)
    record.state, record.finished_on = target, clock.today()
    audit.record("finished", record, by=by, after={"number": record.number})


def reopen_record(record: StudyRecord, *, by: Viewer) -> None:
    """Write on at a finished record; refuses while its study is sent or acknowledged."""
    STUDIES.target(State(record.study.state), StudyAction.WRITE)
    record.state = RECORDS.target(RecordState(record.state), RecordAction.REOPEN)
    record.finished_on = None
    audit.record("reopened", record, by=by, after={"number": record.number})


def writable(unit_id: int, by: Viewer) -> Unit:
    """Return a unit whose studies and developments the actor writes.

    Refuses one that is unknown or closed, or another one's.
    """
    unit = db.session.get(Unit, unit_id)
    if unit is None or unit.closed_on is not None or not by.may(access.WRITE, unit.id):
        raise Refusal(_("Not a valid choice."), field="unit_id")
    return unit


def known_system(named: SystemNamed, *, needed: bool) -> InformationSystem | None:
    """Return the system of the register that is meant, None for one that stands in none.

    Refuses an unknown one, and where ``needed``, neither a system nor a name.
    """
    if named.id is not None:
        found = db.session.get(InformationSystem, named.id)
        if found is None:
            raise Refusal(_("Not a valid choice."), field="system_id")
        return found
    if needed and not named.name.strip():
        raise Refusal(
            _("Choose a system of the register, or write the name of another one."),
            field="system_name",
        )
    return None


def still_here(person: Person, field: str) -> Person:
    """Return a person who has not left; refuses one who has."""
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=person.name), field=field)
    return person


def _check(draft: StudyDraft) -> None:
    if not draft.title.strip():
        raise Refusal(_("Please fill this in."), field="title")
    still_here(draft.owner, "owner")
    known_system(draft.system, needed=True)


def _fill(study: Study, draft: StudyDraft, unit: Unit) -> None:
    study.title, study.unit, study.owner = draft.title.strip(), unit, draft.owner
    study.unit_id, study.owner_id = unit.id, draft.owner.id
    study.system = known_system(draft.system, needed=True)
    study.system_id = draft.system.id
    study.system_name = "" if study.system else draft.system.name.strip()
    study.search_key = search_key_of(study)


def search_key_of(thing: Study) -> str:
    """Return what a study is found by."""
    system = f"{thing.system.name_th} {thing.system.code}" if thing.system else thing.system_name
    about = (thing.number, thing.title, system, thing.owner.name_th, thing.unit.name_th)
    return thai.search_key(" ".join(about))


def _fill_record(record: StudyRecord, draft: RecordDraft) -> None:
    if not draft.topic.strip():
        raise Refusal(_("Please fill this in."), field="topic")
    if draft.studied_on > clock.today():
        raise Refusal(_("This day lies in the future."), field="studied_on")
    system = known_system(draft.system, needed=True)
    recorder = still_here(draft.recorder, "recorder")
    record.topic, record.studied_on = draft.topic.strip(), draft.studied_on
    record.recorder, record.recorder_id = recorder, recorder.id
    record.system, record.system_id = system, draft.system.id
    record.system_name = "" if system else draft.system.name.strip()
    for name in parts.F12:
        setattr(record, name, (draft.words.get(name) or "").strip())


def _told(study: Study) -> dict[str, object]:
    return {
        "number": study.number,
        "title": study.title,
        "unit_id": study.unit_id,
        "owner_id": study.owner_id,
        "system": study.system.name_th if study.system else study.system_name,
    }
