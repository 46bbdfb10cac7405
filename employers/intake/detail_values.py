"""Reading a benefit's own details as their declaration says. What is missing is for the law's check to tell."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from stdnum import iban

from employers.benefits.details import DETAILS, Detail, Kind
from employers.intake import values

NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?", re.ASCII)
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}", re.ASCII)
LONGEST_TEXT = 40


def reader(benefit: Any) -> values.Reader:
    """Of the details of this benefit. Of a benefit nobody knows that is told elsewhere, and no detail is looked at."""
    return _reader_of(benefit) if isinstance(benefit, str) and benefit in DETAILS else _any_object


@cache
def _reader_of(benefit: str) -> values.Reader:
    return _object(DETAILS[benefit])


def _any_object(value: Any, path: str, problems: values.Problems) -> Any:
    return {} if isinstance(value, dict) else values.say(problems, path, "invalid_type")


def _object(declared: Mapping[str, Detail]) -> values.Reader:
    read = values.shape({name: _value(detail) for name, detail in declared.items()})

    def read_filled(value: Any, path: str, problems: values.Problems) -> Any:
        found = read(value, path, problems)
        return None if found is None else {name: item for name, item in found.items() if item is not None}

    return read_filled


def _value(detail: Detail) -> values.Reader:
    match detail.kind:
        case Kind.CHOICE:
            return values.choice(detail.choices)
        case Kind.NUMBER:
            return _most(number, detail.most)
        case Kind.COUNT:
            return _most(count, detail.most)
        case Kind.OBJECT:
            return _object(detail.members)
        case Kind.LIST:
            return _tuple(_object(detail.members), most=detail.most)
        case Kind.TEXTS:
            return _tuple(values.filled(LONGEST_TEXT), most=detail.most)
        case _:
            return PLAIN[detail.kind]


def _tuple(entry: values.Reader, *, most: int) -> values.Reader:
    read = values.listing(entry, most=most)

    def read_tuple(value: Any, path: str, problems: values.Problems) -> Any:
        found = read(value, path, problems)
        return None if found is None else tuple(found)

    return read_tuple


def _most(read: values.Reader, most: int) -> values.Reader:
    def read_most(value: Any, path: str, problems: values.Problems) -> Any:
        found = read(value, path, problems)
        if found is not None and most and found > most:
            return values.say(problems, path, "number_out_of_range", least=0, most=most)
        return found

    return read_most


def number(value: Any, path: str, problems: values.Problems) -> Any:
    """Text with at most two decimals, as money is: hours are compared exactly."""
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        return values.say(problems, path, "number_invalid")
    return Decimal(value)


def count(value: Any, path: str, problems: values.Problems) -> Any:
    """A JSON number without a fraction; true and false are none."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return values.say(problems, path, "count_invalid")
    return value


def month(value: Any, path: str, problems: values.Problems) -> Any:
    if not isinstance(value, str):
        return values.say(problems, path, "invalid_type")
    try:
        date.fromisoformat(f"{value}-01" if MONTH.fullmatch(value) else "")
    except ValueError:
        return values.say(problems, path, "month_invalid")
    return value


def truth(value: Any, path: str, problems: values.Problems) -> Any:
    return value if isinstance(value, bool) else values.say(problems, path, "invalid_type")


def account(value: Any, path: str, problems: values.Problems) -> Any:
    """As a bank writes it, without the spaces people put between."""
    if not isinstance(value, str):
        return values.say(problems, path, "invalid_type")
    said = iban.compact(value)
    return said if iban.is_valid(said) else values.say(problems, path, "iban_invalid")


PLAIN: Mapping[Kind, values.Reader] = {
    Kind.DAY: values.day,
    Kind.MONTH: month,
    Kind.MONEY: values.money,
    Kind.TRUTH: truth,
    Kind.IBAN: account,
}
