"""The OpenAPI 3.1 documents, one for employers and firms, one for the agency: the table of calls with what is told."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from employers.organisations import rights
from portal.described import conventions, every, headers, security
from portal.described.problems import example
from portal.described.sent import webhooks
from portal.described.shape import ID, TEXT, Shape, ref
from portal.described.statuses import refusals, responses
from portal.described.told import Told

PREFIX = "/api/v1"
DOCUMENTS = {"GET /openapi.json", "GET /agency/openapi.json", "GET /problems/{code}"}  # pages and descriptions
IN_PATHS: dict[str, Shape] = {"id": ID, "aid": ID, "did": ID, "rid": ID}
REFERENCE = re.compile(r"#/components/(schemas|examples)/([^\"']+)")


class CallSchema(AutoSchema):
    """One operation, from the table of calls and what is told of the call."""

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any
    ) -> dict[str, Any] | None:
        name = f"{method.upper()} {path.removeprefix(PREFIX)}"
        call, told = rights.CALLS.get(name), every.CALLS.get(name)
        if call is None or told is None:
            return None
        return operation(name, call, told)


class Employers(SchemaGenerator):
    """The calls of employers and firms."""

    agency = False

    def _get_paths_and_endpoints(self) -> list[Any]:
        found = super()._get_paths_and_endpoints()  # type: ignore[no-untyped-call]
        return [one for one in found if is_agencys(f"{one[2]} {one[0].removeprefix(PREFIX)}") == self.agency]

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        """In English, whoever asks: words of the interface are part of it."""
        with translation.override("en"):
            made: dict[str, Any] = super().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
            return completed(made, agency=self.agency)


class Agency(Employers):
    """The calls of the agency's own systems."""

    agency = True


def is_agencys(name: str) -> bool:
    call = rights.CALLS.get(name)
    return call is not None and call.scope == rights.SEGMENTS_READ


def document(*, agency: bool) -> dict[str, Any]:
    return (Agency if agency else Employers)().get_schema()  # type: ignore[no-untyped-call]


def operation(name: str, call: rights.Call, told: Told) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": operation_id(name),
        "summary": str(told.summary),
        "description": about(told, call),
        "tags": [str(every.TAGS[name].TAG)],
        "parameters": [*in_path(name), *in_query(told), *headers.asked(told)],
        "responses": responses(name, told, call, examples=every.examples),
        "security": security.needed(call),
    }
    if told.takes:
        made["requestBody"] = {"required": True, "content": {kind: taken(told, kind) for kind in told.takes_as}}
    return made


def taken(told: Told, kind: str) -> dict[str, Any]:
    parts = {name: {"contentType": ", ".join(kinds)} for name, kinds in told.parts.items()}
    named = str(told.takes)
    return {"schema": ref(named), **every.examples(named, kind), **({"encoding": parts} if parts else {})}


def operation_id(call: str) -> str:
    """`GET /applications/{id}/history` is `get_applications_id_history`: the name in generated programs."""
    return "_".join(re.findall(r"[a-z0-9]+", call.lower()))


def about(told: Told, call: rights.Call) -> str:
    right, of_health = (" or ".join(f"`{name}`" for name in each) for each in (call.rights, call.occupational_health))
    more = f" Of occupational health care instead: {of_health}." if of_health else ""
    return "\n\n".join(filter(None, [told.about, f"Right: {right}.{more}" if right else ""]))


def in_path(name: str) -> list[dict[str, Any]]:
    return [
        {"name": variable, "in": "path", "required": True, "schema": IN_PATHS.get(variable, TEXT)}
        for variable in re.findall(r"{(\w+)}", name)
    ]


def in_query(told: Told) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": {key: value for key, value in shape.items() if key != "description"},
            **({"description": shape["description"]} if "description" in shape else {}),
        }
        for name, shape in told.query.items()
    ]


def completed(made: dict[str, Any], *, agency: bool) -> dict[str, Any]:
    """With the components that its operations refer to, and what its tags mean."""
    names = [name for name in every.CALLS if is_agencys(name) == agency and name in documented(made)]
    made["info"]["description"] = conventions.ABOUT
    made["servers"] = [{"url": "/", "description": "Where you read this."}]
    made["tags"] = tags(names)
    if not agency:
        made["webhooks"] = webhooks()
    made["components"] = {
        "schemas": reached(made),
        "examples": dict(problems(names)),
        "headers": headers.components(),
        "securitySchemes": security.schemes(agency=agency),
    }
    return made


def documented(made: dict[str, Any]) -> set[str]:
    return {
        f"{method.upper()} {path.removeprefix(PREFIX)}" for path, methods in made["paths"].items() for method in methods
    }


def tags(names: list[str]) -> list[dict[str, str]]:
    """Each once, with the words of the first module that says what it is about."""
    found: dict[str, str] = {}
    for name in names:
        module = every.TAGS[name]
        found[str(module.TAG)] = found.get(str(module.TAG)) or module.ABOUT
    return [{"name": name, "description": text} for name, text in found.items()]


def reached(made: dict[str, Any]) -> dict[str, Shape]:
    """The shapes that these operations refer to, directly or through others."""
    waiting, found = {name for kind, name in references(made) if kind == "schemas"} | {"Error"}, set[str]()
    while waiting:
        found |= waiting
        waiting = {name for one in waiting for _, name in references(every.SHAPES[one])} - found
    return {name: shape for name, shape in every.SHAPES.items() if name in found}


def references(of: Any) -> Iterator[tuple[str, str]]:
    yield from ((kind, name) for kind, name in REFERENCE.findall(repr(of)))


def problems(names: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """An example of every refusal that these calls know."""
    found = {
        (status, code)
        for name in names
        for status, codes in refusals(name, every.CALLS[name], rights.CALLS[name]).items()
        for code in codes
    }
    for status, code in sorted(found):
        yield f"{code}-{status}", example(status, code)
