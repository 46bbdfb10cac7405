"""From what Suomi.fi says of a person to our rights and offices: a dated table beside, replaced by configuration."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from employers.organisations import rights

OWN = Path(__file__).with_name("suomi_fi.toml")
MANDATE = "http://valtuusrekisteri.suomi.fi/"
STATUSES = ("official", "unverified")


class BadTable(Exception):
    """The table names something that is not there. Said at the first use, never guessed around."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`said` as Suomi.fi says it. Gives rights or an office from a day on, and until another when the table says so."""

    said: str
    since: date
    until: date | None
    status: str
    rights: tuple[str, ...] = ()
    office: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a person's roles at one organisation come to. Anybody with an office has every right."""

    rights: tuple[str, ...]
    offices: tuple[str, ...]


def meaning(said: Iterable[str], *, on: date, table: tuple[Entry, ...]) -> Meaning:
    """Roles that the table does not know give nothing."""
    known = set(said)
    in_force = [one for one in table if one.said in known and _in_force(one, on)]
    held = {right for one in in_force for right in one.rights}
    return Meaning(
        tuple(right for right in rights.RIGHTS if right in held),
        tuple(dict.fromkeys(one.office for one in in_force if one.office)),
    )


@cache
def read_table(file: Path = OWN) -> tuple[Entry, ...]:
    """Raises BadTable."""
    written = tomllib.loads(file.read_text())
    try:
        offices = [_entry(one, said=one["code"], office=one["role"]) for one in written.get("office", [])]
        mandates = [_entry(one, said=MANDATE + one["name"], rights=one["rights"]) for one in written.get("mandate", [])]
    except KeyError as missing:
        raise BadTable(f"{file}: {missing} is missing") from None
    return (*offices, *mandates)


def _entry(one: dict[str, Any], *, said: str, office: str = "", rights: Iterable[str] = ()) -> Entry:
    entry = Entry(said, one["from"], one.get("until"), one["status"], tuple(rights), office)
    _judge(entry)
    return entry


def _judge(entry: Entry) -> None:
    unknown = set(entry.rights) - set(rights.RIGHTS)
    if unknown or entry.status not in STATUSES or (entry.office and entry.office not in rights.REGISTER_ROLES):
        raise BadTable(f"{entry.said}: unknown right, office or status")


def _in_force(entry: Entry, on: date) -> bool:
    return entry.since <= on and (entry.until is None or on <= entry.until)
