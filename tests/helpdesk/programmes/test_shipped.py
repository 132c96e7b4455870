"""The nine processes as they are shipped (section 2 of the domain)."""

from __future__ import annotations

from helpdesk.programmes.shipped import processes
from helpdesk.programmes.states import StepKind


def test_the_manual_has_nine_processes_with_53_steps_16_forms_and_24_links() -> None:
    found = processes()
    forms = [form.code for one in found for form in one.forms]
    assert [one.number for one in found] == list(range(1, 10))
    assert [len(one.steps) for one in found] == [6, 6, 6, 6, 6, 6, 5, 6, 6]
    assert sum(len(one.steps) for one in found) == 53
    assert sorted(set(forms)) == [f"F{number:02}" for number in range(1, 17)]
    assert len(forms) == 24
    assert sum(len(one.references) for one in found) == 24


def test_each_process_has_one_approval_as_its_third_step_and_ends_with_a_report() -> None:
    for one in processes():
        kinds = [step.kind for step in one.steps]
        assert kinds.count(StepKind.PROPOSE) == kinds.count(StepKind.REPORT) == 1
        assert kinds[2] == StepKind.PROPOSE
        assert kinds[-1] == StepKind.REPORT


def test_r_p3_the_same_form_has_the_title_of_its_process() -> None:
    titles = {one.number: {form.code: form.title_th for form in one.forms} for one in processes()}
    assert "พื้นที่จัดทำเว็บไซต์" in titles[1]["F01"]
    assert titles[4]["F01"] == "แบบบันทึกขอใช้วัสดุอุปกรณ์"
    assert [number for number in titles if "F03" in titles[number]] == [1, 4, 5]


def test_every_text_is_there_in_both_languages() -> None:
    bare = [
        (one.number, step.title_th)
        for one in processes()
        for step in one.steps
        if not step.title_th or not step.title_en
    ]
    bare += [
        (one.number, one.key)
        for one in processes()
        if not all((one.name_th, one.name_en, one.purpose_th, one.purpose_en, one.definitions_en))
    ]
    assert not bare
