"""What every test may ask for: the application on one engine, a client, settings and the clock."""

from __future__ import annotations

import gc
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as wild_settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event

from config import Settings
from kernel import clock as kernel_clock
from kernel import kept
from kernel.files import FileStore
from kernel.stores import open_store
from tests import buckets, cleaning, databases, network, programs, schema
from tests.form_client import FormClient

ENGINES = ("sqlite", "postgresql")
SERVER = "postgres_server"
BROWSER_STORIES = Path(__file__).parent / "browser"
# A Monday in term time, ten o'clock in Bangkok: the office is open.
OFFICE_HOURS = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
# Tests that share what is dear to make stay in one process of the run: the code as it is parsed,
# the papers as they are printed, the workbook as it is read, the demonstration as it is filled,
# the process that others are born of.
TOGETHER = (
    "tests/architecture/test_card_writers.py",
    "tests/architecture/test_placeholders.py",
    "tests/architecture/test_places.py",
    "tests/architecture/test_sizes.py",
    "tests/architecture/test_timetable.py",
    "tests/architecture/test_trail_words.py",
    "tests/assets/register/workbook/test_truth.py",
    "tests/helpdesk/demonstration/",
    "tests/helpdesk/gallery/test_papers.py",
    "tests/helpdesk/timetable/test_processes.py",
)
# The gate says the same of the same code; --hypothesis-profile=wild draws anew each time. That a
# busy machine draws slowly is no fault of what is tested.
wild_settings.register_profile("wild", deadline=None, suppress_health_check=[HealthCheck.too_slow])
wild_settings.register_profile("steady", wild_settings.get_profile("wild"), derandomize=True)
wild_settings.load_profile("steady")
cluster_key = pytest.StashKey[databases.Cluster]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice of engine and the browser stories."""
    parser.addoption("--db", choices=(*ENGINES, "both"), default="sqlite", help="database engine")
    parser.addoption("--browser", action="store_true", help="run the browser stories too")


def _engines(config: pytest.Config) -> tuple[str, ...]:
    chosen = config.getoption("--db")
    return ENGINES if chosen == "both" else (chosen,)


def pytest_configure(config: pytest.Config) -> None:
    """Start the PostgreSQL server in the run's first process, when it is needed."""
    gc.set_threshold(50_000, 20, 50)  # looking through what is being loaded takes seconds
    first = not hasattr(config, "workerinput")
    if not first or "postgresql" not in _engines(config) or config.getoption("collectonly"):
        return
    if programs.given_server() is None:
        config.stash[cluster_key] = databases.start_cluster()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this process started."""
    cluster = config.stash.get(cluster_key, None)
    if cluster is not None:
        cluster.stop()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each further process of the run where the server is."""
    cluster = node.config.stash.get(cluster_key, None)
    if cluster is not None:
        node.workerinput[SERVER] = cluster.url


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the browser stories to `--browser`, or to whoever names one of them."""
    if collection_path != BROWSER_STORIES or config.getoption("--browser"):
        return None
    named = (Path(str(argument).split("::")[0]).resolve() for argument in config.args)
    return None if any(path.is_relative_to(BROWSER_STORIES) for path in named) else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares something dear."""
    for item in items:
        for path in TOGETHER:
            if item.nodeid.startswith(path):
                group = "sources" if "architecture" in path else path
                engine = getattr(item, "callspec", None) and item.callspec.params.get("engine_name")
                if "architecture" in path or "demonstration" in path:
                    engine = None  # parsed once; filled once: PostgreSQL takes the same office over
                item.add_marker(pytest.mark.xdist_group(f"{group} {engine}"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what touches the database once on each chosen engine."""
    if "engine_name" in metafunc.fixturenames:
        metafunc.parametrize(
            "engine_name", _engines(metafunc.config), scope="session", indirect=True
        )


@pytest.fixture(scope="session")
def engine_name(request: pytest.FixtureRequest) -> str:
    """The engine that this test runs on."""
    return str(request.param)


@pytest.fixture(scope="session", autouse=True)
def _closed_network() -> Iterator[None]:
    with network.closed():
        yield


@pytest.fixture(scope="session")
def empty_database(
    engine_name: str, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], str]]:
    """Makes empty databases of this process on the engine; each call returns an address."""
    made: list[str] = []

    def make() -> str:
        if engine_name == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite3'}"
        cluster = pytestconfig.stash.get(cluster_key, None)
        handed = getattr(pytestconfig, "workerinput", {}).get(SERVER)
        server = cluster.url if cluster else handed or programs.given_server()
        assert server, "no PostgreSQL server was started"
        made.append(databases.create_database(server))
        return made[-1]

    yield make
    for address in made:
        databases.drop_database(address)


@pytest.fixture(scope="session")
def database_url(empty_database: Callable[[], str]) -> str:
    """The address of the database that the application of this process works on."""
    return empty_database()


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of an office that is only a test."""
    return Settings.from_environment(
        {
            "HELPDESK_ENVIRONMENT": "test",
            "HELPDESK_DATABASE_URL": database_url,
            "HELPDESK_BASE_URL": "http://localhost",
            "HELPDESK_VAR_DIR": str(tmp_path_factory.mktemp("var")),
            "HELPDESK_SECRET_KEY": "a secret that only the tests know, long enough",
            "HELPDESK_OFFICE_NAME_TH": "สำนักงานเขตพื้นที่การศึกษา",
            "HELPDESK_OFFICE_NAME_EN": "Education Service Area Office",
        }
    )


@pytest.fixture(scope="session")
def _application(settings: Settings) -> Iterator[tuple[Flask, cleaning.Cleaner]]:
    """The application over a fresh schema, once per process and engine."""
    # Only here, so that tests without a database run while a room is half-written.
    from helpdesk.app import create_app
    from kernel.db import db

    application = create_app(settings)
    application.test_client_class = FormClient
    application.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(_compiled_templates()))
    with application.app_context():
        engine = db.engine
        _do_not_wait_for_the_disk(engine)
        schema.make()
    engine.dispose()
    cleaner = cleaning.cleaner_for(engine)
    _keep_for_good()
    yield application, cleaner
    cleaner.close()
    with application.app_context():
        db.session.remove()
    engine.dispose()


def _compiled_templates() -> Path:
    """A folder where all processes of all runs keep what Jinja compiled; stale files are unused."""
    folder = Path(__file__).parent.parent / ".pytest_cache" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep_for_good() -> None:
    """Spare the collector what stays: looking through models and tests took a sixth of a run."""
    gc.collect()
    gc.freeze()


def _do_not_wait_for_the_disk(engine: Engine) -> None:
    """Let SQLite answer before the disk has the data: no test database outlives its run."""
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def hurry(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture
def app(_application: tuple[Flask, cleaning.Cleaner]) -> Iterator[Flask]:
    """The application over an empty database, with a context for rules and queries.

    Its clock goes, from ten o'clock of a Monday in term time, whatever day it is.
    """
    from office.access_log.witness import spool_here

    application, cleaner = _application
    cleaner.clean()
    with kernel_clock.going_from(OFFICE_HOURS), application.app_context():
        kept.forget_all()  # what the last test left, here and in the next line
        for lines in spool_here().folder.glob("*.jsonl"):
            lines.unlink()
        yield application


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return app.test_client()


class Clock:
    """The clock of a test: it stands still until the test moves it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.set(OFFICE_HOURS)

    @property
    def now(self) -> datetime:
        """The moment it shows, in UTC."""
        return kernel_clock.now()

    def set(self, moment: datetime) -> None:
        """Show this aware moment."""
        self._stack.enter_context(kernel_clock.frozen(moment))

    def forward(self, **step: float) -> None:
        """Move on by days=, hours=, minutes=, seconds=."""
        self.set(self.now + timedelta(**step))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that stands at a Monday, ten o'clock in Bangkok."""
    with ExitStack() as stack:
        yield Clock(stack)


@pytest.fixture(scope="session")
def bucket_server() -> Iterator[buckets.Server]:
    """An S3-compatible server in a process of its own."""
    with buckets.running() as server:
        yield server


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """An empty store of files, once of each kind."""
    if request.param == "folder":
        return open_store((tmp_path / "files").as_uri())
    server: buckets.Server = request.getfixturevalue("bucket_server")
    address = server.make_bucket(f"b-{secrets.token_hex(8)}")
    return open_store(address, key=buckets.KEY, secret=buckets.SECRET)
