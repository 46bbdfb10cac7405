"""The description of the machine interface for programs: two OpenAPI documents."""

from functools import cache

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from employers.records import wire
from portal.described.document import document
from portal.described.told import JSON


class OpenAPI(APIView):
    """The calls of employers and firms."""

    authentication_classes = ()

    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(written(agency=False), content_type=JSON)


class AgencyOpenAPI(APIView):
    """The calls of the agency's own systems."""

    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(written(agency=True), content_type=JSON)


@cache
def written(*, agency: bool) -> bytes:
    """Made once: nothing of it changes while the program runs."""
    return wire.dumps(document(agency=agency))
