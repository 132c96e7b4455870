"""The PDF engine: a typst template of ours and plain data become one PDF.

Data reaches the template as JSON and is never read as typst code, so `#panic` in a person's name
is printed, not run. Nothing is read from the network or from the machine's fonts. Pictures are put
into a folder that lives as long as the call: typst takes only text in memory.
"""

import json
import logging
import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

from office.papers import emblem, fonts, variant

LIBRARY_DIR = Path(__file__).parent / "typst"
Standard = Literal["a-2a", "a-2b", "a-3b", "ua-1", "1.7", "2.0"]
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\.(?:png|jpg|svg)")
# typst keeps what it worked out for the last ten papers. Ten sheets of a thousand labels would
# hold 1 GB in a web process, so after a paper larger than this the memory is emptied.
_LARGE_CHARACTERS = 200_000
_PAPERS_REMEMBERED = 10
_log = logging.getLogger(__name__)


class PaperError(RuntimeError):
    """A template, a font or a file name is wrong: a fault of ours, not of the reader."""


def render(
    template: Path | str,
    data: Mapping[str, Any],
    *,
    files: Mapping[str, bytes] | None = None,
    extra_font_dirs: Sequence[Path | str] = (),
    pdf_standard: Standard | None = "a-2b",
    made_at: datetime | None = None,
    tagged: bool = True,
) -> bytes:
    """Fill the typst file at `template` with `data` and return the PDF.

    The template says `#import "/official.typ": *` and finds `data` (JSON values only), and the
    pictures of `files` under "/files/<name>". Fonts from `extra_font_dirs` go before Sarabun.
    `made_at` (aware) is written into the PDF as its date; without it the machine's clock is.
    `pdf_standard` None makes an ordinary PDF. `tagged` False leaves out the marks by which screen
    readers find their way: for lists of thousands of lines, which they make three times as large.

    Raises PaperError for a picture's name that is not plain lower case .png, .jpg or .svg, for an
    unknown font and for a fault in the template; TypeError for data that JSON does not know.
    """
    written = {"pdf_standards": pdf_standard, "timestamp": made_at, "pdf_tags": tagged}
    return _compiled(template, data, files or {}, extra_font_dirs, written)


def render_svg(template: Path | str, data: Mapping[str, Any]) -> bytes:
    """Fill the typst file at `template` as ``render`` does and return its only page as SVG."""
    return _compiled(template, data, {}, (), {"format": "svg"})


def _compiled(
    template: Path | str,
    data: Mapping[str, Any],
    files: Mapping[str, bytes],
    extra_font_dirs: Sequence[Path | str],
    written: dict[str, Any],
) -> bytes:
    """Compile a template; `written` says as what."""
    faces = fonts.typefaces([Path(folder) for folder in extra_font_dirs])
    inputs = {
        "data": json.dumps(_printable(data, faces.coverage), ensure_ascii=False),
        "families": json.dumps(faces.families, ensure_ascii=False),
        "scale": str(faces.scale),
        "emblem": "",
        "variant": variant.wanted(),
        "sample": "yes" if variant.is_sample() else "",
    }
    if own := emblem.of_office():
        inputs["emblem"] = f"/files/{own[0]}"
        files = {**files, own[0]: own[1]}
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        root = Path(folder)
        main = _lay_out(root, Path(template), files)
        try:
            made, warnings = typst.compile_with_warnings(
                main,
                root=root,
                font_paths=faces.loaded,
                ignore_system_fonts=True,
                sys_inputs=inputs,
                package_path=root,
                package_cache_path=root,
                **written,
            )
        except typst.TypstError as fault:
            raise PaperError(f"{Path(template).name}: {fault.diagnostic}") from fault
        finally:
            if len(inputs["data"]) > _LARGE_CHARACTERS:
                _forget(faces.loaded)
    _check(Path(template).name, [warning.message for warning in warnings])
    return bytes(made)


def _lay_out(root: Path, template: Path, files: Mapping[str, bytes]) -> Path:
    """Put the library, the template and the pictures under `root`; answer where the template is."""
    for shared in (*LIBRARY_DIR.glob("*.typ"), LIBRARY_DIR / "english.json"):
        (root / shared.name).write_bytes(shared.read_bytes())
    (root / "files").mkdir()
    for name, content in files.items():
        if not _FILE_NAME.fullmatch(name):
            raise PaperError(f"not a name for a picture: {name!r}")
        (root / "files" / name).write_bytes(content)
    main = root / "main.typ"
    main.write_bytes(template.read_bytes())
    return main


def _forget(loaded: typst.Fonts) -> None:
    """Push out of typst's memory what it remembers of earlier papers, with empty ones."""
    for _ in range(_PAPERS_REMEMBERED + 1):
        typst.compile(b"", font_paths=loaded, ignore_system_fonts=True)


def _check(name: str, warnings: Sequence[str]) -> None:
    """Refuse a paper set in a font that is not there; keep other warnings readable."""
    for message in warnings:
        if "unknown font family" in message:
            raise PaperError(f"{name}: {message}")
        _log.warning("%s: %s", name, message)


def _printable(value: Any, coverage: frozenset[int]) -> Any:  # noqa: ANN401 - JSON is any of its kinds.
    """`value` with every text in it as the fonts can print it."""
    if isinstance(value, str):
        return fonts.printable(value, coverage)
    if isinstance(value, Mapping):
        return {key: _printable(item, coverage) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_printable(item, coverage) for item in value]
    return value
