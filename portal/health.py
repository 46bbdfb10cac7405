"""Alive: the process answers. Ready: the database, the tables and, in the sandbox, the demo data are there."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from employers.organisations.models import ClientSystem


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    checks = {"database": _database(), "demo_data": True}
    if settings.SANDBOX and checks["database"]:
        checks["demo_data"] = ClientSystem.objects.filter(application__client_id="sandbox-bench").exists()
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _database() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
