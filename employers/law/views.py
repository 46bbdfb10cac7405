"""The rates of a year, open to everyone: every figure of the law with its source, confirmed ones too."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from employers.benefits.law import Overlay, files, overlaid
from employers.law import words
from employers.law.queries import known_years, overlay, year_values
from employers.records import clock


@require_safe
def rates(request: HttpRequest, year: int | None = None) -> HttpResponse:
    confirmed, current = overlay(), clock.today().year
    years = sorted({current, *known_years(confirmed)}, reverse=True)
    shown = current if year is None else year
    if shown not in years:
        raise Http404
    by_group = groupby(sorted(files(), key=_place), key=words.group)
    groups = [
        {"slug": group, "name": words.GROUPS[group], "rows": [*_rows(names, shown, confirmed)]}
        for group, names in by_group
    ]
    context = {"year": shown, "years": years, "groups": [each for each in groups if each["rows"]]}
    return render(request, "employers/law/rates.html", context)


def _place(name: str) -> tuple[int, str]:
    """Groups as the benefits are told everywhere, figures by title."""
    return list(words.GROUPS).index(words.group(name)), words.title(name)


def _rows(names: Iterable[str], year: int, confirmed: Overlay) -> Iterator[dict[str, Any]]:
    parameters = (overlaid(files()[name], confirmed) for name in names)
    for parameter, value in ((each, value) for each in parameters for value in year_values(each, year)):
        yield {
            "title": words.title(parameter.name),
            "unit": parameter.unit,
            "unit_text": words.UNITS.get(parameter.unit, ""),
            "value": value,
            "status": words.STATUSES[value.status],
            **words.source(value.reference),
        }
