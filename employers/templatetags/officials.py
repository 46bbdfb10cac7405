"""How the officials' pages write sums and days that were kept as text."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from employers.admin import said
from employers.records import clock

register = template.Library()


@register.filter
def euros(amount: Decimal | str | None) -> str:
    return said.euros(amount)


@register.filter
def day(value: date | str | None) -> str:
    """Also as estimates keep it, ISO 8601."""
    return said.day(date.fromisoformat(value) if isinstance(value, str) and value else value or None)


@register.filter
def local_day(value: datetime | None) -> str:
    return said.day(clock.day_of(value)) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return said.moment(value)
