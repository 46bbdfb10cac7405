"""Bring seed topics into the database. Idempotent; an edited topic belongs to the officials from then on."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from employers.guidance.models import GuidanceTopic
from employers.guidance.topics import PLACES, Seed

OUTCOMES = ("created", "updated", "unchanged", "edited")


@transaction.atomic
def load(seeds: Iterable[Seed], *, at: datetime) -> dict[str, int]:
    """How many topics were created, updated and unchanged, and how many were left because they are edited."""
    stored = {topic.slug: topic for topic in GuidanceTopic.objects.select_for_update()}
    counts = Counter(_load_one(stored.get(seed.slug), seed, at=at) for seed in seeds)
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def _load_one(topic: GuidanceTopic | None, seed: Seed, *, at: datetime) -> str:
    values = _columns(seed)
    if topic is None:
        GuidanceTopic.objects.create(slug=seed.slug, updated_at=at, **values)
        return "created"
    if topic.edited:
        return "edited"
    changed = {name: value for name, value in values.items() if getattr(topic, name) != value}
    if not changed:
        return "unchanged"
    for name, value in {**changed, "updated_at": at}.items():
        setattr(topic, name, value)
    topic.save()
    return "updated"


def _columns(seed: Seed) -> dict[str, Any]:
    columns: dict[str, Any] = {place: list(getattr(seed, place)) for place in PLACES}
    columns |= {"order": seed.order, "valid_from": seed.valid_from, "valid_until": seed.valid_until}
    for language, words in seed.words.items():
        columns |= {f"{part}_{language}": getattr(words, part) for part in ("title", "summary", "body")}
    return columns
