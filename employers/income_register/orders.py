"""A subscription as it is ordered: which reports, of whom, when. What the register would refuse cannot be made.

Sources: the register's guideline on subscriptions (modification windows) and its code lists (kinds 300 to 303).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ALL, EARNERS, PAYERS, PAYERS_AND_EARNERS = "300", "301", "302", "303"  # QueryDataType
LISTS = {ALL: (False, False), EARNERS: (False, True), PAYERS: (True, False), PAYERS_AND_EARNERS: (True, True)}
LAST_DAY = 32  # of any month
HELSINKI = ZoneInfo("Europe/Helsinki")
FORBIDDEN = ("--", "/*", "&#")  # may stand nowhere in a file
SEARCHED = 5 * 366  # days: a schedule that runs on no day of five years runs never


class Unsendable(ValueError):
    """The register would refuse this; the text names the rule and quotes no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """On `valid_from`, not earlier than `at`, a time of day in Finland."""

    at: time

    @property
    def times(self) -> tuple[time, ...]:
        return (self.at,)

    def runs_on(self, _: date) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    times: tuple[time, ...]

    def runs_on(self, _: date) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    times: tuple[time, ...]
    days: frozenset[int]  # 0 is Monday

    def runs_on(self, day: date) -> bool:
        return day.weekday() in self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly:
    times: tuple[time, ...]
    days: frozenset[int]  # 1 to 31, and LAST_DAY
    months: frozenset[int] = frozenset(range(1, 13))

    def runs_on(self, day: date) -> bool:
        last = day.day == calendar.monthrange(day.year, day.month)[1]
        return day.month in self.months and (day.day in self.days or (last and LAST_DAY in self.days))


Schedule = Once | Daily | Weekly | Monthly


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One main subscription with one part. `reference` is the order's DeliveryId and both its subscription ids.

    Raises Unsendable when it is made.
    """

    reference: str
    kind: str  # 300 to 303
    schedule: Schedule
    valid_from: date
    valid_until: date | None = None
    modified_from: datetime | None = None  # a recurring one must have it
    modified_until: datetime | None = None  # of a one-off alone; without it the moment of extraction
    payers: tuple[str, ...] = ()  # Business IDs
    earners: tuple[str, ...] = ()  # personal identity codes
    paid: tuple[date, date] | None = None  # both days included
    profile: str = ""
    all_versions: bool = False

    def __post_init__(self) -> None:
        check_reference(self.reference)
        _check_lists(self)
        _check_schedule(self.schedule)
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise Unsendable("it ends before it begins")
        if self.paid is not None and self.paid[1] < self.paid[0]:
            raise Unsendable("the payment dates end before they begin")
        _check_window(self)

    @property
    def recurring(self) -> bool:
        return not isinstance(self.schedule, Once)

    @property
    def first_extraction(self) -> datetime:
        """Not earlier than this. Raises Unsendable when the schedule never comes round."""
        for offset in range(SEARCHED):
            day = self.valid_from + timedelta(days=offset)
            if self.valid_until is not None and day > self.valid_until:
                break
            if self.schedule.runs_on(day):
                return datetime.combine(day, min(self.schedule.times), HELSINKI)
        raise Unsendable("the schedule never comes round")


def check_reference(reference: str) -> None:
    if not re.fullmatch(r"[0-9A-Za-z_-]{1,40}", reference, re.ASCII) or "--" in reference:
        raise Unsendable("a reference has 1 to 40 letters, digits, single hyphens and underscores")


def check_text(text: str, *, longest: int) -> None:
    if not 0 < len(text) <= longest or not text.isprintable():
        raise Unsendable(f"a text has 1 to {longest} characters, none of them a control character")
    if any(one in text for one in FORBIDDEN):
        raise Unsendable("a text holds characters that may stand nowhere in a file")


def _check_lists(order: Order) -> None:
    if order.kind not in LISTS:
        raise Unsendable("not a subscription of wage reports")
    if (bool(order.payers), bool(order.earners)) != LISTS[order.kind]:
        raise Unsendable("the lists are not those of this kind")
    for listed in (order.payers, order.earners):
        if len(set(listed)) != len(listed):
            raise Unsendable("a list names somebody twice")
        for code in listed:
            check_text(code, longest=30)
    if order.profile:
        check_text(order.profile, longest=40)


def _check_schedule(schedule: Schedule) -> None:
    if not schedule.times or any(one.tzinfo is not None for one in schedule.times):
        raise Unsendable("a schedule has times of day in Finland")
    if isinstance(schedule, Weekly) and not (schedule.days and schedule.days <= set(range(7))):
        raise Unsendable("a week has its days")
    if isinstance(schedule, Monthly) and not _is_calendar(schedule):
        raise Unsendable("a month has its days, a year its months")


def _is_calendar(schedule: Monthly) -> bool:
    days = bool(schedule.days) and schedule.days <= set(range(1, LAST_DAY + 1))
    return days and bool(schedule.months) and schedule.months <= set(range(1, 13))


def _check_window(order: Order) -> None:
    """Half-open, and behind the first extraction. The register itself rolls the window of a recurring one."""
    start, end, first = order.modified_from, order.modified_until, order.first_extraction
    if any(one is not None and one.tzinfo is None for one in (start, end)):
        raise Unsendable("a moment has a time zone")
    if order.recurring and (start is None or end is not None):
        raise Unsendable("a recurring subscription has a beginning of changes and no end")
    if start is not None and start >= (end or first):
        raise Unsendable("changes end before they begin")
    if end is not None and end > first:
        raise Unsendable("changes are asked for that have not been yet")
