"""When a subscription is due: "not earlier than" the times of its schedule."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from lxml import etree

from portal.sandbox.register.clock import HELSINKI

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST_OF_MONTH = 32
FAR = 800  # days looked ahead: the rarest schedule is once a year


def first_of_one_off(main: etree._Element) -> datetime:
    text = main.findtext("Schedule/OnetimeDeliverySchedule/Time", "00:00:00")
    return _at(date.fromisoformat(main.findtext("ValidFrom", "")), text)


def due_after(main: etree._Element, after: datetime) -> Iterator[datetime]:
    """The moments of a recurring schedule after that one, in order, within its validity."""
    begins = date.fromisoformat(main.findtext("ValidFrom", ""))
    ends = date.fromisoformat(main.findtext("ValidUntil") or date.max.isoformat())
    day = max(begins, after.astimezone(HELSINKI).date() - timedelta(days=1))
    schedule = next(iter(main.find("Schedule/RecurringDeliverySchedule")))  # type: ignore[arg-type]
    times = [one.text or "" for one in schedule.iterfind("QueryStartTime/Time")]
    for offset in range(FAR):
        chosen = day + timedelta(days=offset)
        if chosen > ends:
            return
        if _is_chosen(schedule, chosen):
            yield from (moment for moment in sorted(_at(chosen, text) for text in times) if moment > after)


def _is_chosen(schedule: etree._Element, day: date) -> bool:
    if schedule.tag == "WeeklySchedule":
        return schedule.findtext(DAYS[day.weekday()]) == "true"
    if schedule.tag == "MonthlySchedule":
        days = {int(one.text or 0) for one in schedule.iterfind("Days/Day")}
        months = {int(one.text or 0) for one in schedule.iterfind("Months/Month")}
        is_last = day.day == monthrange(day.year, day.month)[1]
        return day.month in months and (day.day in days or (is_last and LAST_OF_MONTH in days))
    return True


def _at(day: date, text: str) -> datetime:
    """A time tells its zone; one that does not is Helsinki's."""
    told = time.fromisoformat(text)
    return datetime.combine(day, told if told.tzinfo else told.replace(tzinfo=HELSINKI))
