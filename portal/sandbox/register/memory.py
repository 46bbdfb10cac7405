"""What payers and readers sent, kept in SQLite in the register's folder: records, versions, subscriptions."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.sandbox.register.xml import moment

TABLES = """
CREATE TABLE IF NOT EXISTS record (
    id TEXT PRIMARY KEY, owner TEXT, kind TEXT, reference TEXT, header TEXT, status INTEGER, result TEXT,
    ready_at TEXT, UNIQUE (owner, kind, reference));
CREATE TABLE IF NOT EXISTS version (
    arrival INTEGER PRIMARY KEY, report TEXT, number INTEGER, status INTEGER, reference TEXT, payer TEXT, earner TEXT,
    paid TEXT, received_at TEXT, record TEXT, fixed TEXT, content TEXT, UNIQUE (report, number));
CREATE INDEX IF NOT EXISTS version_received ON version (received_at);
CREATE INDEX IF NOT EXISTS version_reference ON version (payer, reference);
CREATE TABLE IF NOT EXISTS subscription (
    id TEXT PRIMARY KEY, reference TEXT, owner TEXT, record TEXT, content TEXT, created_at TEXT, window_start TEXT,
    last_at TEXT, version INTEGER DEFAULT 1, ended INTEGER DEFAULT 0, UNIQUE (owner, reference));
CREATE TABLE IF NOT EXISTS number (name TEXT PRIMARY KEY, last INTEGER);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a report somebody sent. `content` is its `Report` as an extract shows it."""

    report: str
    number: int
    status: int  # 1 valid, 2 invalidated
    reference: str | None  # the payer's
    payer: str
    earner: str
    paid: str  # ISO day
    received_at: str
    record: str
    fixed: str  # what a replacement may not change
    content: str


class Memory:
    """One connection for all threads: it is only a sandbox."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(folder / "register.sqlite", check_same_thread=False, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA synchronous = OFF")  # a power cut may cost a sandbox its toys
        self.connection.executescript(TABLES)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything or nothing; one at a time."""
        with self.lock:
            self.connection.execute("SAVEPOINT whole")
            try:
                yield
            except BaseException:
                self.connection.execute("ROLLBACK TO whole")
                raise
            finally:
                self.connection.execute("RELEASE whole")

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        with self.lock:
            return self.connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> sqlite3.Row | None:
        return next(iter(self.rows(query, *values)), None)

    def next_number(self, name: str) -> int:
        query = "INSERT INTO number VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last"
        return int(self.rows(query, name)[0]["last"])

    def insert(self, table: str, **values: Any) -> None:
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        self.rows(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values())  # noqa: S608  our own names

    def forget(self) -> None:
        with self.transaction():
            for table in ("record", "version", "subscription", "number"):
                self.rows(f"DELETE FROM {table}")  # noqa: S608

    def keep(self, version: Version) -> None:
        self.insert("version", **{name: getattr(version, name) for name in Version.__slots__})

    def newest(self, report: str) -> Version | None:
        found = self.row("SELECT * FROM version WHERE report = ? ORDER BY number DESC LIMIT 1", report)
        return _version(found) if found else None

    def by_reference(self, payer: str, reference: str) -> Version | None:
        """The newest version of the payer's report of that name; reports that were invalidated count."""
        query = "SELECT * FROM version WHERE payer = ? AND reference = ? ORDER BY arrival DESC LIMIT 1"
        found = self.row(query, payer, reference)
        return _version(found) if found else None

    def arrived(self, start: datetime, end: datetime) -> Iterator[Version]:
        """In the order of arrival, a page at a time, so that any number of them can be read."""
        last = 0
        query = (
            "SELECT * FROM version WHERE received_at >= ? AND received_at < ? AND arrival > ? "
            "ORDER BY arrival LIMIT 500"
        )
        while page := self.rows(query, moment(start), moment(end), last):
            yield from (_version(row) for row in page)
            last = page[-1]["arrival"]

    def touched(self) -> dict[str, str]:
        """Since when each report that somebody sent or changed is ours to tell; the generated one ends there."""
        rows = self.rows("SELECT report, min(received_at) AS since FROM version GROUP BY report")
        return {row["report"]: row["since"] for row in rows}


def _version(row: sqlite3.Row) -> Version:
    return Version(**{name: row[name] for name in Version.__slots__})
