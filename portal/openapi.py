"""The description of the machine interface: two OpenAPI documents and a page to read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.views import APIView

from employers.records import wire
from portal.described import every
from portal.described.details import listed
from portal.described.document import document
from portal.described.told import JSON, Told


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
    return [
        {**operation, "call": call, "members": members(every.CALLS[call])}
        for path, methods in paths.items()
        for method, operation in methods.items()
        for call in [f"{method.upper()} {path.removeprefix('/api/v1')}"]
    ]


def members(told: Told) -> list[tuple[str, str, str]]:
    """Taken or given, the name, the words."""
    shapes = (("takes", told.takes or ""), ("gives", (told.gives or "").removesuffix("Page")))
    return [(way, *one) for way, name in shapes for one in every.MEMBERS.get(name, {}).items()]
