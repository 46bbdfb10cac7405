"""The open findings of one employer to take along, for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from employers.applications.models_register import Finding
from employers.applications.sheets import TYPE, Cell, workbook
from employers.applications.views import differences, found
from employers.applications.views.doors import saw
from employers.benefits.deadlines import moved
from employers.intake.cells import is_formula
from employers.intake.words import benefit_name
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for
from employers.records import clock


@require_GET
@acting_for(rights.APPLY)
def download(request: HttpRequest, organisation: Organisation, by: Actor, kind: str) -> HttpResponse:
    """`kind`: csv or xlsx. Raises Http404 for another."""
    if kind not in MADE:
        raise Http404
    rows = list(found.unclaimed(organisation).order_by("deadline", "id")) + list(found.differing(organisation))
    saw([*dict.fromkeys(one.person_id for one in rows)], by=by, purpose="finding", action="download")
    make, content_type = MADE[kind]
    name = f"{organisation.business_id}-{clock.today():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(make(list(_lines(organisation, rows))), content_type=content_type, headers=headers)


def _columns() -> list[str]:
    return [
        _("Kind"), _("Employee"), _("Benefit"), _("Absence from"), _("Absence until"), _("Pay"),
        _("At least"), _("Last day to apply"), _("Days left"), _("What differs"),
    ]  # fmt: skip


def _lines(organisation: Organisation, rows: list[Finding]) -> Iterator[list[Cell]]:
    """A word that many rows share is looked up once, and so is the last day of a deadline."""
    names, on = found.names_of(organisation, [one.person_id for one in rows]), clock.today()
    kinds = {code: str(label) for code, label in Finding.Kind.choices}
    benefit, title, last_day = cache(benefit_name), cache(differences.title), cache(moved)
    for one in rows:
        last = last_day(one.deadline) if one.deadline else None
        yield [
            kinds[one.kind], names.get(one.person_id, ""), benefit(one.benefit), one.absence_start,
            one.absence_end, one.paid, one.estimated_amount, last, (last - on).days if last else None,
            title(one.code) if one.code else "",
        ]  # fmt: skip


def _as_workbook(lines: Iterable[list[Cell]]) -> bytes:
    return workbook({_("Findings"): (_columns(), lines)})


def _as_csv(lines: Iterable[list[Cell]]) -> bytes:
    """Semicolons and a byte order mark: so a spreadsheet in Finland opens it right. No cell runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_columns())
    writer.writerows([_plain(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    text = "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
    return f"'{text}" if isinstance(cell, str) and is_formula(text) else text


MADE = {"csv": (_as_csv, "text/csv; charset=utf-8"), "xlsx": (_as_workbook, TYPE)}
