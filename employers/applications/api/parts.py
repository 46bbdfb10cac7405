"""The parts of a body that brings a file, read by Django's own parser from bytes that are there whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from rest_framework.request import Request

from employers.applications.formats import LARGEST, fingerprint
from employers.benefits.problems import Problem
from employers.intake import values
from employers.records import wire
from employers.records.problem import Refusal, invalid

AROUND = 64 * 1024  # bytes of a body beside its file: boundaries, headers, names
FILE, REQUEST = "file", "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """`request`: the id of the request for information that the file answers."""

    name: str
    content: bytes
    request: str | None

    @property
    def said(self) -> bytes:
        """The same for the same parts: a body made again has another boundary."""
        return wire.dumps([self.name, fingerprint(self.content).hex(), self.request])


def parts_of(request: Request) -> Parts:
    """Raises the 400, 413, 415 or 422."""
    _keep_body(request)
    fields, files = _parsed(request)
    problems = [*_wrong_names(fields, files), *_wrong_file(fields, files), *_wrong_request(fields, files)]
    if problems:
        raise invalid(problems)
    file: Any = files[FILE]
    if file.size > LARGEST:
        raise Refusal(413, "body-too-large")
    return Parts(name=file.name, content=file.read(), request=fields.get(REQUEST) or None)


def _parsed(request: Request) -> tuple[QueryDict, MultiValueDict[str, Any]]:
    """Parsing is put off until somebody asks; a kind of body that is not taken is told then."""
    files: MultiValueDict[str, Any] = request.FILES
    fields: QueryDict = request.POST
    return fields, files


def _keep_body(request: Request) -> None:
    raw = request._request
    length = int(raw.META.get("CONTENT_LENGTH") or 0)
    raw._body = wire.read_body(raw, length=length, most=LARGEST + AROUND)
    if not length:
        raise Refusal(400, "malformed-request")


def _wrong_names(fields: QueryDict, files: MultiValueDict[str, Any]) -> list[Problem]:
    problems: list[Problem] = []
    values.unknown({**fields, **files}, (FILE, REQUEST), "", problems)
    return problems


def _wrong_file(fields: QueryDict, files: MultiValueDict[str, Any]) -> Iterator[Problem]:
    if FILE in fields or FILE not in files:
        yield Problem(FILE, "file_missing")
    elif len(files.getlist(FILE)) > 1:
        yield Problem(FILE, "too_many_items", "error", {"most": 1})


def _wrong_request(fields: QueryDict, files: MultiValueDict[str, Any]) -> Iterator[Problem]:
    given = fields.getlist(REQUEST)
    if REQUEST in files:
        yield Problem(REQUEST, "invalid_type")
    elif len(given) > 1:
        yield Problem(REQUEST, "too_many_items", "error", {"most": 1})
    elif given and given[0] and not values.is_uuid(given[0]):
        yield Problem(REQUEST, "id_invalid")
