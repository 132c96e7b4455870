"""The emblem of the office on papers: printed where the settings name one, its place free else."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from PIL import Image

from config import BadSetting, Settings
from office.papers import engine

BODY = '#import "/official.typ": *\n#show: official\n#emblem(17mm) บันทึกข้อความ'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "paper.typ"
    file.write_text(BODY, encoding="utf-8")
    return file


def pictures_in(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return sum(thing.type == 3 for thing in document[0].get_objects(max_depth=5))


def png(folder: Path, name: str = "emblem.png") -> Path:
    Image.new("RGB", (60, 60), "#7a1f1f").save(folder / name, "PNG")
    return folder / name


def settings_with(folder: Path, name: str) -> Settings:
    said: Mapping[str, str] = {
        "HELPDESK_VAR_DIR": str(folder),
        "HELPDESK_OFFICE_EMBLEM": name,
        "HELPDESK_SECRET_KEY": "x" * 40,
    }
    return Settings.from_environment(said)


def test_the_emblem_of_the_settings_is_printed(
    app: Flask, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pictures_in(engine.render(template, {})) == 0
    settings = replace(app.extensions["settings"], office_emblem=png(tmp_path))
    monkeypatch.setitem(app.extensions, "settings", settings)
    assert pictures_in(engine.render(template, {})) == 1


def test_the_file_is_looked_for_beside_the_data(tmp_path: Path) -> None:
    (tmp_path / "ours.svg").write_text('<?xml version="1.0"?><svg viewBox="0 0 1 1"/>')
    assert settings_with(tmp_path, "ours.svg").office_emblem == tmp_path / "ours.svg"
    assert settings_with(tmp_path, "").office_emblem is None


@pytest.mark.parametrize("name", ["nothing.png", "text.svg", "photo.jpg", "photo.svg"])
def test_what_is_no_picture_stops_the_start(name: str, tmp_path: Path) -> None:
    (tmp_path / "text.svg").write_text("not a drawing")
    png(tmp_path, "photo.jpg")
    png(tmp_path, "photo.svg")
    with pytest.raises(BadSetting, match="HELPDESK_OFFICE_EMBLEM"):
        settings_with(tmp_path, name)
