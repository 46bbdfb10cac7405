"""Which everyday life a person is in, from dated facts. Pure: every answer can be replayed for any day.

A first absence makes a person changing from its start. Ninety quiet days after the last day of absence make the
person steady again, whatever came before. Three absences or 150 paid days within 24 months make a changing person
supported; getting near those limits is called sliding. The figures are dated parameters with status "estimate".
"""

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from employers.benefits import law
from employers.benefits.claim import Period
from employers.benefits.deadlines import add_months
from employers.benefits.weekdays import DAY, days_between, is_working_day, weekdays_between

HERE = Path(__file__).parent
# The codes these rules assign; their names are in segments.toml.
STEADY, CHANGING, SUPPORTED = "steady", "changing", "supported"
NOT_AN_ABSENCE = frozenset({"withdrawn", "rejected", "lapsed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    code: str
    names: Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceFact:
    """What one application says about a person's life.

    `paid_days` are the weekdays for which the allowance is paid, 0 until known. `status` is the application's
    status, or its outcome once decided.
    """

    application_id: str
    start: date
    end: date
    paid_days: int
    submitted_on: date
    status: str


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """`valid_from` is the day the segment began to hold; the day asked about when no fact dates it."""

    segment: str
    reasons: tuple[Reason, ...]
    sliding: bool
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    steady_after_days: int
    window_months: int
    supported_absences: int
    supported_paid_days: int
    sliding_absences: int
    sliding_paid_days: int


@dataclass(frozen=True, slots=True)
class _Life:
    """What the facts say together: spells that never touch, and each paid day once, both by date."""

    spells: tuple[Period, ...]
    paid: tuple[date, ...]
    forgotten: tuple[date, ...]  # when each paid day leaves the window


@dataclass(frozen=True, slots=True)
class _Standing:
    segment: str
    reasons: tuple[Reason, ...] = ()
    sliding: bool = False

    @property
    def kind(self) -> tuple[str, bool]:
        return self.segment, self.sliding


def assign(facts: Iterable[AbsenceFact], *, on: date) -> Assignment:
    """The segment as it is known on the day: what was submitted later is not known yet."""
    limits = thresholds(on)
    life = _life(facts, on=on, limits=limits)
    standing = _standing(life, on=on, limits=limits)
    return Assignment(
        segment=standing.segment,
        reasons=standing.reasons,
        sliding=standing.sliding,
        valid_from=_began(life, standing.segment, on=on, limits=limits),
    )


def next_change_on(facts: Iterable[AbsenceFact], on: date) -> date | None:
    """The first day after `on` when segment or sliding changes although nothing new is heard; None when never."""
    ahead = _ahead([fact for fact in facts if fact.submitted_on <= on], on)
    _, kind = next(ahead)
    return next((day for day, later in ahead if later != kind), None)


def thresholds(on: date) -> Thresholds:
    """The figures in force on the day. Raises `law.NotInForce` before the first of them."""
    return Thresholds(**{name: _figure(name, on) for name in Thresholds.__dataclass_fields__})


@cache
def segments() -> tuple[Segment, ...]:
    """Every segment by need of support, the lightest first."""
    content = tomllib.loads((HERE / "segments.toml").read_text(encoding="utf-8"))
    return tuple(Segment(code=code, names=names) for code, names in content.items())


@cache
def parameters() -> Mapping[str, law.Parameter]:
    """Every threshold with its dated values, by name (`segments.window_months`)."""
    read = map(law.read, sorted((HERE / "parameters").glob("*/*.toml")))
    return {parameter.name: parameter for parameter in read}


def _figure(name: str, on: date) -> int:
    found = law.in_force(parameters()[f"segments.{name}"].values, on)
    if found is None or found.value is None:
        raise law.NotInForce(f"segments.{name}", on)
    return int(found.value)


def _revisions(*, after: date) -> list[date]:
    starts = {value.start for parameter in parameters().values() for value in parameter.values}
    return sorted(start for start in starts if start > after)


def _ahead(facts: list[AbsenceFact], on: date) -> Iterator[tuple[date, tuple[str, bool]]]:
    """The day itself and every later day on which something can change, with what holds then."""
    for start, end in pairwise([on, *_revisions(after=on), date.max]):
        limits = thresholds(start)
        life = _life(facts, on=on, limits=limits)
        for day in (start, *(turn for turn in _turns(life, limits) if start < turn < end)):
            yield day, _standing(life, on=day, limits=limits).kind


def _life(facts: Iterable[AbsenceFact], *, on: date, limits: Thresholds) -> _Life:
    absences = [fact for fact in facts if fact.submitted_on <= on and fact.status not in NOT_AN_ABSENCE]
    paid = sorted({day for fact in absences for day in _paid(fact)})
    forgotten = tuple(add_months(day, limits.window_months) for day in paid)
    return _Life(spells=_spells(absences), paid=tuple(paid), forgotten=forgotten)


def _paid(fact: AbsenceFact) -> list[date]:
    """The last weekdays of the absence: the waiting period comes first. Two employers pay for one day once."""
    weekdays = weekdays_between(fact.start, fact.end)
    return weekdays[max(len(weekdays) - fact.paid_days, 0) :]


def _spells(absences: Iterable[AbsenceFact]) -> tuple[Period, ...]:
    """A continuation, and the same absence from another employer, are one absence; a weekend does not part two."""
    spells: list[Period] = []
    for fact in sorted(absences, key=lambda fact: (fact.start, fact.end)):
        if spells and fact.start <= _next_working_day(spells[-1].end):
            spells[-1] = Period(start=spells[-1].start, end=max(spells[-1].end, fact.end))
        else:
            spells.append(Period(start=fact.start, end=fact.end))
    return tuple(spells)


def _next_working_day(day: date) -> date:
    return next(later for later in days_between(day + DAY, date.max) if is_working_day(later))


def _standing(life: _Life, *, on: date, limits: Thresholds) -> _Standing:
    begun = [spell for spell in life.spells if spell.start <= on]
    if not begun:
        return _Standing(STEADY)
    quiet = begun[-1].end + DAY * limits.steady_after_days
    if quiet <= on:
        return _Standing(STEADY, (Reason("no_new_absence", quiet),))
    recent = _recent(life, on=on, months=limits.window_months)
    if full := _reached(recent, limits.supported_absences, limits.supported_paid_days, code="at_limit"):
        return _Standing(SUPPORTED, full)
    near = _reached(recent, limits.sliding_absences, limits.sliding_paid_days, code="near_limit")
    return _Standing(CHANGING, (Reason("absence_reported", _unrest(begun, limits)), *near), bool(near))


def _unrest(begun: list[Period], limits: Thresholds) -> date:
    """The start of the first absence since the person was last steady."""
    since = begun[-1].start
    for earlier in reversed(begun):
        if earlier.end + DAY * limits.steady_after_days <= since:
            break
        since = earlier.start
    return since


def _recent(life: _Life, *, on: date, months: int) -> tuple[list[Period], tuple[date, ...]]:
    """The absences and the paid days within the window that ends on the day."""
    spells = [spell for spell in life.spells if spell.start <= on < add_months(spell.end, months)]
    return spells, life.paid[bisect_right(life.forgotten, on) : bisect_right(life.paid, on)]


def _reached(
    recent: tuple[list[Period], tuple[date, ...]], absences: int, paid_days: int, *, code: str
) -> tuple[Reason, ...]:
    """Which of the two limits are reached, and since when."""
    spells, paid = recent
    reasons = []
    if len(spells) >= absences:
        reasons.append(Reason(f"absences_{code}", spells[absences - 1].start))
    if len(paid) >= paid_days:
        reasons.append(Reason(f"paid_days_{code}", paid[paid_days - 1]))
    return tuple(reasons)


def _turns(life: _Life, limits: Thresholds) -> list[date]:
    """Every day on which something can change; between two of them nothing does."""
    turns = {*life.paid, *life.forgotten}
    for spell in life.spells:
        quiet = spell.end + DAY * limits.steady_after_days
        turns |= {spell.start, quiet, add_months(spell.end, limits.window_months)}
    return sorted(turns)


def _began(life: _Life, segment: str, *, on: date, limits: Thresholds) -> date:
    for turn in reversed(_turns(life, limits)):
        if turn <= on and _standing(life, on=turn - DAY, limits=limits).segment != segment:
            return turn
    return on
