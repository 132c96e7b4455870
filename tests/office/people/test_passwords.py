"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.errors import Refusal
from office.people import passwords

NAMES = ("มาลี ตัวอย่าง", "Malee Example", "malee", "malee@school.example.test", "081-234-5678")


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "123456789",
        "aaaaaaaaaaaa",
        "ababababababab",
        "malee likes cats",
        "MALEE likes cats",
        "ครูตัวอย่างที่ดี",
        "tel 081-234-5678",
        "x" * 100 + "abcdef" * 20,
    ],
)
def test_an_easy_password_is_refused(password: Any) -> None:
    with pytest.raises(Refusal):
        passwords.check(password, *NAMES)


@pytest.mark.parametrize(
    "password", ["three plain words", "ช้างสีฟ้ากินกล้วย", "correct-horse 42", "Ab1!Ab1!xyz"]
)
def test_a_good_password_is_taken(password: Any) -> None:
    passwords.check(password, *NAMES)


def test_empty_names_forbid_nothing() -> None:
    passwords.check("three plain words", "", "", "ก")


def test_it_is_kept_as_argon2id() -> None:
    kept = passwords.hashed("three plain words")

    assert kept.startswith("$argon2id$")
    assert "plain" not in kept


def test_every_keyboard_writes_the_same_thai_password() -> None:
    assert passwords.matches(passwords.hashed("cafe\u0301 ช้างสีฟ้า"), "caf\u00e9 ช้างสีฟ้า")


@pytest.mark.parametrize("kept", [None, "", "nonsense", "$argon2id$v=19$broken"])
def test_without_a_good_hash_nothing_matches(kept: Any) -> None:
    assert not passwords.matches(kept, "three plain words")


def test_an_unknown_account_costs_as_much_as_a_wrong_password(monkeypatch: Any) -> Any:
    verified = []
    real = passwords.HASHER.verify

    class Counting:
        hash = staticmethod(passwords.HASHER.hash)

        @staticmethod
        def verify(kept: Any, typed: Any) -> Any:
            verified.append(kept)
            return real(kept, typed)

    monkeypatch.setattr(passwords, "HASHER", Counting)
    passwords.matches(None, "three plain words")

    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$")
