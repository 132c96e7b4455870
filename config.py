"""The settings of the service, read once from the environment.

Everything that may differ between two offices' machines is a field of ``Settings``. A value that
makes no sense stops the start with the name of the variable, so that nobody runs with a setting
that is silently ignored.
"""

from __future__ import annotations

import os
import re
import secrets
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

BASE_DIR = Path(__file__).resolve().parent
ENVIRONMENTS = ("production", "development", "test")
LANGUAGES = ("th", "en")
CONVENTIONS = ("A", "B", "C")
SHORTEST_SECRET = 32
PICTURE_HEAD = 4096
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")

T = TypeVar("T")


class BadSetting(ValueError):
    """A variable of the environment that cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """All settings, typed; see docs/configuration.md for what each one means."""

    environment: str
    host: str
    port: int
    base_url: str
    var_dir: Path
    database_url: str
    files_url: str
    files_key: str
    files_secret: str
    files_kept_days: int
    secret_key: str
    office_name_th: str
    office_name_en: str
    office_emblem: Path | None
    default_language: str
    smtp_url: str
    mail_from: str
    mail_in_url: str
    mail_in_address: str
    mail_in_plus: bool
    mail_in_megabytes: int
    mail_in_per_sender: int
    line_token: str
    line_secret: str
    line_url: str
    push_hosts: tuple[str, ...]
    metrics_token: str
    timetable: bool
    web_processes: int
    web_threads: int
    trusted_proxies: int
    photo_megabytes: int
    document_megabytes: int
    upload_megabytes: int
    reports_per_tag: int
    reports_per_address: int
    depreciation_convention: str
    repair_hint_percent: int
    repair_approval_baht: int
    approval_link_baht: int
    approval_link_hours: int
    approval_remind_days: int
    approval_escalate_days: int
    loan_kept_days: int
    backup_days: int
    access_log_days: int
    guest_contact_days: int
    message_days: int
    log_level: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read every setting.

        Args:
            environ: the variables; the process's own when left out.

        Raises:
            BadSetting: a variable holds nonsense; the sentence names it.
        """
        return cls._read(_Reader(os.environ if environ is None else environ))

    @classmethod
    def _read(cls, read: _Reader) -> Settings:
        environment = read.choice("HELPDESK_ENVIRONMENT", "production", ENVIRONMENTS)
        host, port = read.text("HOST", "127.0.0.1"), read.whole("PORT", 8000, 1, 65535)
        var_dir = read.folder("HELPDESK_VAR_DIR", BASE_DIR / "var")
        return cls(
            environment=environment,
            host=host,
            port=port,
            base_url=read.web_address("HELPDESK_BASE_URL", f"http://{host}:{port}"),
            var_dir=var_dir,
            database_url=read.database("HELPDESK_DATABASE_URL", var_dir / "helpdesk.sqlite3"),
            files_url=read.files("HELPDESK_FILES_URL", var_dir / "files"),
            files_key=read.text("HELPDESK_FILES_KEY", ""),
            files_secret=read.text("HELPDESK_FILES_SECRET", ""),
            files_kept_days=read.whole("HELPDESK_FILES_KEPT_DAYS", 30, 1, 3650),
            secret_key=read.secret("HELPDESK_SECRET_KEY", var_dir / "secret_key"),
            office_name_th=read.text("HELPDESK_OFFICE_NAME_TH", ""),
            office_name_en=read.text("HELPDESK_OFFICE_NAME_EN", ""),
            office_emblem=read.picture("HELPDESK_OFFICE_EMBLEM", var_dir),
            default_language=read.choice("HELPDESK_DEFAULT_LANGUAGE", "th", LANGUAGES),
            **cls._messages(read),
            metrics_token=read.text("HELPDESK_METRICS_TOKEN", ""),
            timetable=read.switch("HELPDESK_TIMETABLE", default=environment != "test"),
            web_processes=read.whole("HELPDESK_WEB_PROCESSES", 2, 1, 64),
            web_threads=read.whole("HELPDESK_WEB_THREADS", 4, 1, 64),
            trusted_proxies=read.whole("HELPDESK_TRUSTED_PROXIES", 0, 0, 5),
            photo_megabytes=read.whole("HELPDESK_PHOTO_MEGABYTES", 15, 1, 50),
            document_megabytes=read.whole("HELPDESK_DOCUMENT_MEGABYTES", 25, 1, 200),
            upload_megabytes=read.whole("HELPDESK_UPLOAD_MEGABYTES", 100, 5, 1000),
            reports_per_tag=read.whole("HELPDESK_REPORTS_PER_TAG", 6, 1, 1000),
            reports_per_address=read.whole("HELPDESK_REPORTS_PER_ADDRESS", 300, 1, 100000),
            depreciation_convention=read.choice("HELPDESK_DEPRECIATION", "A", CONVENTIONS),
            repair_hint_percent=read.whole("HELPDESK_REPAIR_HINT_PERCENT", 30, 0, 1000),
            repair_approval_baht=read.whole("HELPDESK_REPAIR_APPROVAL_BAHT", 5000, 0, 10_000_000),
            **cls._approvals(read),
            loan_kept_days=read.whole("HELPDESK_LOAN_KEPT_DAYS", 2, 0, 60),
            backup_days=read.whole("HELPDESK_BACKUP_DAYS", 7, 0, 365),
            **cls._retention(read),
            log_level=read.choice("HELPDESK_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING")),
        )

    @staticmethod
    def _retention(read: _Reader) -> dict[str, Any]:
        """Read for how many days personal data are kept."""
        return {
            "access_log_days": read.whole("HELPDESK_ACCESS_LOG_DAYS", 90, 90, 730),
            "guest_contact_days": read.whole("HELPDESK_GUEST_CONTACT_DAYS", 365, 30, 3650),
            "message_days": read.whole("HELPDESK_MESSAGE_DAYS", 730, 90, 3650),
        }

    @staticmethod
    def _approvals(read: _Reader) -> dict[str, Any]:
        """Read how long approvals wait, and what a link may sign."""
        return {
            "approval_link_baht": read.whole(
                "HELPDESK_APPROVAL_LINK_BAHT", 10000, 0, 1_000_000_000
            ),
            "approval_link_hours": read.whole("HELPDESK_APPROVAL_LINK_HOURS", 168, 1, 2160),
            "approval_remind_days": read.whole("HELPDESK_APPROVAL_REMIND_DAYS", 2, 1, 60),
            "approval_escalate_days": read.whole("HELPDESK_APPROVAL_ESCALATE_DAYS", 5, 1, 180),
        }

    @staticmethod
    def _messages(read: _Reader) -> dict[str, Any]:
        """Read how messages leave the service and come in."""
        return {
            "smtp_url": read.smtp("HELPDESK_SMTP_URL"),
            "mail_from": read.text("HELPDESK_MAIL_FROM", "helpdesk@localhost"),
            "mail_in_url": read.imap("HELPDESK_MAIL_IN_URL"),
            "mail_in_address": read.text("HELPDESK_MAIL_IN_ADDRESS", ""),
            "mail_in_plus": read.switch("HELPDESK_MAIL_IN_PLUS", default=True),
            "mail_in_megabytes": read.whole("HELPDESK_MAIL_IN_MEGABYTES", 20, 1, 100),
            "mail_in_per_sender": read.whole("HELPDESK_MAIL_IN_PER_SENDER", 20, 1, 10000),
            "line_token": read.text("HELPDESK_LINE_TOKEN", ""),
            "line_secret": read.text("HELPDESK_LINE_SECRET", ""),
            "line_url": read.web_address("HELPDESK_LINE_URL", "https://api.line.me"),
            "push_hosts": read.words("HELPDESK_PUSH_HOSTS"),
        }


class _Reader:
    """Typed readers over a mapping of variables; each refuses with the variable's name."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, default: str) -> str:
        return self._environ.get(name, "").strip() or default

    def _parsed(self, name: str, default: T, parse: Callable[[str], T], wanted: str) -> T:
        raw = self._environ.get(name, "").strip()
        if not raw:
            return default
        try:
            return parse(raw)
        except ValueError:
            # An address may hold a password, and this sentence ends in a log.
            said = "" if name.endswith("_URL") else f", not {raw!r}"
            raise BadSetting(f"{name}: {wanted}{said}") from None

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        def parse(raw: str) -> str:
            if raw not in choices:
                raise ValueError(raw)
            return raw

        return self._parsed(name, default, parse, f"one of {', '.join(choices)}")

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        def parse(raw: str) -> int:
            number = int(raw)
            if not least <= number <= most:
                raise ValueError(raw)
            return number

        return self._parsed(name, default, parse, f"a whole number from {least} to {most}")

    def switch(self, name: str, *, default: bool) -> bool:
        words = {"on": True, "off": False}

        def parse(raw: str) -> bool:
            if raw not in words:
                raise ValueError(raw)
            return words[raw]

        return self._parsed(name, default, parse, "on or off")

    def words(self, name: str) -> tuple[str, ...]:
        """Return words that stand apart by blanks or commas."""
        return tuple(self._environ.get(name, "").replace(",", " ").split())

    def folder(self, name: str, default: Path) -> Path:
        folder = Path(self.text(name, str(default)))
        folder = folder if folder.is_absolute() else BASE_DIR / folder
        if folder.exists() and not folder.is_dir():
            raise BadSetting(f"{name}: a folder, not the file {folder}")
        return folder

    def picture(self, name: str, home: Path) -> Path | None:
        """Return a PNG or SVG file; a relative name lies in ``home``."""

        def parse(raw: str) -> Path:
            file = Path(raw) if Path(raw).is_absolute() else home / raw
            if not file.is_file() or not is_picture(file):
                raise ValueError(raw)
            return file

        return self._parsed(name, None, parse, "the name of a PNG or SVG file")

    def web_address(self, name: str, default: str) -> str:
        def parse(raw: str) -> str:
            parts = urlsplit(raw)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
                raise ValueError(raw)
            return raw.rstrip("/")

        return self._parsed(
            name, default, parse, "an address such as https://helpdesk.example.go.th"
        )

    def database(self, name: str, file: Path) -> str:
        """Return the address of the database; without one, that of SQLite's file."""

        def parse(raw: str) -> str:
            if raw.startswith(("postgresql://", "postgres://")):
                return "postgresql+psycopg://" + raw.split("://", 1)[1]
            kind, _mark, rest = raw.partition(":///")
            # A database in memory would be another one in each process and thread.
            if kind == "sqlite" and rest and ":memory:" not in rest:
                return raw
            if not raw.startswith("postgresql+psycopg://"):
                raise ValueError(raw)
            return raw

        return self._parsed(
            name,
            f"sqlite:///{file}",
            parse,
            "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE",
        )

    def files(self, name: str, default: Path) -> str:
        """Return the address of the store of files; a bucket needs its two keys as well."""

        def parse(raw: str) -> str:
            check_files_address(raw)
            return raw

        wanted = "file:///FOLDER or s3://BUCKET/PREFIX?endpoint=https://HOST"
        address = self._parsed(name, default.resolve().as_uri(), parse, wanted)
        for other in ("HELPDESK_FILES_KEY", "HELPDESK_FILES_SECRET"):
            if address.startswith("s3:") and not self.text(other, ""):
                raise BadSetting(f"{other}: what the store of {name} knows this service by")
        return address

    def smtp(self, name: str) -> str:
        def parse(raw: str) -> str:
            parts = urlsplit(raw)
            if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
                raise ValueError("address")
            return raw

        return self._parsed(name, "", parse, "smtp://USER:PASSWORD@HOST:PORT or smtps://…")

    def imap(self, name: str) -> str:
        """Return the address of the mailbox; it needs a name and a password."""

        def parse(raw: str) -> str:
            parts = urlsplit(raw)
            known = parts.username and parts.password
            if parts.scheme not in ("imap", "imaps") or not parts.hostname or not known:
                raise ValueError("address")
            return raw

        return self._parsed(name, "", parse, "imaps://USER:PASSWORD@HOST:PORT/FOLDER or imap://…")

    def secret(self, name: str, kept_at: Path) -> str:
        """Return the secret from the environment, else the one made and kept at first start."""
        given = self._environ.get(name, "").strip()
        if given:
            if len(given) < SHORTEST_SECRET:
                raise BadSetting(f"{name}: at least {SHORTEST_SECRET} characters")
            return given
        return _kept_secret(kept_at)


def environment_of(folder: Path = BASE_DIR) -> dict[str, str]:
    """Return the variables of the process, and those of the file ``.env`` that it does not set.

    Whoever serves the office or commands it reads both, so that no command meets another database.
    """
    return {**variables_of(folder / ".env"), **os.environ}


def variables_of(file: Path) -> dict[str, str]:
    """Return NAME=VALUE lines of a file; quotes around a value are taken off."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return {name.strip(): " ".join(shlex.split(value)) for name, value in pairs}


def is_picture(file: Path) -> bool:
    """Tell by its first bytes whether a file is the PNG or SVG picture that its name says."""
    with file.open("rb") as opened:
        head = opened.read(PICTURE_HEAD)
    if file.suffix.lower() == ".svg":
        return b"<svg" in head
    return file.suffix.lower() == ".png" and head.startswith(b"\x89PNG\r\n")


def check_files_address(raw: str) -> None:
    """Refuse an address that names no store of files.

    Args:
        raw: ``file:///FOLDER`` or ``s3://BUCKET/PREFIX?endpoint=https://HOST:PORT&region=REGION``.

    Raises:
        ValueError: it is neither.
    """
    parts = urlsplit(raw)
    if parts.scheme == "file":
        good = not parts.netloc and len(parts.path) > 1 and not parts.query
    else:
        said = parse_qs(parts.query, strict_parsing=True)
        endpoint = urlsplit(said.get("endpoint", [""])[0])
        good = (
            parts.scheme == "s3"
            and BUCKET.fullmatch(parts.netloc) is not None
            and said.keys() <= {"endpoint", "region"}
            and endpoint.scheme in ("http", "https")
            and bool(endpoint.hostname)
            and endpoint.path in ("", "/")
        )
    if not good or parts.fragment:
        raise ValueError(raw)


def _kept_secret(path: Path) -> str:
    """Return the secret in the file, making it first where there is none.

    Two processes may start at once: the file is complete before it gets its name, and the first
    to give it the name wins.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
