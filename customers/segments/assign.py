"""Assign segments from facts, keeping what was assigned before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from uuid import UUID

from customers.segments import rules
from customers.segments.models import Fact, SegmentAssignment
from customers.segments.queries import current, current_of


def assign(persons: Iterable[UUID], *, on: date) -> None:
    """Same facts, same day: nothing is written the second time."""
    held = current_of(persons)
    fresh: list[SegmentAssignment] = []
    for person, facts in _facts_of(persons).items():
        fresh += _assign(person, facts, held=held.get(person), on=on)
    current().filter(person__in={assignment.person_id for assignment in fresh}).update(superseded=True)
    SegmentAssignment.objects.bulk_create(fresh)
    SegmentAssignment.objects.bulk_update(held.values(), ["next_change_on"])


def _facts_of(persons: Iterable[UUID]) -> dict[UUID, list[rules.AbsenceFact]]:
    facts = defaultdict(list)
    for fact in Fact.objects.filter(person__in=list(persons)).order_by("person", "start"):
        facts[fact.person_id].append(_as_rules_see(fact))
    return facts


def _as_rules_see(fact: Fact) -> rules.AbsenceFact:
    return rules.AbsenceFact(
        application_id=str(fact.application_id),
        start=fact.start,
        end=fact.end,
        paid_days=fact.paid_days,
        submitted_on=fact.submitted_on,
        status=fact.outcome or fact.status,
    )


def _assign(
    person: UUID, facts: list[rules.AbsenceFact], *, held: SegmentAssignment | None, on: date
) -> list[SegmentAssignment]:
    """What is new about the person, oldest first; what is held learns when to look again."""
    since = held.valid_from if held else min(fact.start for fact in facts)
    chapters, ahead = _chapters(facts, since=max(min(since, on), _first_day()), on=on)
    if held:
        held.next_change_on = ahead
    news = _unheard(chapters, held)
    segments = [held.segment if held else rules.STEADY, *(chapter.segment for chapter in news)]
    return [
        SegmentAssignment(
            person_id=person,
            segment=chapter.segment,
            previous=previous,
            sliding=chapter.sliding,
            reasons=[{"code": reason.code, "since": reason.since.isoformat()} for reason in chapter.reasons],
            assigned_on=on,
            valid_from=chapter.valid_from,
            next_change_on=ahead,
            superseded=chapter is not news[-1],
        )
        for previous, chapter in zip(segments, news, strict=False)
    ]


def _chapters(facts: list[rules.AbsenceFact], *, since: date, on: date) -> tuple[list[rules.Assignment], date | None]:
    """Every segment from one day to another, by what is known now; and the day when time alone changes it next.

    Claims come after the fact: a life-changing absence may be over before anybody hears of it, and is still history.
    """
    known = [replace(fact, submitted_on=min(fact.submitted_on, since)) for fact in facts]
    chapters = [rules.assign(known, on=since)]
    ahead = rules.next_change_on(known, since)
    while ahead is not None and ahead <= on:
        chapters.append(rules.assign(known, on=ahead))
        ahead = rules.next_change_on(known, ahead)
    return chapters, ahead


def _unheard(chapters: list[rules.Assignment], held: SegmentAssignment | None) -> list[rules.Assignment]:
    if held is None:
        return chapters
    last = (held.segment, held.sliding, held.valid_from)
    told = [
        number
        for number, chapter in enumerate(chapters, start=1)
        if (chapter.segment, chapter.sliding, chapter.valid_from) == last
    ]
    return chapters[told[-1] :] if told else chapters


@cache
def _first_day() -> date:
    """Before it there are no thresholds to judge by."""
    return max(parameter.values[0].start for parameter in rules.parameters().values())
