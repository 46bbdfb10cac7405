"""Turns of periodic actions: whoever writes the row first has the turn, so two schedulers do no harm."""

from datetime import datetime

from employers.records.models import Slot


def take_turn(name: str, *, at: datetime) -> bool:
    """True for exactly one caller per name and moment."""
    _, taken = Slot.objects.get_or_create(name=name, at=at)
    return taken
