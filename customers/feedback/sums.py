"""What is counted of a year, by size class and sector, and which of it may be told. Pure.

Shares of everyday lives are told of many people at many employers only, and of no few that are left when what is told
of a part is taken from what is told of the whole.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

LEAST_EMPLOYERS = 10
LEAST_PERSONS = 1000
LEAST_OF_EACH = 50  # persons
ALL = ""  # in place of a size class or a sector: all of them
UNKNOWN = "?"  # an employer whose sector nobody has told: a part of all, and never shown by itself
Key = tuple[str, str]  # size class, sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    employers: int = 0
    applications: int = 0
    absences: int = 0  # applications with days of absence
    absence_days: int = 0  # calendar days, both ends counted
    days_waited: int = 0  # from the first day of absence to the application
    asked: int = 0  # applications of which more had to be asked
    automatic: int = 0  # applications that a program sent, or that were made of reports
    living: int = 0  # employers of those counted in `lives`
    lives: Counter[str] = field(default_factory=Counter)  # persons by everyday life

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})

    @property
    def persons(self) -> int:
        return self.lives.total()


def added(sums: Iterable[Sums]) -> Sums:
    return reduce(Sums.__add__, sums, Sums())


def with_totals(leaves: Mapping[Key, Sums]) -> dict[Key, Sums]:
    """The parts, and every sum of them: of a size class, of a sector, of all."""
    keys = {key for size, sector in leaves for key in ((size, sector), (size, ALL), (ALL, sector), (ALL, ALL))}
    return {key: added(sums for leaf, sums in leaves.items() if is_part(leaf, key)) for key in keys}


def is_part(leaf: Key, of: Key) -> bool:
    return all(wanted in (ALL, has) for has, wanted in zip(leaf, of, strict=True))


def may_tell_lives(sums: Sums, *, codes: Collection[str]) -> bool:
    return (
        sums.living >= LEAST_EMPLOYERS
        and sums.persons >= LEAST_PERSONS
        and all(sums.lives[code] >= LEAST_OF_EACH for code in codes)
    )


def telling_lives(cells: Mapping[Key, Sums], *, codes: Collection[str]) -> set[Key]:
    """The cells whose shares may be told together. A part is taken back until what is left of each whole is enough."""
    told = {key for key, sums in cells.items() if key[1] != UNKNOWN and may_tell_lives(sums, codes=codes)}
    while (part := taken_back(cells, told, codes=codes)) is not None:
        told.remove(part)
    return told


def taken_back(cells: Mapping[Key, Sums], told: set[Key], *, codes: Collection[str]) -> Key | None:
    """The smallest told part of a told whole whose untold rest is too little."""
    for whole in sorted(told):
        for parts in divisions(whole, cells):
            shown = [one for part in parts for one in told_of(part, cells, told)]
            rest = added(sums for leaf, sums in cells.items() if is_left(leaf, whole, shown))
            if shown and rest.persons and not may_tell_lives(rest, codes=codes):
                return min(shown, key=lambda part: (cells[part].persons, part))
    return None


def told_of(part: Key, cells: Mapping[Key, Sums], told: set[Key]) -> list[Key]:
    """The part where it is told, else what is told beneath it."""
    return [part] if part in told else [key for key in cells if key in told and ALL not in key and is_part(key, part)]


def is_left(leaf: Key, whole: Key, shown: Collection[Key]) -> bool:
    return ALL not in leaf and is_part(leaf, whole) and not any(is_part(leaf, one) for one in shown)


def divisions(whole: Key, cells: Collection[Key]) -> list[list[Key]]:
    """By size class where it is of all of them, and by sector likewise."""
    size, sector = whole
    by_size = [key for key in cells if size == ALL and key[0] != ALL and key[1] == sector]
    by_sector = [key for key in cells if sector == ALL and key[1] != ALL and key[0] == size]
    return [parts for parts in (by_size, by_sector) if parts]
