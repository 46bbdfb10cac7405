"""Days as a calendar that other programs follow: iCalendar (RFC 5545), whole days, the same bytes for the same days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`uid` stays the same as long as it is the same matter; `stamp` is when we learned of it."""

    uid: str
    day: date
    title: str
    text: str
    url: str
    stamp: datetime


def calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Employer portal//Days//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    for entry in sorted(entries, key=lambda one: (one.day, one.uid)):
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    """A whole day ends where the next begins. It takes nobody's time: the calendar stays free."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")
    return event
