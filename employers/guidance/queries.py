"""Which topics to show, each read in one query, and what readers said of them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from employers.guidance.flow import meant_for, relevant
from employers.guidance.models import GuidanceTopic, GuidanceVote

CONFIGS = {"fi": "finnish", "sv": "swedish", "en": "english"}
WORDY = ("title", "summary", "body")


def in_force(on: date, among: QuerySet[GuidanceTopic] | None = None) -> QuerySet[GuidanceTopic]:
    """Of each topic the one version of the day, where there is one."""
    started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    going_on = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return (GuidanceTopic.objects.all() if among is None else among).filter(started, going_on)


def found(topics: QuerySet[GuidanceTopic], words: str, *, language: str) -> QuerySet[GuidanceTopic]:
    """Topics that speak of every word, in the forms the language gives it, those with it in the title first.

    Parts of words count as well: a compound is one word to the text search.
    """
    config, columns = CONFIGS[language], [f"{part}_{language}" for part in WORDY]
    said = topics.annotate(vector=SearchVector(*columns, config=config))
    parts = Q(*(Q(*((f"{one}__icontains", word) for one in columns), _connector=Q.OR) for word in words.split()))
    in_title = Q(*((f"{columns[0]}__icontains", word) for word in words.split()))
    place = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    query = SearchQuery(words, config=config, search_type="websearch")
    return said.filter(Q(vector=query) | parts).order_by(place, "order", "slug")


def with_votes(topics: QuerySet[GuidanceTopic]) -> QuerySet[GuidanceTopic]:
    """With how many it helped, and how many it did not."""
    return topics.annotate(
        helped=Count("votes", filter=Q(votes__helped=True)), not_helped=Count("votes", filter=Q(votes__helped=False))
    )


def tallies(topic: GuidanceTopic) -> list[dict[str, Any]]:
    """What was said of this version, by the step and size class where it was read."""
    votes = GuidanceVote.objects.filter(topic=topic).values("step", "size_class").order_by("step", "size_class")
    counted = votes.annotate(yes=Count("id", filter=Q(helped=True)), no=Count("id", filter=Q(helped=False)))
    return [dict(row) for row in counted]


def topics_for(
    *,
    benefit: str | None,
    step: str | None,
    on: date,
    field: str | None = None,
    codes: Collection[str] = (),
    size_class: str | None = None,
) -> list[GuidanceTopic]:
    """The topics in force on the day, the best fit first. A few dozen rows: they are chosen in Python."""
    return relevant(in_force(on), benefit=benefit, step=step, field=field, codes=codes, size_class=size_class)


def topics_fitting(*, benefit: str | None, size_class: str | None, on: date) -> list[GuidanceTopic]:
    """Every topic in force on the day that is meant for these, in their order."""
    return meant_for(in_force(on).order_by("order", "slug"), benefit=benefit, size_class=size_class)
