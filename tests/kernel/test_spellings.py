"""Words that mean the same find one another."""

from __future__ import annotations

import pytest

from kernel.spellings import GROUPS, alike
from kernel.thai import search_key


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_every_spelling_stands_as_the_search_column_has_it(group: tuple[str, ...]) -> None:
    assert [search_key(word) for word in group] == list(group)
    assert not any(" " in word for word in group)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_every_spelling_reaches_the_first_of_its_group(group: tuple[str, ...]) -> None:
    assert all(any(found in group[0] for found in alike(word)) for word in group)


def test_the_word_as_typed_is_looked_for_first() -> None:
    assert alike("notebook")[0] == "notebook"


def test_marks_that_are_left_out_or_wrong_do_not_matter() -> None:
    assert "โน้ตบุ๊ก" in alike("โน๊ตบุก")


def test_a_word_of_no_group_stands_alone() -> None:
    assert alike("7440-001") == ("7440-001",)
