"""Raise an alarm and clear it: for a kind and what it is about one is open at a time, however often it is raised."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .models_subscriptions import RegisterAlarm

Kind = RegisterAlarm.Kind
LONGEST = 60  # characters of what an alarm is about


def raise_alarm(kind: str, *, about: str, at: datetime, **facts: Any) -> None:
    """`facts` are columns of the alarm: `organisation_id`, `subscription_id`, `sync_id`, `facts`."""
    raise_alarms([RegisterAlarm(kind=kind, about=about[:LONGEST], raised_at=at, **facts)])


def raise_alarms(alarms: Iterable[RegisterAlarm]) -> None:
    """Those that are open already stay as they are: since when, and why first."""
    RegisterAlarm.objects.bulk_create(alarms, ignore_conflicts=True)


def clear_alarm(*kinds: str, about: str, at: datetime) -> None:
    clear_alarms(*kinds, about=[about], at=at)


def clear_alarms(*kinds: str, about: Iterable[str], at: datetime) -> None:
    subjects = [one[:LONGEST] for one in about]
    RegisterAlarm.objects.filter(kind__in=kinds, about__in=subjects, cleared_at=None).update(cleared_at=at)
