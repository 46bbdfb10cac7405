"""Could a figure be right? What a slip of the keyboard would make of it is refused before anybody approves it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from employers.benefits.law import Parameter

YEARS_AHEAD = 2  # figures are confirmed for the next year, at the earliest for the one after
MOST_TIMES = 5  # a point or a digit too many or too few is ten times as much or as little
COUNTED = ("days", "weekdays", "months", "persons", "years")
WHOLE, CENTS, FINEST = 0, 2, 6  # decimals of what is counted, of money, of what the table can hold


class Fault(StrEnum):
    NEGATIVE = "negative"
    DECIMALS = "decimals"
    UNLIKELY = "unlikely"  # far from every value there was
    TOO_EARLY = "too_early"  # before the first value there was
    TOO_LATE = "too_late"
    MIDYEAR = "midyear"  # what is set for a year begins on 1 January


def value_faults(parameter: Parameter, value: Decimal) -> Iterator[Fault]:
    if value < 0:
        yield Fault.NEGATIVE
        return
    if -int(value.normalize().as_tuple().exponent) > decimals(parameter.unit):
        yield Fault.DECIMALS
    known = [each.value for each in parameter.values if each.value]
    if known and not any(each / MOST_TIMES < value < each * MOST_TIMES for each in known):
        yield Fault.UNLIKELY


def start_faults(parameter: Parameter, start: date, *, on: date) -> Iterator[Fault]:
    if start < parameter.values[0].start:
        yield Fault.TOO_EARLY
    elif start.year > on.year + YEARS_AHEAD:
        yield Fault.TOO_LATE
    elif is_yearly(parameter) and start not in parameter.starts and (start.month, start.day) != (1, 1):
        yield Fault.MIDYEAR


def decimals(unit: str) -> int:
    if unit.startswith("EUR"):
        return CENTS
    return WHOLE if unit.partition("/")[0] in COUNTED else FINEST


def is_for_files_alone(name: str) -> bool:
    """By how near a relapse comes the day is chosen whose law applies: before there is a law to lay anything over."""
    return name.endswith(".relapse_days")


def is_yearly(parameter: Parameter) -> bool:
    """Set for a year at a time, so that the file ends what it knows."""
    return parameter.unit == "EUR/year" or any(value.value is None for value in parameter.values)
