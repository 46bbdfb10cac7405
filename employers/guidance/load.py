"""Bring seed topics into the database. Idempotent; an edited topic belongs to the officials from then on."""

from collections import Counter, defaultdict
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
    stored = defaultdict(list)
    for topic in GuidanceTopic.objects.select_for_update():
        stored[topic.slug].append(topic)
    counts = Counter(_load_one(stored[seed.slug], seed, at=at) for seed in seeds)
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def _load_one(versions: list[GuidanceTopic], seed: Seed, *, at: datetime) -> str:
    """A topic that an official has given a second version is edited: seeds know one version of each."""
    values = _columns(seed)
    if not versions:
        GuidanceTopic.objects.create(slug=seed.slug, updated_at=at, **values)
        return "created"
    if len(versions) > 1 or versions[0].edited:
        return "edited"
    topic = versions[0]
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
