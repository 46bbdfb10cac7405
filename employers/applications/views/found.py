"""What is open of one employer, counted, and one page of it in words: for every page that lists findings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from employers.applications.models_register import Finding, RegisterReview
from employers.benefits.deadlines import moved
from employers.benefits.findable import FINDABLE
from employers.income_register import freshness
from employers.intake.words import benefit_name
from employers.organisations.models import Organisation
from employers.people.models import Employment

SOON = timedelta(days=14)  # before a deadline that is worth a warning
MONTH = timedelta(days=30)
WITHIN = {"soon": SOON, "month": MONTH}
WEEKS = 8  # that are drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Open findings of one benefit with one deadline. `sum`: EUR, of those whose sum is known."""

    benefit: str
    deadline: date
    count: int
    known: int
    sum: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    count: int
    known: int
    sum: Decimal

    @property
    def unknown(self) -> int:
        return self.count - self.known


@dataclass(frozen=True, slots=True, kw_only=True)
class Week(Counted):
    """`start` to `end` is Monday to Sunday, of the days on which applying ends. `wide`: of 100, for its bar."""

    start: date
    end: date
    wide: int = 0


def unclaimed(organisation: Organisation) -> QuerySet[Finding]:
    return Finding.objects.filter(organisation=organisation, status=Finding.State.OPEN, kind=Finding.Kind.UNCLAIMED)


def differing(organisation: Organisation) -> QuerySet[Finding]:
    """What applications and the register do not agree about, the latest first."""
    ours = Finding.objects.filter(organisation=organisation, status=Finding.State.OPEN, kind=Finding.Kind.MISMATCH)
    return ours.order_by("-found_at", "-id")


def about_register(organisation: Organisation) -> dict[str, Any]:
    """For the start page, in one query: what differs, when the register was read, whether that was looked through."""
    mismatches = Q(findings__status=Finding.State.OPEN, findings__kind=Finding.Kind.MISMATCH)
    counted = Organisation.objects.filter(pk=organisation.pk).annotate(
        differ=Count("findings", filter=mismatches), looked=Exists(_reviews().filter(organisation=OuterRef("pk")))
    )
    [(differ, read_at, looked)] = freshness.with_freshness(counted).values_list("differ", "last_good_at", "looked")
    return {"differ": differ, "reads": organisation.register_access, "read_at": read_at, "looked_through": looked}


def is_looked_through(organisation: Organisation) -> bool:
    """Once at least: between the first reading and then, nothing found does not mean nothing there."""
    return _reviews().filter(organisation=organisation).exists()


def _reviews() -> QuerySet[RegisterReview]:
    return RegisterReview.objects.filter(sync__isnull=False)


def set_aside(organisation: Organisation) -> QuerySet[Finding]:
    """The latest first."""
    ours = Finding.objects.filter(organisation=organisation, status=Finding.State.DISMISSED)
    return ours.order_by("-dismissed_at", "-id")


def groups(organisation: Organisation) -> list[Group]:
    """In one query, however many there are: by benefit and deadline, of which there are never many."""
    by = unclaimed(organisation).order_by("deadline", "benefit").values("benefit", "deadline")
    rows = by.annotate(count=Count("pk"), known=Count("estimated_amount"), sum=Sum("estimated_amount"))
    return [_group(row) for row in rows]


def _group(row: Any) -> Group:
    return Group(**{**row, "sum": row["sum"] or Decimal(0)})


def counted(found: Iterable[Group]) -> Counted:
    return Counted(**_total(list(found)))


def chosen(found: Iterable[Group], *, benefit: str, within: str, on: date) -> list[Group]:
    """Those that a filter leaves; an empty or unknown word narrows nothing."""
    until = on + WITHIN[within] if within in WITHIN else date.max
    return [one for one in found if one.deadline <= until and benefit in ("", one.benefit)]


def narrowed(found: QuerySet[Finding], *, benefit: str, within: str, on: date) -> QuerySet[Finding]:
    """The same of rows, the most pressing first."""
    if benefit:
        found = found.filter(benefit=benefit)
    if within in WITHIN:
        found = found.filter(deadline__lte=on + WITHIN[within])
    return found.order_by("deadline", "id")


def weeks(found: Iterable[Group], *, on: date) -> list[Week]:
    """The next weeks up to the last one with a deadline in it, by the day that is still in time."""
    by_day = [(moved(one.deadline), one) for one in found]
    monday = on - timedelta(days=on.weekday())
    starts = [monday + timedelta(weeks=number) for number in range(WEEKS)]
    made = [Week(start=start, end=start + timedelta(days=6), **_total(_in_week(by_day, start))) for start in starts]
    while made and not made[-1].count:
        made.pop()
    return _drawn(made)


def _in_week(by_day: Sequence[tuple[date, Group]], start: date) -> list[Group]:
    return [one for day, one in by_day if start <= day < start + timedelta(weeks=1)]


def _total(found: Sequence[Group]) -> dict[str, Any]:
    return {
        "count": sum(one.count for one in found),
        "known": sum(one.known for one in found),
        "sum": sum((one.sum for one in found), start=Decimal(0)),
    }


def _drawn(made: list[Week]) -> list[Week]:
    """With bars as long as their sums. What is little is still seen."""
    most = max((week.sum for week in made), default=Decimal(0))

    def wide(week: Week) -> int:
        return max(round(100 * week.sum / most), 1) if week.sum else 0

    names = ("start", "end", "count", "known", "sum")
    return [Week(**{name: getattr(week, name) for name in names}, wide=wide(week)) for week in made]


def with_words(organisation: Organisation, found: Sequence[Any], *, on: date) -> None:
    """Put what a page shows beside each: who, as this employer has told it, which benefit, how long one can apply."""
    names = names_of(organisation, [one.person_id for one in found])
    for one in found:
        one.employee = names.get(one.person_id, "")
        one.benefit_name = benefit_name(one.benefit)
        one.asks_more = asks_more(one.benefit)
        if one.deadline:
            one.last_day = one.due
            one.days_left = (one.last_day - on).days
            one.soon = one.deadline <= on + SOON  # as they are counted


def asks_more(benefit: str) -> bool:
    """Whether an application takes answers that no report gives, so that each has to be completed by itself."""
    declared = FINDABLE.get(benefit)
    return bool(declared and declared.needs)


def names_of(organisation: Organisation, people: list[UUID]) -> dict[UUID, str]:
    """As this employer has told them, by person."""
    known = Employment.objects.filter(organisation=organisation, person__in=people)
    return {one.person_id: f"{one.given_name or ''} {one.family_name or ''}".strip() for one in known}


def filters(found: Iterable[Group], *, benefit: str, within: str, on: date) -> Iterator[dict[str, Any]]:
    """By benefit where there are several, with how many each has within the time chosen."""
    everything = list(found)
    codes = dict.fromkeys(one.benefit for one in everything)
    for code in ["", *codes] if len(codes) > 1 else []:
        left = counted(chosen(everything, benefit=code, within=within, on=on))
        yield {"code": code, "name": benefit_name(code) if code else "", "count": left.count, "here": code == benefit}
