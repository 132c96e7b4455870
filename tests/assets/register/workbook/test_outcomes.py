# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""The plan against the register: importing the same file twice adds nothing (R-M4)."""

from collections.abc import Mapping, Sequence
from typing import Any

from assets.register.workbook.outcomes import Known, Outcome, Verdict, decide
from assets.register.workbook.plan import Plan
from kernel.i18n import speaking
from kernel.thai import code_key, search_key
from tests.assets.register.workbook.sheets import DATA, HEAD, line, plan, plan_sheets


class Register:
    """A register in memory, filled as the import would fill it."""

    def __init__(self) -> None:
        self.items: list[Known] = []
        self.numbers: dict[str, Known] = {}
        self.serials: dict[str, list[Known]] = {}
        self.names: dict[str, list[Known]] = {}

    def by_number(self, key: str) -> Known | None:
        return self.numbers.get(key)

    def by_serial(self, key: str) -> Sequence[Known]:
        return self.serials.get(key, [])

    def unnumbered(self, name_key: str) -> Sequence[Known]:
        return self.names.get(name_key, [])

    def own_changes(self, _fields: object, _known: Known) -> Mapping[str, tuple[Any, Any]]:
        return {}

    def add(self, fields: dict[str, Any], number: str | None) -> None:
        known = Known(len(self.items) + 1, {**fields, "asset_no": number})
        self.items.append(known)
        if number:
            self.numbers[code_key(number)] = known
        else:
            self.names.setdefault(search_key(fields["name"]), []).append(known)
        if fields.get("serial_no"):
            self.serials.setdefault(code_key(fields["serial_no"]), []).append(known)

    def apply(self, outcomes: list[Outcome]) -> int:
        before = len(self.items)
        for outcome in outcomes:
            if outcome.verdict in (Verdict.NEW, Verdict.CHANGED):
                for number, target in zip(
                    outcome.row.numbers or (None,), outcome.targets, strict=True
                ):
                    if target is None:
                        self.add(outcome.row.fields, number)
        return len(self.items) - before


def verdicts(planned: Plan, register: Register) -> list[str]:
    return [outcome.verdict.value for outcome in decide(planned, register)]


def test_R_M4_the_offices_file_twice_adds_nothing_the_second_time() -> None:
    register, office = Register(), plan(DATA / "register_office.xlsx")
    first = decide(office, register)
    made = register.apply(first)
    second = decide(office, register)
    assert made > 3_300
    assert register.apply(second) == 0
    assert {o.verdict.value for o in second} == {"match", "refused", "skipped"}
    assert all(o.targets and all(o.targets) for o in second if o.verdict is Verdict.MATCH)


def test_each_row_gets_the_verdict_of_its_kind() -> None:
    told = {"item": "new", "match": "match", "refuse": "refused"}
    office = plan(DATA / "register_office.xlsx")
    for outcome in decide(office, Register()):
        assert outcome.verdict.value == told.get(outcome.row.kind.value, "skipped")


def test_a_detail_that_differs_is_a_change() -> None:
    register = Register()
    register.apply(decide(plan_sheets({"a": [HEAD, line()]}), register))
    outcome = decide(plan_sheets({"a": [HEAD, line(price=9_500.0)]}), register)[1]
    assert outcome.verdict is Verdict.CHANGED
    assert [str(value) for value in outcome.changes["price"]] == ["9000.00", "9500.00"]


def test_a_blank_in_the_file_changes_nothing() -> None:
    register = Register()
    register.apply(decide(plan_sheets({"a": [HEAD, line()]}), register))
    again = plan_sheets({"a": [HEAD, line("๗๔๔๐-๐๐๑-๐๐๐๑", price="-", brand="")]})
    assert verdicts(again, register) == ["skipped", "match"]


def test_the_number_of_another_registered_item_is_refused() -> None:
    register = Register()
    register.add({"name": "ตู้เย็น"}, "7440-001-0001")
    outcome = decide(plan_sheets({"a": [HEAD, line()]}), register)[1]
    assert (outcome.verdict, outcome.reason and outcome.reason.code) == (
        Verdict.REFUSED,
        "taken_in_register",
    )


def test_an_item_found_by_its_serial_gets_its_number() -> None:
    register = Register()
    register.add({"name": "จอภาพ", "serial_no": "X1"}, None)
    head = ["เลขครุภัณฑ์", "รายการ", "S/N"]
    outcome = decide(plan_sheets({"a": [head, ["7440-001-0001", "จอภาพ", "x1"]]}), register)[1]
    assert (outcome.verdict, outcome.targets) == (Verdict.CHANGED, (1,))
    assert outcome.changes["asset_no"] == (None, "7440-001-0001")


def test_two_things_without_number_are_two_and_stay_two() -> None:
    register = Register()
    rows = [HEAD, line("-"), line("-"), line("-", room="ห้อง 5")]
    assert register.apply(decide(plan_sheets({"a": rows}), register)) == 3
    assert verdicts(plan_sheets({"a": rows}), register) == ["skipped", *["match"] * 3]
    assert verdicts(plan_sheets({"a": [*rows, line("-")]}), register)[-1] == "new"


def test_a_longer_range_adds_only_the_missing_numbers() -> None:
    register = Register()
    short = plan_sheets({"a": [HEAD, line("7440-001-0001 ถึง 0002", quantity=2.0)]})
    register.apply(decide(short, register))
    longer = plan_sheets({"a": [HEAD, line("7440-001-0001 ถึง 0003", quantity=3.0)]})
    outcome = decide(longer, register)[1]
    assert (outcome.verdict, outcome.targets) == (Verdict.CHANGED, (1, 2, None))
    assert register.apply([outcome]) == 1


def test_the_printed_line_has_reason_cell_number_and_quantity() -> None:
    outcome = decide(plan_sheets({"a": [HEAD, line(price="แพง")]}), Register())[1]
    with speaking("th"):
        assert outcome.as_json() == {
            "sheet": "a", "row": 2, "outcome": "refused", "kind": "refuse", "reason": "bad_price",
            "message": "“แพง” ไม่ใช่ราคา", "cell": "F2",
            "asset_number": "7440-001-0001", "quantity": 1,
        }  # fmt: skip
