"""The gallery: who sees it, what it shows, and the command that writes every paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpdesk.gallery.collection import PROCESSES_OF, every
from kernel.db import db
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.factories.office import in_work, sign_in
from tests.office.papers.paper_reading import bare, texts

PAGE = "/papers/samples"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def test_staff_who_hand_out_papers_see_the_gallery_and_nobody_else(
    client: FlaskClient, cast: Cast
) -> None:
    seen = {}
    for role, person in cast.by_role().items():
        sign_in(client, person)
        seen[str(role)] = {
            client.get(path).status_code for path in (PAGE, f"{PAGE}/F02.pdf", f"{PAGE}/F02.png")
        }
    allowed = {"technician", "storekeeper", "approver", "admin"}
    assert {role for role, codes in seen.items() if codes == {200}} == allowed
    assert {role for role, codes in seen.items() if codes == {403}} == set(seen) - allowed


def test_the_page_shows_every_paper_with_code_processes_and_both_variants(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    page = client.get(PAGE).text
    assert "แบบแจ้งซ่อมวัสดุอุปกรณ์" in page
    assert "กระบวนงานที่ 1, 2, 4, 5" in page
    for code in every():
        for link in (f"{PAGE}/{code}.pdf", f"{PAGE}/{code}.pdf?paper=en", f"{PAGE}/{code}.png"):
            assert f'"{link}' in page, link


def test_the_page_and_its_links_are_english_for_who_reads_english(
    client: FlaskClient, cast: Cast
) -> None:
    with in_work():
        db.session.get_one(Person, cast.admin.id).language = "en"
    sign_in(client, cast.admin)
    page = client.get(PAGE).text
    assert "Forms and papers" in page
    assert "processes 1, 2, 4, 5" in page
    assert f'"{PAGE}/F02.png?paper=en"' in page


def test_the_links_lead_to_the_thai_and_the_bilingual_paper(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    thai = "".join(texts(client.get(f"{PAGE}/F02.pdf").data))
    both = "".join(texts(client.get(f"{PAGE}/F02.pdf?paper=en").data))
    assert "TheThaitextprevails" in both
    assert "TheThaitextprevails" not in thai
    assert bare("แบบแจ้งซ่อมวัสดุอุปกรณ์") in thai
    assert bare("ตัวอย่าง ไม่ใช่เอกสารจริง") in thai


def test_a_paper_that_is_not_there_is_not_found(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    for name in ("F99.pdf", "F99.png", "..%2FF02.pdf"):
        assert client.get(f"{PAGE}/{name}").status_code == 404, name


def test_the_forms_of_the_manual_are_in_the_gallery() -> None:
    assert len(PROCESSES_OF) == 16
    assert sum(map(len, PROCESSES_OF.values())) == 24  # DOMAIN 2.2 counts the links
    missing = set(PROCESSES_OF) - {one.form for one in every().values()}
    assert missing == set()


def test_the_command_writes_the_papers_that_are_asked_for(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    out = tmp_path / "new" / "papers"
    done = run.invoke(
        args=["papers", "render", "--code", "F02", "--code", "F03", "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert sorted(file.name for file in out.iterdir()) == ["F02.pdf", "F03.pdf"]
    run.invoke(
        args=["papers", "render", "--code", "F02", "--language", "en", "--out", str(tmp_path)]
    )
    assert "TheThaitextprevails" in "".join(texts((tmp_path / "F02.pdf").read_bytes()))


def test_the_command_refuses_codes_it_does_not_know_and_no_choice(
    app: Flask, tmp_path: Path
) -> None:
    run = app.test_cli_runner()
    for chosen in ([], ["--all", "--code", "F02"], ["--code", "F99"]):
        done = run.invoke(args=["papers", "render", *chosen, "--out", str(tmp_path / "none")])
        assert done.exit_code == 2, chosen
    assert not (tmp_path / "none").exists()
