"""What the calls that change one application share: whose it is, how they say no, and what they answer."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from employers.applications import changes, lifecycle
from employers.applications.api import reading, shapes
from employers.applications.correct import RequestWaits, Said, StaleVersion, Unchanged
from employers.applications.models import Application, ApplicationVersion
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.report_pay import NothingContinues
from employers.applications.submit import Duplicate, Overlap, Refused
from employers.benefits.problems import Problem
from employers.organisations.access import Actor
from employers.organisations.calls import Caller, caller_of, once
from employers.records import doorbell
from employers.records.etag import etag, stale
from employers.records.problem import Refusal, invalid, invalid_at

Document = dict[str, Any]
Answered = tuple[int, Document, dict[str, str]]
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One call about one application, in whose name it is made."""

    request: Request
    caller: Caller
    application: Application
    by: Actor

    @property
    def pk(self) -> UUID:
        return self.application.pk

    def once(self, work: Callable[[], Answered], *, action: str) -> HttpResponse:
        """The answer shows the application, whoever said it: no row in the read log, no answer, told anew or not."""
        answer = once(self.request, work)
        about = {
            "application__organisation_id": self.application.organisation_id,
            "application__person_id": self.application.person_id,
        }
        reading.log(self.caller, [about], action=action)
        doorbell.ring()
        return answer


def doing(request: Request, id: UUID) -> Doing:
    """404 and 403 as reading has them."""
    caller = caller_of(request)
    reading.owned(caller, id)
    application = Application.objects.select_related("organisation").get(pk=id)
    by = caller.about(application.benefit).actor(application.organisation)
    return Doing(request=request, caller=caller, application=application, by=by)


@contextmanager
def refusals(*, strict: bool = False) -> Iterator[None]:
    """What an action raises, as the answer that says so."""
    try:
        yield
    except Refused as refused:
        raise invalid(as_errors(refused.problems) if strict else refused.problems) from None
    except tuple(NO) as error:
        raise NO[type(error)](error) from None


NO: Mapping[type[Exception], Callable[[Any], Refusal]] = {
    Duplicate: lambda error: Refusal(409, "duplicate", existing=shapes.existing(error.existing)),
    Overlap: lambda error: Refusal(409, "overlap", existing=[shapes.existing(one) for one in error.existing]),
    StaleVersion: lambda error: stale(error.current),
    Unchanged: lambda error: invalid_at("", "unchanged"),
    RequestWaits: lambda error: Refusal(409, "correction-waits"),
    NothingContinues: lambda error: Refusal(409, "nothing-continues"),
    lifecycle.WrongState: lambda error: Refusal(409, "wrong-state", application_status=str(error)),
}


def as_errors(problems: list[Problem]) -> list[Problem]:
    return [Problem(problem.field, problem.code, "error", problem.params) for problem in problems]


def current_version(id: UUID) -> int:
    return Application.objects.values_list("version", flat=True).get(pk=id)


def document(id: UUID) -> Document:
    return shapes.application(reading.versions().filter(application=id).values(*shapes.COLUMNS).get())


def said(found: Said) -> Answered:
    """201 with the new version; 202 where an official has to take it up, and then the application is as it was."""
    one, request = found.application, found.request
    shown = {**document(one.pk), "diff": difference(one, request), "request": asked(request) if request else None}
    headers = {"ETag": etag(one.version), "Location": f"{shapes.BASE}/{one.pk}"}
    return 202 if request else 201, shown, headers


def difference(one: Application, request: CorrectionRequest | None) -> list[Document]:
    """Between the version in force and what is asked for, or else between the version before and the one in force."""
    before = request.version if request else one.version - 1
    numbers = {before} if request else {before, one.version}
    versions = ApplicationVersion.objects.filter(application=one, number__in=numbers)
    contents = {version.number: version.content for version in versions}
    after = request.content if request else contents[one.version]
    return [change.as_dict() for change in changes.diff_said(contents[before], after)]


def asked(request: CorrectionRequest) -> Document:
    return {"id": request.pk, "status": request.state}
