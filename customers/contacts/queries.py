"""The number the web service is judged by: contacts and clarifications per application."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count, Func, Q, QuerySet

from customers.contacts.models import Contact, Matter

HUNDREDTH = Decimal("0.01")
WHEN_ASKED = Q(matter__in=(Matter.CLARIFICATION, Matter.QUESTION))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`contacts`: all but the applications themselves. The ratios are None where nobody applied."""

    of: tuple[str, ...]
    applications: int
    contacts: int
    clarifications: int
    minutes: Decimal | None  # of work a contact, where measured

    @property
    def contacts_each(self) -> Decimal | None:
        return _each(self.contacts, self.applications)

    @property
    def clarifications_each(self) -> Decimal | None:
        return _each(self.clarifications, self.applications)


class Unnest(Func):
    function = "unnest"
    set_returning = True


def rates(*columns: str, since: datetime, until: datetime) -> list[Rate]:
    """By any of `size_class`, `benefit` and `channel`, those most in need of better words first."""
    counted = _between(since, until).values(*columns).order_by(*columns).annotate(**_counts())
    found = [
        Rate(
            of=tuple(row[column] for column in columns),
            applications=row["applications"],
            contacts=row["all"] - row["applications"],
            clarifications=row["clarifications"],
            minutes=_rounded(row["minutes_each"]),
        )
        for row in counted
    ]
    return sorted(found, key=lambda rate: (-(rate.contacts_each or 0), rate.of))


def asked_about(*, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """Question and problem codes by how often they made a contact, the most frequent first."""
    codes = _between(since, until).filter(WHEN_ASKED).annotate(code=Unnest("codes")).values("code")
    return _counted(codes.annotate(times=Count("id")).values_list("code", "times"))


def by_topic(*, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """Guidance that was read and did not answer, by how often somebody asked after it."""
    topics = _between(since, until).filter(matter=Matter.QUESTION).exclude(topic="").values("topic")
    return _counted(topics.annotate(times=Count("id")).values_list("topic", "times"))


def _between(since: datetime, until: datetime) -> QuerySet[Contact]:
    return Contact.objects.filter(at__gte=since, at__lt=until)


def _counts() -> dict[str, Count | Avg]:
    return {
        "all": Count("id"),
        "applications": Count("id", filter=Q(matter=Matter.APPLICATION)),
        "clarifications": Count("id", filter=Q(matter=Matter.CLARIFICATION)),
        "minutes_each": Avg("minutes"),
    }


def _counted(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _each(count: int, of: int) -> Decimal | None:
    return _rounded(Decimal(count) / of) if of else None


def _rounded(value: Decimal | float | None) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(HUNDREDTH, ROUND_HALF_UP)
