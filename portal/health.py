"""Alive: the process answers. Ready: the database, the tables and, in the sandbox, the demo data are there.

How the register's data is doing is told beside it.
"""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from employers.income_register.freshness import last_good_at
from employers.income_register.models_subscriptions import RegisterAlarm
from employers.organisations.models import ClientSystem, Organisation


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    checks = {"database": _database(), "demo_data": True}
    if settings.SANDBOX and checks["database"]:
        checks["demo_data"] = _demo_data()
    told = checks | ({"register": _register()} if checks["database"] else {})
    return JsonResponse(told, status=200 if all(checks.values()) else 503)


def _demo_data() -> bool:
    """Every client that the sandbox is known for, and every employer."""
    from portal.sandbox import cast  # the product knows nobody of the cast

    clients = ClientSystem.objects.filter(application__client_id__in=[one.client_id for one in cast.CLIENTS])
    employers = Organisation.objects.filter(business_id__in=[one.business_id for one in cast.ORGANISATIONS])
    return clients.count() == len(cast.CLIENTS) and employers.count() == len(cast.ORGANISATIONS)


def _register() -> dict[str, object]:
    """Told and no reason to be called unready: the register's silence is nothing a restart mends."""
    alarms = RegisterAlarm.objects.filter(cleared_at=None)
    return {"last_good_run": last_good_at(), "open_alarms": alarms.count()}


def _database() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
