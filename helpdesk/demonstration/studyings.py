"""Studies and developments in the demonstration: the register described, reports signed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select

from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.rules import describing
from helpdesk.access_rights.rules.describing import CardDraft, LinkDraft, RiskDraft
from helpdesk.access_rights.states import Criticality, Data, Treatment, Way, Whose
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import ICT_GROUP, NARRATOR, Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.studies import parts
from helpdesk.studies.models import Development, Study
from helpdesk.studies.rules import developing, reporting, studying
from helpdesk.studies.rules.developing import Measure, ReportDraft, WorkDraft
from helpdesk.studies.rules.studying import RecordDraft, StudyDraft, SystemNamed
from helpdesk.studies.states import Better, Sort
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.rules import signing

TECHNICIAN, DIRECTOR = "technician", "director"
SOON, LATER = timedelta(minutes=1), timedelta(days=2)
LASTS = timedelta(days=90)


@dataclass
class Studyings:
    """Plans the cards of the systems, the studies and the developments."""

    cast: Cast
    diary: Diary
    _data: dict[str, Any] = field(default_factory=dict)

    def plan(self, start: datetime) -> None:
        """Describe the systems at a moment; the rest begins as many days ago as the data says."""
        text = (script.DATA / "studyings.json").read_text(encoding="utf-8")
        self._data = json.loads(text)
        self.diary.plan(start, self._describe)
        for kind, act in (("studies", self._study), ("developments", self._develop)):
            for number, row in enumerate(self._data[kind], start=1):
                at = self.diary.end - timedelta(days=row["days"], hours=3)
                self.diary.plan(max(at, start + number * SOON), partial(act, row))

    def _by(self) -> Viewer:
        return self.cast.viewer(TECHNICIAN)

    @staticmethod
    def _systems() -> dict[str, InformationSystem]:
        return {one.code: one for one in db.session.scalars(select(InformationSystem))}

    def _describe(self) -> None:
        systems = self._systems()
        for row in self._data["cards"]:
            draft = CardDraft(
                whose=Whose(row["whose"]),
                criticality=Criticality(row["criticality"]),
                data_held=row["data_held"],
                personal_data=bool(row["data_kinds"]),
                data_kinds=[Data(one) for one in row["data_kinds"]],
                users=row["users"],
                decides="",
                platform=row["platform"],
                vendor_id=None,
                risks=[
                    RiskDraft(risk, likely, impact, Treatment(treatment), plan)
                    for risk, likely, impact, treatment, plan in row["risks"]
                ],
                links=[
                    LinkDraft(systems[code].id if code else None, name, Way(way), what)
                    for code, name, way, what in row["links"]
                ],
            )
            describing.describe(systems[row["code"]], draft, by=NARRATOR)
            if row["checked"]:
                describing.confirm(systems[row["code"]], by=NARRATOR)

    def _named(self, said: str) -> SystemNamed:
        found = self._systems().get(said)
        return SystemNamed(found.id) if found is not None else SystemNamed(name=said)

    def _study(self, row: Mapping[str, Any]) -> None:
        owner, by, system = self.cast.person(TECHNICIAN), self._by(), self._named(row["system"])
        unit_id = self.cast.units[ICT_GROUP]
        study = studying.begin(StudyDraft(row["title"], unit_id, owner, system), by=by)
        for one in row["records"]:
            words = {name: one[name] for name in parts.F12}
            draft = RecordDraft(one["topic"], system, clock.today(), owner, words)
            record = studying.add_record(study, draft, by=by)
            if row["fate"] != "open":
                studying.finish_record(record, by=by)
        if row["fate"] == "open":
            return
        studying.write_report(study, {name: row[name] for name in parts.F14}, by=by)
        reporting.send_study(study, by=by)
        self._then(self._sign, Study, study.id)

    def _develop(self, row: Mapping[str, Any]) -> None:
        by, today = self._by(), clock.today()
        draft = WorkDraft(
            title=row["title"],
            sort=Sort(row["sort"]),
            whose=Whose.OFFICE,
            unit_id=self.cast.units[ICT_GROUP],
            owner=self.cast.person(TECHNICIAN),
            system=self._named(row["system"]),
            starts_on=today,
            ends_on=today + LASTS,
            budget=Decimal(row["budget"]),
            words={name: row[name] for name in parts.F15},
            indicators=[
                Measure(name, unit, Better(better), Decimal(before), Decimal(target))
                for name, unit, better, before, target, _after in row["indicators"]
            ],
        )
        work = developing.plan(draft, by=by)
        developing.begin(work, by=by)
        if row["fate"] != "running":
            self._then(self._report, row, work.id)

    def _then(self, act: Callable[..., None], *about: Any) -> None:  # noqa: ANN401 - what the act takes
        self.diary.plan(clock.now() + LATER, partial(act, *about))

    def _report(self, row: Mapping[str, Any], work_id: int) -> None:
        by, work = self._by(), db.session.get_one(Development, work_id)
        developing.finish(work, by=by)
        after = {
            one.id: Decimal(said[-1])
            for one, said in zip(work.indicators, row["indicators"], strict=True)
        }
        draft = ReportDraft(
            words={name: row.get(name, "") for name in parts.F16},
            user_count=row["user_count"],
            satisfaction_mean=Decimal(row["satisfaction_mean"]),
            satisfaction_n=row["satisfaction_n"],
            after=after,
        )
        developing.write_report(work, draft, by=by)
        reporting.send_development(work, by=by)
        if row["fate"] == "acknowledged":
            self._then(self._sign, Development, work_id)

    def _sign(self, model: type[Study] | type[Development], thing_id: int) -> None:
        asked = select(model.approval_id).where(model.id == thing_id)
        approval = db.session.get_one(Approval, db.session.scalar(asked))
        signing.approve(approval, by=self.cast.viewer(DIRECTOR))
