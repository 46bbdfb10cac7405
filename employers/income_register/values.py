"""What an element's text says: a whole number, a day, a moment, an amount. Raises ValueError for anything else.

An extract says the same days, codes and amounts over and over, so what a text means is remembered.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

REMEMBERED = 1 << 16
LARGEST = 2**31 - 1
WHOLE = re.compile(r"[+-]?[0-9]{1,10}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DECIMAL2 = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{1,2})?")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{1,12})?(Z|[+-][0-9]{2}:[0-9]{2})")
FLAGS = {"true": True, "false": False}


@lru_cache(maxsize=REMEMBERED)
def whole(text: str) -> int:
    if not WHOLE.fullmatch(text) or not 0 <= (number := int(text)) <= LARGEST:
        raise ValueError
    return number


@lru_cache(maxsize=REMEMBERED)
def day(text: str) -> date:
    if not DAY.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


@lru_cache(maxsize=4096)
def moment(text: str) -> datetime:
    """With its time zone, and far enough from the ends of time to be told in any other."""
    if not MOMENT.fullmatch(text):
        raise ValueError
    found = datetime.fromisoformat(text)
    if not 1800 <= found.year <= 9000:
        raise ValueError
    return found


@lru_cache(maxsize=REMEMBERED)
def amount(text: str) -> Decimal:
    """The register's `decimal2`: up to 13 digits and two decimals, no exponent, no NaN."""
    if not DECIMAL2.fullmatch(text):
        raise ValueError
    return Decimal(text)


def flag(text: str) -> bool:
    if text not in FLAGS:
        raise ValueError
    return FLAGS[text]
