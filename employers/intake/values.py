"""Reading one value as a caller typed it: the typed value, or None and a problem. Null means absent.

A reader takes the value, its dotted path and the list that problems go to. It never repeats what it was given.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from employers.benefits.problems import Problem
from employers.organisations.identifiers import is_business_id, is_payment_reference, is_personal_identity_code

Problems = list[Problem]
Reader = Callable[[Any, str, Problems], Any]

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MONEY = re.compile(r"-?[0-9]{1,12}\.[0-9]{2}", re.ASCII)
REFERENCE = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}", re.ASCII)  # a member's name that may be repeated to the caller
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MOST_UNKNOWN = 20  # more than these are not listed


def say(problems: Problems, path: str, code: str, **params: Any) -> Any:
    """None, which the reader returns in place of the value."""
    problems.append(Problem(path, code, "error", params))


def below(path: str, name: str | int) -> str:
    return f"{path}.{name}" if path else str(name)


def text(most: int) -> Reader:
    def read(value: Any, path: str, problems: Problems) -> Any:
        if not isinstance(value, str):
            return say(problems, path, "invalid_type")
        if len(value) > most:
            return say(problems, path, "too_long", most=most)
        if UNPRINTABLE.search(value):
            return say(problems, path, "not_text")
        return value

    return read


def filled(most: int) -> Reader:
    """A text that says something: blanks alone are as good as nothing."""
    said = text(most)

    def read(value: Any, path: str, problems: Problems) -> Any:
        if isinstance(value, str) and not value.strip():
            return say(problems, path, "required")
        return said(value, path, problems)

    return read


def choice(allowed: Collection[str]) -> Reader:
    def read(value: Any, path: str, problems: Problems) -> Any:
        if not isinstance(value, str):
            return say(problems, path, "invalid_type")
        if value not in allowed:
            return say(problems, path, "invalid_choice")
        return value

    return read


def matching(good: Callable[[str], Any], code: str) -> Reader:
    """A text that passes a test, or this code."""

    def read(value: Any, path: str, problems: Problems) -> Any:
        if not isinstance(value, str):
            return say(problems, path, "invalid_type")
        return value if good(value) else say(problems, path, code)

    return read


def day(value: Any, path: str, problems: Problems) -> Any:
    if not isinstance(value, str):
        return say(problems, path, "invalid_type")
    try:
        return date.fromisoformat(value) if DAY.fullmatch(value) else say(problems, path, "date_invalid")
    except ValueError:
        return say(problems, path, "date_invalid")


def money(value: Any, path: str, problems: Problems) -> Any:
    """Text with two decimals. A JSON number is refused: half of the world reads it as a binary fraction."""
    if not isinstance(value, str) or not MONEY.fullmatch(value):
        return say(problems, path, "money_invalid")
    return Decimal(value)


def is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False


business_id = matching(is_business_id, "business_id_invalid")
reference = matching(REFERENCE.fullmatch, "reference_invalid")
payment_reference = matching(lambda value: not value or is_payment_reference(value), "payment_reference_invalid")
uuid = matching(is_uuid, "id_invalid")


def identity_code(*, allow_temporary: bool) -> Reader:
    def good(value: str) -> bool:
        return is_personal_identity_code(value, allow_temporary=allow_temporary)

    return matching(good, "identity_code_invalid")


def shape(members: Mapping[str, Reader], *, required: Collection[str] = ()) -> Reader:
    """An object. Its readable members come back in a dictionary even when others are not."""

    def read(value: Any, path: str, problems: Problems) -> Any:
        if not isinstance(value, dict):
            return say(problems, path, "invalid_type")
        unknown(value, members, path, problems)
        found = {
            name: reader(value[name], below(path, name), problems)
            for name, reader in members.items()
            if value.get(name) is not None
        }
        for name in required:
            if value.get(name) is None:
                say(problems, below(path, name), "required")
        return found

    return read


def unknown(value: Mapping[str, Any], members: Collection[str], path: str, problems: Problems) -> None:
    """A name that nobody would give a field is not repeated: it may hold what should not be written anywhere."""
    for name in [name for name in value if name not in members][:MOST_UNKNOWN]:
        say(problems, below(path, name) if NAME.fullmatch(name) else path, "unknown_field")


def listing(entry: Reader, *, most: int) -> Reader:
    """A list with every entry readable, or None."""

    def read(value: Any, path: str, problems: Problems) -> Any:
        if not isinstance(value, list):
            return say(problems, path, "invalid_type")
        if len(value) > most:
            return say(problems, path, "too_many_items", most=most)
        before = len(problems)
        entries = [entry(item, below(path, number), problems) for number, item in enumerate(value)]
        return entries if len(problems) == before else None

    return read
