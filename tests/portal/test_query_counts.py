"""Every call of the machine interface asks the database a fixed number of times, however many rows there are.

The table names the most a call may ask. A call without a line fails, and so does one that asks more where there is
more.
"""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications.draft import begin
from employers.applications.models import Application, Draft, RequestItem, StatusChange
from employers.applications.models_register import Finding
from employers.benefits.claim import Employee
from employers.intake.models import Batch, BatchRow
from employers.notifications.models_webhooks import WebhookEndpoint
from employers.organisations import rights
from employers.organisations.models import Mandate, Organisation
from employers.records import clock
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications import files, threads
from tests.notifications import hooks
from tests.portal.matrix_calls import CALLS
from tests.portal.test_access_matrix import undone
from tests.portal.world import World

MOST = {
    "GET /api/v1/employers": 4,
    "GET /api/v1/employers/<str:business_id>": 4,
    "GET /api/v1/employers/<str:business_id>/readiness": 4,
    "GET /api/v1/events": 4,
    "POST /api/v1/estimates": 9,
    "GET /api/v1/applications": 6,
    "POST /api/v1/applications": 22,
    "POST /api/v1/applications/validate": 10,
    "POST /api/v1/applications/search": 7,
    "GET /api/v1/applications/by-key/<str:key>": 8,
    "GET /api/v1/applications/<uuid:id>": 7,
    "GET /api/v1/applications/<uuid:id>/history": 9,
    "GET /api/v1/applications/<uuid:id>/corrections": 8,
    "POST /api/v1/applications/<uuid:id>/corrections": 37,
    "POST /api/v1/applications/<uuid:id>/withdrawal": 23,
    "POST /api/v1/applications/<uuid:id>/pay-reports": 21,
    "GET /api/v1/applications/<uuid:id>/messages": 9,
    "POST /api/v1/applications/<uuid:id>/messages": 24,
    "GET /api/v1/payments": 3,
    "GET /api/v1/applications/<uuid:id>/decision": 5,
    "GET /api/v1/applications/<uuid:id>/requests": 9,
    "POST /api/v1/applications/<uuid:id>/requests/<uuid:rid>/answers": 22,
    "POST /api/v1/batches": 8,
    "GET /api/v1/batches/<uuid:id>": 3,
    "GET /api/v1/batches/<uuid:id>/rows": 4,
    "GET /api/v1/batches/<uuid:id>/file": 5,
    "GET /api/v1/batches/templates/<str:benefit>": 2,
    "POST /api/v1/register-syncs": 14,
    "GET /api/v1/register-syncs/<uuid:id>": 4,
    "GET /api/v1/register-findings": 5,
    "POST /api/v1/register-findings/<uuid:id>/dismissal": 11,
    "DELETE /api/v1/register-findings/<uuid:id>/dismissal": 9,
    "GET /api/v1/webhooks": 3,
    "POST /api/v1/webhooks": 13,
    "GET /api/v1/webhooks/<uuid:id>": 3,
    "PATCH /api/v1/webhooks/<uuid:id>": 7,
    "DELETE /api/v1/webhooks/<uuid:id>": 6,
    "POST /api/v1/webhooks/<uuid:id>/secret": 12,
    "POST /api/v1/webhooks/<uuid:id>/test": 5,
    "GET /api/v1/webhooks/<uuid:id>/deliveries": 5,
    "POST /api/v1/webhooks/<uuid:id>/deliveries/<uuid:did>/replay": 10,
    "PUT /api/v1/employers/<str:business_id>/bank-account": 5,
    "GET /api/v1/applications/<uuid:id>/attachments": 8,
    "POST /api/v1/applications/<uuid:id>/attachments": 6,
    "GET /api/v1/applications/<uuid:id>/attachments/<uuid:aid>": 9,
    "GET /api/v1/drafts": 3,
    "POST /api/v1/drafts": 11,
    "GET /api/v1/drafts/<uuid:id>": 16,
    "PATCH /api/v1/drafts/<uuid:id>": 24,
    "DELETE /api/v1/drafts/<uuid:id>": 10,
    "POST /api/v1/drafts/<uuid:id>/submission": 27,
    "GET /api/v1/guidance": 3,
    "POST /api/v1/sandbox/clock": 2,
}
NO_TOKEN_OF_OURS = {"GET /api/v1/customers/feedback", "GET /api/v1/agency/openapi.json"}  # tests/customers
WHOLE_SANDBOX = {"POST /api/v1/sandbox/reset"}


def test_no_call_asks_more_where_there_is_more(world):
    few = counted(world)
    grown(world)
    many = counted(world)
    assert {call: (few[call], many[call]) for call in few if many[call] > few[call]} == {}
    assert {call: asked for call, asked in many.items() if asked > MOST.get(call, 0)} == {}


def counted(world: World) -> dict[str, int]:
    return {row: queries(world, row) for row in set(CALLS) - NO_TOKEN_OF_OURS - WHOLE_SANDBOX}


def queries(world: World, row: str) -> int:
    def asked():
        with CaptureQueriesContext(connection) as captured:
            answer = world.call("agent", row)
        counts.append(len(captured))
        return answer

    counts: list[int] = []
    status, _body = undone(asked)
    assert status == CALLS[row][2], row
    return counts[0]


def grown(world: World, times: int = 4) -> None:
    """More of everything a call of the agent's can meet."""
    application = Application.objects.get(pk=world.ids["application_id"])
    batch = Batch.objects.get(pk=world.kinds["batches"])
    webhook = WebhookEndpoint.objects.get(pk=world.kinds["webhooks"])
    [finding] = Finding.objects.filter(pk=world.ids["finding_id"])
    [move] = StatusChange.objects.filter(application=application, verb="submit")
    for number in range(times):
        code = identity_code(500 + number)
        somebody = Employee(personal_identity_code=code, given_name="Aino", family_name="Esimerkki")
        cast.sent(employee=somebody, reference=f"more-{number}")
        threads.answered(threads.asked(application))
        files.checked(application, content=f"a;b\n{number};2\n".encode())
        RequestItem.objects.create(request_id=world.ids["rid"], code="other", note=f"{number}?")
        a_draft()
        hooks.waiting(webhook)
        hooks.hook(f"http://127.0.0.1:9/{number}")
        BatchRow.objects.create(batch=batch, number=100 + number, status="rejected")
        another(finding, absence_start=finding.absence_start.replace(year=2020 + number))
        another(move)
        an_employer(f"909000{number}-0", world)


def a_draft() -> Draft:
    whose = {"organisation": cast.employer(), "user": cast.user("Aino")}
    return begin(**whose, benefit="sickness_allowance", content={"body": {}, "done": []}, at=clock.now())


def another(row, **changes) -> None:
    row.pk = type(row)._meta.pk.get_default()
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


def an_employer(business_id: str, world: World) -> None:
    employer = Organisation.objects.create(business_id=business_id, name=business_id)
    Mandate.objects.create(
        principal=employer,
        agent_organisation=cast.client_system().organisation,
        rights=list(rights.RIGHTS),
        valid_from=cast.AT.date(),
    )
