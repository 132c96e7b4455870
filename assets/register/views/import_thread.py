"""The thread behind the import's pages: reads, plans and writes while the browser may be closed.

Whatever goes wrong is kept with the import, so that its page can say it.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assets.register import import_queries
from assets.register.models import RegisterImport
from assets.register.rules import import_runs, import_undo
from assets.register.views import threads
from assets.register.workbook.reasons import Unreadable
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.files import store
from kernel.work import work
from office.places.access import viewer_of

log = logging.getLogger(__name__)
BEAT_SECONDS = 2.0
COMMAND = Viewer(name="flask register import")


def plan(import_id: int) -> None:
    """Read and compare the file of an import in the background."""
    _start(import_id, _plan)


def write(import_id: int) -> None:
    """Write a decided import in the background."""
    _start(import_id, _write)


def undo(import_id: int) -> None:
    """Take an import back in the background."""
    _start(import_id, _undo)


def wait(import_id: int, seconds: float = threads.SOON_SECONDS) -> None:
    """Wait a moment for the thread of an import: most files are read before a page is drawn."""
    threads.wait(_name(import_id), seconds)


def _start(import_id: int, act: Callable[[int], None]) -> None:
    threads.start(_name(import_id), lambda: _guarded(import_id, act))


def _name(import_id: int) -> str:
    return f"register-import-{import_id}"


def _guarded(import_id: int, act: Callable[[int], None]) -> None:
    try:
        act(import_id)
    except Stale:
        log.info("import %s: another thread has gone on with it", import_id)
    except (Unreadable, Refusal) as error:
        _note_failure(import_id, error)
    except Exception as error:
        log.exception("import %s stopped", import_id)
        _note_failure(import_id, error)


def _note_failure(import_id: int, error: Exception) -> None:
    with work():
        import_runs.fail(db.session.get_one(RegisterImport, import_id), error)


def _plan(import_id: int) -> None:
    record = db.session.get_one(RegisterImport, import_id)
    saved = import_queries.saved_mappings(_person_of(record))
    with file_of(record) as path:
        examined = import_runs.examine(record, path, saved=saved, progress=_heart(import_id))
    with work():
        import_runs.note_plan(db.session.get_one(RegisterImport, import_id), examined)


def _write(import_id: int) -> None:
    record = db.session.get_one(RegisterImport, import_id)
    by = _person_of(record)
    with file_of(record) as path:
        examined = import_runs.examine(record, path)
    writing = import_runs.Writing(import_id, examined.outcomes, by)
    for act in writing.acts(record):
        with work():
            act()


def _undo(import_id: int) -> None:
    record = db.session.get_one(RegisterImport, import_id)
    for act in import_undo.Undoing(import_id, _person_of(record)).acts():
        with work():
            act()


def _person_of(record: RegisterImport) -> Viewer:
    return (viewer_of(record.by_id) if record.by_id else None) or COMMAND


@contextmanager
def file_of(record: RegisterImport) -> Iterator[Path]:
    """Lay the file of an import where the reader can open it."""
    with tempfile.NamedTemporaryFile(prefix="import-") as file:
        file.write(store().read(record.file_key))
        file.flush()
        yield Path(file.name)


def _heart(import_id: int) -> Callable[[int, int], None]:
    """Return what tells the import every few seconds how far the reading is."""
    last = time.monotonic()

    def beat(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= BEAT_SECONDS:
            last = time.monotonic()
            with work():
                import_runs.beat(import_id, done, total)

    return beat
