"""Calls that give batch files: the one that was sent, with what came of its rows; and an empty one for each benefit."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from employers.applications.api.attaching import AnyFile
from employers.applications.returned import returned
from employers.applications.views.upload_files import template
from employers.benefits.claim import BENEFITS
from employers.intake.batch import CSV, JSON_LINES, XLSX
from employers.intake.batches import own
from employers.intake.models import Batch
from employers.intake.received import rows
from employers.organisations.calls import Caller, caller_of
from employers.organisations.rights import READERS
from employers.people.models import Person
from employers.records import clock
from employers.records.problem import Refusal, invalid_at, not_found
from employers.records.readlog import log_each

EXTENSIONS = {CSV: "csv", JSON_LINES: "ndjson", XLSX: "xlsx"}


class Csv(BaseRenderer):
    media_type = CSV
    format = "csv"


class Xlsx(BaseRenderer):
    media_type = XLSX
    format = "xlsx"


KINDS = (Csv.format, Xlsx.format)


class File(APIView):
    renderer_classes = [*APIView.renderer_classes, AnyFile]

    def get(self, request: Request, id: UUID) -> HttpResponse:
        """The file as it came, of the kind it came in, with what came of each row."""
        caller = caller_of(request)
        found = own(caller, id)
        log_people(caller, found)
        results = {result.number: result for result in found.results.all()}
        headers = {
            "Content-Type": found.content_type,
            "Content-Disposition": f'attachment; filename="{found.pk}.{EXTENSIONS[found.content_type]}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return HttpResponse(returned(found, results), headers=headers)


class Template(APIView):
    renderer_classes = [Csv, Xlsx, *APIView.renderer_classes]  # the last for what is wrong

    def get(self, request: Request, benefit: str) -> HttpResponse:
        """The columns of the benefit with one example; `?format=` csv or xlsx, or by Accept."""
        caller_of(request)
        name = benefit.replace("-", "_")
        if name not in BENEFITS:
            raise not_found()
        kind = request.query_params.get("format")
        if kind not in (None, *KINDS):
            raise invalid_at("format", "invalid_choice")
        kind = kind or request.accepted_renderer.format
        if kind not in KINDS:
            raise Refusal(406, "not-acceptable")
        return template(name, kind, on=clock.today(), with_employer=True)


def log_people(caller: Caller, found: Batch) -> None:
    """Everybody in the file whom we know, as whoever's employee the row has them."""
    named = {
        (Person.index_of(code.upper()), employer)
        for row in rows(found.body, content_type=found.content_type)
        if row.body and (code := _code(row.body)) and isinstance(employer := row.body.get("employer"), str)
    }
    known = Person.objects.filter(identity_index__in={index for index, _employer in named})
    people = {bytes(index): pk for index, pk in known.values_list("identity_index", "pk")}
    named_employers = {employer for _index, employer in named}
    employers = dict(caller.known().filter(business_id__in=named_employers).values_list("business_id", "pk"))
    readers = replace(caller, rights=READERS).readers(employers.values())
    reads = [
        (people[index], readers[employers[employer]])
        for index, employer in named
        if index in people and employer in employers
    ]
    log_each(reads, purpose="application", action="batch_file", at=caller.at)


def _code(body: dict[str, object]) -> str:
    employee = body.get("employee")
    code = employee.get("personal_identity_code") if isinstance(employee, dict) else None
    return code if isinstance(code, str) else ""
