"""What time alone brings: deadlines, answers due, drafts about to go. Once a day, in one mail a matter and address.

A day that was missed is made up for: what came near since the last turn is told of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from employers.applications.expire import KEPT_FOR
from employers.applications.models import Draft
from employers.applications.models_register import Finding
from employers.notifications.models import Mail
from employers.notifications.queries import is_wanted, open_questions
from employers.organisations.models_account import Address
from employers.organisations.reached import confirmed_addresses
from employers.records import clock
from employers.records.models import Slot
from employers.records.turn import take_turn

TURN = "reminders"
DAYS_BEFORE_DEADLINE = (30, 14, 3)
DAYS_BEFORE_DUE = 3
DAYS_BEFORE_DELETION = 3
LONGEST_GAP = timedelta(days=30)
LONGEST_MOVE = timedelta(days=10)  # of a deadline that falls on holidays


@dataclass(frozen=True, slots=True)
class Span:
    """The days after the last turn, up to this one."""

    after: date
    on: date

    def nears(self, day: date, *before: int) -> bool:
        """Whether one of these numbers of days before `day` came in this span, and the day itself is not over."""
        marks = (day - timedelta(days=number) for number in before)
        return day >= self.on and any(self.after < mark <= self.on for mark in marks)


@dataclass(frozen=True, slots=True)
class Matter:
    organisation: UUID
    code: str
    key: str
    ids: list[Any]


@transaction.atomic
def remind(*, at: datetime) -> int:
    """How many mails were written; none for whoever comes second on a day."""
    on = clock.day_of(at)
    midnight = datetime.combine(on, time(), tzinfo=clock.HELSINKI)
    last = Slot.objects.filter(name=TURN, at__lt=midnight).order_by("-at").first()
    if not take_turn(TURN, at=midnight):
        return 0
    after = max(clock.day_of(last.at), on - LONGEST_GAP) if last else on - timedelta(days=1)
    span = Span(after, on)
    return _write([*_deadlines(span), *_answers_due(span), *_drafts_that_go(span)], at=at)


def _deadlines(span: Span) -> Iterator[Matter]:
    """One a day for each employer, however many findings."""
    until = span.on + timedelta(days=max(DAYS_BEFORE_DEADLINE))
    found = Finding.objects.filter(
        status=Finding.State.OPEN, deadline__gte=span.on - LONGEST_MOVE, deadline__lte=until
    ).order_by("deadline", "pk")
    near: dict[UUID, list[str]] = defaultdict(list)
    for one in found:
        if span.nears(one.due, *DAYS_BEFORE_DEADLINE):
            near[one.organisation_id].append(str(one.pk))
    for organisation, ids in near.items():
        yield Matter(organisation, "deadline", str(span.on), ids)


def _answers_due(span: Span) -> Iterator[Matter]:
    until = span.on + timedelta(days=DAYS_BEFORE_DUE)
    waiting = open_questions().filter(due__gte=span.on, due__lte=until).values_list(
        "pk", "application__organisation", "due"
    )  # fmt: skip
    for pk, organisation, due in waiting:
        if span.nears(due, DAYS_BEFORE_DUE):
            yield Matter(organisation, "question_reminder", f"{pk}:{due}", [str(pk)])


def _drafts_that_go(span: Span) -> Iterator[Matter]:
    since = span.after - KEPT_FOR
    idle = Draft.objects.filter(application__isnull=True, told_at__isnull=True, changed_at__date__gte=since)
    for pk, organisation, changed_at in idle.values_list("pk", "organisation", "changed_at"):
        if span.nears(clock.day_of(changed_at + KEPT_FOR), DAYS_BEFORE_DELETION):
            moment = changed_at.isoformat()
            yield Matter(organisation, "draft_expires", f"{pk}:{moment}", [str(pk), moment])


def _write(matters: Iterable[Matter], *, at: datetime) -> int:
    told = list(matters)
    reached: dict[UUID, list[Address]] = defaultdict(list)
    for address in confirmed_addresses({matter.organisation for matter in told}):
        reached[address.organisation_id].append(address)
    mails = [
        Mail(
            key=f"{matter.code}:{matter.key}:{address.pk}",
            kind=matter.code,
            address=address,
            ids=matter.ids,
            created_at=at,
            next_at=at,
        )
        for matter in told
        for address in reached[matter.organisation]
        if is_wanted(address, matter.code)
    ]
    return len(Mail.objects.bulk_create(mails, ignore_conflicts=True))
