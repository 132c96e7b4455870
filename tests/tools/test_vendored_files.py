from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from tools import vendored_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vendor folder with one recorded file."""
    (tmp_path / "x.js").write_bytes(b"code")
    digest = hashlib.sha512(b"code").hexdigest()
    table = f"file\tlicence\tsha512\nx.js\tMIT\t{digest}\n"
    (tmp_path / "VENDOR.tsv").write_text(table, encoding="utf-8")
    return tmp_path


def test_an_unchanged_file_passes(folder: Path) -> None:
    assert vendored_files.problems(folder) == []


def test_a_changed_file_is_found(folder: Path) -> None:
    (folder / "x.js").write_bytes(b"other code")
    assert vendored_files.problems(folder) == ["x.js: differs from the hash in VENDOR.tsv"]


def test_a_missing_file_is_found(folder: Path) -> None:
    (folder / "x.js").unlink()
    assert vendored_files.problems(folder) == ["x.js: in VENDOR.tsv, but missing"]


def test_a_file_that_nobody_recorded_is_found(folder: Path) -> None:
    (folder / "y.js").write_bytes(b"code")
    assert vendored_files.problems(folder) == ["y.js: not in VENDOR.tsv"]


def test_a_hash_in_the_notation_of_npm_is_read() -> None:
    digest = base64.b64encode(hashlib.sha512(b"code").digest()).decode("ascii")
    assert vendored_files.same_hash(b"code", f"sha512-{digest}")
