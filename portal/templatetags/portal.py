"""What every page needs: the same page in another language, amounts and days as people write them."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from employers.records import clock
from portal.marks import marked

register = template.Library()
register.filter("marked", marked)

# English and Swedish as they are written in Finland.
LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_IE"}
DAYS = {"fi": "d.M.y", "sv": "d.M.y", "en": "d MMMM y"}
DAYS_OF_A_YEAR = {"fi": "d.M.", "sv": "d.M.", "en": "d MMMM"}
OWN_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


@register.simple_tag
def in_sandbox() -> bool:
    return bool(settings.SANDBOX)


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, Any]]:
    """This page in every language; the front page where this one has no address (an error)."""
    request = context.get("request")
    here = request.get_full_path() if request else ""
    return [
        {"code": code, "name": OWN_NAMES[code], "url": _elsewhere(here, code), "current": code == get_language()}
        for code, _ in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def here(context: template.Context, *names: str) -> bool:
    """Whether this page has one of these names: the one of the navigation that one stands on."""
    match = getattr(context.get("request"), "resolver_match", None)
    return match is not None and match.url_name in names


@register.filter
def money(amount: Decimal | str | None) -> str:
    """`1 678,54 €`; an empty text where nothing is known."""
    try:
        return format_currency(Decimal(amount), "EUR", locale=LOCALES[_language()]) if amount is not None else ""
    except InvalidOperation:
        return ""


@register.filter
def figure(number: Decimal | str) -> str:
    """A share or a count with the language's own comma or point, as exact as it was written."""
    return format_decimal(Decimal(number), format="#,##0.######", locale=LOCALES[_language()])


@register.filter
def share(part: Decimal | str) -> str:
    """`9,07 %` of `0.0907`, as exact as it was written."""
    return format_percent(Decimal(part), locale=LOCALES[_language()], decimal_quantization=False)


@register.filter
def day(when: date | datetime | str | None) -> str:
    """`2.3.2026`, in English `2 March 2026`. A moment becomes its day in Finland."""
    if not when:
        return ""
    if isinstance(when, datetime):
        when = clock.day_of(when)
    return format_date(_date(when), DAYS[_language()], locale=LOCALES[_language()])


@register.filter
def until(start: date | str | None, end: date | str | None) -> str:
    """`2.3.–10.4.2026`, in English `2 March – 10 April 2026`; the year twice only where there are two."""
    if not start or not end:
        return ""
    first, last = _date(start), _date(end)
    if first == last:
        return day(last)
    shape = DAYS[_language()] if first.year != last.year else DAYS_OF_A_YEAR[_language()]
    between = " – " if " " in shape else "–"
    return f"{format_date(first, shape, locale=LOCALES[_language()])}{between}{day(last)}"


def _date(when: date | str) -> date:
    return date.fromisoformat(when) if isinstance(when, str) else when


def _language() -> str:
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in LOCALES else settings.LANGUAGE_CODE


def _elsewhere(here: str, code: str) -> str:
    if here.startswith("/api/"):  # no language in the address
        return f"{here.partition('?')[0]}?language={code}"
    there = translate_url(here, code) if here else ""
    return there if there.startswith(f"/{code}/") else reverse("front").replace(f"/{_language()}/", f"/{code}/", 1)
