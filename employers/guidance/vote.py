"""Take down whether a topic helped: one word for each session and version, the last one holds."""

from datetime import datetime, timedelta

from django.db import transaction

from employers.guidance.models import GuidanceTopic, GuidanceVote
from employers.records import crypto

AN_HOUR = timedelta(hours=1)
MOST_BY_ONE = 30  # topics an hour; nobody reads more
MOST_ON_ONE = 200  # on one topic in an hour, by whomever: more is a machine


class TooMany(Exception):
    """No more words are taken for now."""


@transaction.atomic
def vote(
    *,
    topic: GuidanceTopic,
    session: str,
    helped: bool,
    at: datetime,
    language: str,
    missing: str = "",
    step: str = "",
    size_class: str = "",
) -> GuidanceVote:
    """`session` is kept only as a keyed hash. An empty word never wipes an earlier one. Raises TooMany."""
    voter = crypto.index(session, purpose="guidance_vote")
    said = GuidanceVote.objects.select_for_update().filter(topic=topic, voter=voter).first()
    if said is None:
        _refuse_floods(topic, voter, at=at)
        said = GuidanceVote(topic=topic, voter=voter)
    said.helped, said.language, said.given_at = helped, language, at
    said.step, said.size_class = step or said.step, size_class or said.size_class
    if missing:
        said.missing = missing
    said.save()
    return said


def _refuse_floods(topic: GuidanceTopic, voter: bytes, *, at: datetime) -> None:
    lately = GuidanceVote.objects.filter(given_at__gt=at - AN_HOUR)
    if lately.filter(voter=voter).count() >= MOST_BY_ONE or lately.filter(topic=topic).count() >= MOST_ON_ONE:
        raise TooMany
