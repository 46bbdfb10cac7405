"""Business IDs that are in no demo."""

from collections.abc import Iterator
from itertools import count

from employers.organisations.identifiers import is_business_id


def business_ids(first_serial: int) -> Iterator[str]:
    """Valid ones from this serial on, without an end. Some serials have none."""
    possible = (f"{serial}-{digit}" for serial in count(first_serial) for digit in range(10))
    return filter(is_business_id, possible)
