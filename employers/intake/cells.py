"""Cells as spreadsheets and people write them, turned into what a body holds. Finnish, Swedish and English alike.

What cannot be understood stays as it is, for the reader of bodies to refuse.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Reading = Callable[[str], Any]

DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
MONEY = re.compile(r"(-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+|-?\d{1,12})(?:[.,](\d{1,2}))?", re.ASCII)
NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?", re.ASCII)
COUNT = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,9}", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})(?:-01)?", re.ASCII)
MONTH_FIRST = re.compile(r"(?:0?1\.)?(\d{1,2})[./](\d{4})", re.ASCII)  # a spreadsheet makes the month's first day of it
YES = frozenset(("true", "1", "yes", "y", "kyllä", "k", "tosi", "ja", "j", "sant"))
NO = frozenset(("false", "0", "no", "n", "ei", "e", "epätosi", "nej", "falskt"))
PHONE_OR_NUMBER = re.compile(r"[+-][\d ().,-]*", re.ASCII)


def read(cell: str, *, kind: str) -> Any:
    """`cell` says something; `kind` is one of READINGS, or another whose cells are as a body has them."""
    return READINGS[kind](cell) if kind in READINGS else cell


def day(cell: str) -> str:
    found = DAY_FIRST.fullmatch(cell)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else cell


def month(cell: str) -> str:
    if found := YEAR_FIRST.fullmatch(cell):
        return f"{found[1]}-{int(found[2]):02}"
    found = MONTH_FIRST.fullmatch(cell)
    return f"{found[2]}-{int(found[1]):02}" if found else cell


def money(cell: str) -> str:
    found = MONEY.fullmatch(cell)
    if not found:
        return cell
    return f"{'-' if cell.startswith('-') else ''}{digits(found[1])}.{(found[2] or ''):0<2}"


def number(cell: str) -> str:
    found = NUMBER.fullmatch(cell)
    return ".".join(part for part in found.groups() if part) if found else cell


def count(cell: str) -> int | str:
    return int(digits(cell)) if COUNT.fullmatch(cell) else cell


def truth(cell: str) -> bool | str:
    said = cell.casefold()
    return True if said in YES else False if said in NO else cell


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def is_formula(cell: str) -> bool:
    """What a spreadsheet would run. Telephone numbers and amounts below zero begin alike and are none."""
    text = cell.lstrip(" ")
    if text.startswith(("=", "@", "\t", "\r")):
        return True
    return text.startswith(("+", "-")) and not PHONE_OR_NUMBER.fullmatch(text)


READINGS: Mapping[str, Reading] = {
    "day": day, "month": month, "money": money, "number": number, "count": count, "truth": truth,
}  # fmt: skip
