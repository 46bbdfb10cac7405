"""The OpenAPI documents, one for employers and firms, one for the agency: the table of calls, with its shapes."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import patched_settings
from rest_framework.request import Request
from rest_framework.views import APIView

from employers.applications.models_register import Finding
from employers.intake.batch import CONTENT_TYPES
from employers.organisations import rights
from employers.records import wire
from portal import openapi_words
from portal.openapi_details import listed
from portal.openapi_examples import examples
from portal.openapi_shapes import DAY, SHAPES, TEXT, Shape, one_of, ref

PREFIX = "/api/v1"
JSON = "application/json"
KEYED = {
    "POST /applications",
    "POST /applications/{id}/requests/{rid}/answers",
    "POST /batches",
    "POST /register-syncs",
}
STRICT = {"POST /estimates", "POST /applications", "POST /applications/validate"}
PAGED = ("cursor", "limit")
FED = ("after", "limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a call takes and gives: names of shapes, the status of success, query parameters."""

    gives: str | None
    takes: str | None = None
    status: int = 200
    query: tuple[str, ...] = ()


TOLD = {
    "GET /employers": Told(gives="EmployerPage", query=PAGED),
    "GET /employers/{business_id}": Told(gives="Employer"),
    "GET /employers/{business_id}/readiness": Told(gives="Readiness"),
    "POST /estimates": Told(takes="EstimateRequest", gives="Estimate"),
    "GET /applications": Told(
        gives="ApplicationPage", query=("employer", "benefit", "status", "submitted_after", *PAGED)
    ),
    "POST /applications": Told(takes="Claim", gives="Application", status=201),
    "POST /applications/validate": Told(takes="Claim", gives="Validation"),
    "POST /applications/search": Told(takes="Search", gives="ApplicationPage", query=PAGED),
    "GET /applications/by-key/{key}": Told(gives="Application"),
    "GET /applications/{id}": Told(gives="Application"),
    "GET /applications/{id}/history": Told(gives="MovePage"),
    "GET /applications/{id}/requests": Told(gives="RequestPage"),
    "POST /applications/{id}/requests/{rid}/answers": Told(takes="Answers", gives="Request", status=201),
    "GET /applications/{id}/decision": Told(gives="Decision"),
    "POST /batches": Told(gives="Batch", status=202, query=("mode",)),
    "GET /batches/{id}": Told(gives="Batch"),
    "GET /batches/{id}/rows": Told(gives="BatchRowPage", query=PAGED),
    "POST /register-syncs": Told(takes="SyncRequest", gives="Sync", status=202),
    "GET /register-syncs/{id}": Told(gives="Sync"),
    "GET /register-findings": Told(
        gives="FindingPage",
        query=("employer", "status", "kind", "benefit", "deadline_before", "order", *PAGED),
    ),
    "POST /register-findings/{id}/dismissal": Told(takes="Dismissal", gives="Finding"),
    "DELETE /register-findings/{id}/dismissal": Told(gives="Finding"),
    "GET /events": Told(gives="EventPage", query=FED),
    "GET /customers/feedback": Told(gives=None, query=FED),
    "GET /parameters": Told(gives="Parameters", query=("on",)),
    "GET /codes": Told(gives="Codes"),
    "POST /sandbox/reset": Told(gives=None, status=204),
    "POST /sandbox/clock": Told(takes="Clock", gives=None),
}
ANYTHING = Told(gives=None)


class CallSchema(AutoSchema):
    """One operation, from the table of calls: scope, right, key, shapes. The words are the view's own docstring."""

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any
    ) -> dict[str, Any] | None:
        self.path, self.path_regex, self.path_prefix, self.method = path, path_regex, path_prefix, method.upper()
        name = f"{self.method} {path.removeprefix(PREFIX)}"
        call, told = rights.CALLS.get(name), TOLD.get(name, ANYTHING)
        if call is None or name in DOCUMENTS:
            return None
        operation: dict[str, Any] = {
            "operationId": operation_id(name),
            "summary": name,
            "description": described(self.get_description(), call),
            "tags": [path.removeprefix(PREFIX).split("/")[1]],
            "parameters": [*self._in_path(), *in_query(told), *in_header(name)],
            "responses": responses(told, call),
            "security": [{"oauth2": [call.scope] if call.scope else []}] if call.token else [],
        }
        if told.takes:
            operation["requestBody"] = {"required": True, "content": {JSON: content(told.takes)}}
        if name == "POST /batches":
            operation["requestBody"] = {"required": True, "content": {kind: {} for kind in CONTENT_TYPES}}
        return operation

    def _in_path(self) -> list[dict[str, Any]]:
        names = [part[1:-1] for part in self.path.split("/") if part.startswith("{")]
        parameters: list[dict[str, Any]] = self._resolve_path_parameters(names)  # type: ignore[no-untyped-call]
        return parameters


def content(takes: str) -> dict[str, Any]:
    return {"schema": ref(takes), **examples(takes)}


DOCUMENTS = {"GET /openapi.json", "GET /agency/openapi.json", "GET /problems/{code}"}


def operation_id(call: str) -> str:
    """`GET /applications/{id}/history` is `get_applications_id_history`: the name in generated programs."""
    return "_".join(re.findall(r"[a-z0-9]+", call.lower()))


def described(text: str, call: rights.Call) -> str:
    right, of_health = (" or ".join(f"`{name}`" for name in each) for each in (call.rights, call.occupational_health))
    more = f" Of occupational health care instead: {of_health}." if of_health else ""
    return f"{text}\n\nRight: {right}.{more}" if right else text


def in_query(told: Told) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": False, "schema": query_shape(name), **query_words(name)}
        for name in told.query
    ]


QUERIES: dict[str, Shape] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
    "kind": one_of(Finding.Kind.values),
    "order": {**one_of(("newest", "deadline")), "default": "newest"},
    "deadline_before": DAY,
}


def query_shape(name: str) -> Shape:
    return QUERIES.get(name, TEXT)


def query_words(name: str) -> dict[str, str]:
    return {"description": openapi_words.QUERIES[name]} if name in openapi_words.QUERIES else {}


def in_header(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": "Accept-Language", "in": "header", "schema": {"type": "string", "enum": ["fi", "sv", "en"]}}
    ]
    if name in KEYED:
        pattern = {"type": "string", "minLength": 16, "maxLength": 257, "pattern": '^"?[A-Za-z0-9_-]+"?$'}
        found.append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": pattern})
    if name in STRICT:
        found.append({"name": "Prefer", "in": "header", "schema": {"type": "string", "examples": ["handling=strict"]}})
    return found


def responses(told: Told, call: rights.Call) -> dict[str, Any]:
    problem = {"description": "A problem document", "content": {"application/problem+json": {"schema": ref("Problem")}}}
    good: dict[str, Any] = {"description": "Done"}
    if told.status != 204:
        good["content"] = {JSON: {"schema": ref(told.gives) if told.gives else {"type": "object"}}}
    wrong = ["400", "404", "406", "422", "503"] + (["401", "403"] if call.token else [])
    if told.takes or told.status == 202:
        wrong += ["409", "413", "415"]
    return {str(told.status): good, **dict.fromkeys(sorted(wrong), problem)}


class OpenAPI(APIView):
    """The calls of employers and firms."""

    authentication_classes = ()

    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(wire.dumps(document(agency=False)), content_type=JSON)


class AgencyOpenAPI(APIView):
    """The calls of the agency's own systems."""

    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(wire.dumps(document(agency=True)), content_type=JSON)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same as a page to read: works without JavaScript."""
    return render(request, "portal/docs.html", {"benefits": listed(), "operations": operations()})


def operations() -> list[dict[str, Any]]:
    """Each with what its members mean, where somebody has said so."""
    paths = document(agency=False)["paths"]
    found = [operation for methods in paths.values() for operation in methods.values()]
    return [{**operation, "members": members(TOLD.get(operation["summary"], ANYTHING))} for operation in found]


def members(told: Told) -> list[tuple[str, str, str]]:
    """Taken or given, the name, the words."""
    shapes = (("takes", told.takes or ""), ("gives", (told.gives or "").removesuffix("Page")))
    return [(way, *one) for way, name in shapes for one in openapi_words.MEMBERS.get(name, {}).items()]


def document(*, agency: bool) -> dict[str, Any]:
    hook = "portal.openapi.for_agency" if agency else "portal.openapi.for_employers"
    with patched_settings({"PREPROCESSING_HOOKS": [hook]}):
        made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    made["components"] = {
        "schemas": {} if agency else SHAPES,
        "securitySchemes": {
            "oauth2": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes(agency=agency)}},
            }
        },
    }
    if agency:
        made["components"]["schemas"] = {name: SHAPES[name] for name in ("Problem", "Error")}
    return made


def scopes(*, agency: bool) -> dict[str, str]:
    return {scope: scope for scope in rights.SCOPES if (scope == rights.SEGMENTS_READ) == agency}


def for_employers(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    return [endpoint for endpoint in endpoints if not is_agencys(endpoint)]


def for_agency(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    return [endpoint for endpoint in endpoints if is_agencys(endpoint)]


def is_agencys(endpoint: tuple[str, str, str, Any]) -> bool:
    path, _, method, _ = endpoint
    call = rights.CALLS.get(f"{method} {path.removeprefix(PREFIX)}")
    return call is not None and call.scope == rights.SEGMENTS_READ
