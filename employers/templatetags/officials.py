"""How the officials' pages write sums and days that were kept as text."""

from datetime import date
from decimal import Decimal

from django import template

from employers.admin import said

register = template.Library()


@register.filter
def euros(amount: Decimal | str | None) -> str:
    return said.euros(amount)


@register.filter
def law_day(day: str | None) -> str:
    """A day as estimates keep it, ISO 8601."""
    return said.day(date.fromisoformat(day)) if day else ""
