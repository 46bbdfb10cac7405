"""Extracts of subscriptions that are due: one file a part, all parts of one order over the same half-open window."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from sqlite3 import Row
from uuid import NAMESPACE_URL, uuid4, uuid5

from lxml import etree

from portal.sandbox.register.answers import Extract, Spool, write_extract
from portal.sandbox.register.faults import IN_FILES
from portal.sandbox.register.masking import masked
from portal.sandbox.register.office import Office
from portal.sandbox.register.schedule import due_after, first_of_one_off
from portal.sandbox.register.subscriptions import asked, modified
from portal.sandbox.register.xml import moment

DONE = 3  # a one-off that has been extracted
AT_ONCE = 40  # extractions made up for after the clock was moved far; earlier ones fall into the first window


def extract_due(office: Office) -> int:
    """How many files were written."""
    with office.extracting:
        rows = office.memory.rows("SELECT * FROM subscription WHERE ended = 0 ORDER BY rowid")
        return sum(_extract(office, row["id"], at) for row in rows for at in _due(row, now=office.now()))


def _due(row: Row, *, now: datetime) -> list[datetime]:
    main = etree.fromstring(row["content"])
    if main.find("Schedule/OnetimeDeliverySchedule") is not None:
        due = max(first_of_one_off(main), datetime.fromisoformat(row["created_at"]))
        return [due] if due <= now else []
    after = datetime.fromisoformat(row["last_at"] or row["created_at"])
    return list(_until(due_after(main, after), now))[-AT_ONCE:]


def _until(moments: Iterator[datetime], now: datetime) -> Iterator[datetime]:
    for one in moments:
        if one > now:
            return
        yield one


def _extract(office: Office, identity: str, at: datetime) -> int:
    """The window begins where the last one ended."""
    [row] = office.memory.rows("SELECT * FROM subscription WHERE id = ?", identity)
    main = etree.fromstring(row["content"])
    is_one_off = main.find("Schedule/OnetimeDeliverySchedule") is not None
    end = (modified(main)[1] or at) if is_one_off else at
    window = (datetime.fromisoformat(row["window_start"]), end)
    written = sum(_write(office, row, part, window, at=at) for part in main.iterfind("Subscriptions/Subscription"))
    query = "UPDATE subscription SET window_start = ?, last_at = ?, ended = ? WHERE id = ?"
    office.memory.rows(query, moment(end), moment(at), DONE if is_one_off else 0, identity)
    return written


def _write(office: Office, row: Row, part: etree._Element, window: tuple[datetime, datetime], *, at: datetime) -> int:
    fault = office.faults.take(IN_FILES)
    profile, reference = part.findtext("QueryProfile"), part.findtext("SubscriptionId", "")
    told = Extract(
        kind=part.findtext("QueryDataType", ""),
        span=window,
        at=at,
        profile=profile,
        references=(row["id"], uuid5(NAMESPACE_URL, f"{row['id']}/{reference}").hex, row["reference"], reference),
    )
    reports = Spool(masked(one, profile) for one in office.knowledge.told(asked(part, window)))
    names = [office.file_out(told.kind, uuid4().hex) for _ in range(2 if fault == "duplicate" else 1)]
    with unfinished(names[0]).open("wb") as file:
        write_extract(file, told, reports, signer=office.signer, fault="well" if fault == "duplicate" else fault)
        if fault == "cut":
            file.truncate(file.tell() // 2)
    for other in names[1:]:
        other.write_bytes(unfinished(names[0]).read_bytes())
    os.replace(unfinished(names[0]), names[0])
    return len(names)


def unfinished(file: Path) -> Path:
    """The name while it is written: nobody takes half a file."""
    return file.with_name(f"{file.name}.part")
