"""Whatever is sent to the running server, by its own description: it does not fall, and answers as described.

Expected beforehand: no 5xx, no status, content type or body that the description does not tell, in 20 tries an
operation (200 in the proof). Ids are mostly of things that are there, and bodies mostly half good, so that calls get
past the first refusal.
"""

import json
import warnings
from decimal import Decimal
from typing import Any

import pytest
import requests
import schemathesis
from django.conf import settings as django_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.core.failures import Failure, FailureGroup
from uuid_utils.compat import uuid7

from employers.applications.decide import decide
from employers.benefits.claim import Employee, Income
from employers.notifications.models_webhooks import WebhookDelivery
from employers.organisations import rights
from employers.records import clock, events, wire
from portal.described import every
from portal.described.document import document
from portal.sandbox.register.people import identity_code
from tests import cast
from tests.cast import BAKERY
from tests.machine import KEY, Machine
from tests.portal.world import ROW, World
from tests.server import server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]

BENCH, AGENCY = "sandbox-bench", "sandbox-agency"
HELD = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
LEFT_OUT = {"POST /sandbox/reset"}  # takes everything away; has tests of its own
ORDER = ("GET", "PUT", "PATCH", "POST", "DELETE")  # what takes something away comes last
ENOUGH = 3  # complaints about one operation


@pytest.mark.parametrize("tries", [20, pytest.param(200, marks=pytest.mark.proof)])
def test_no_answer_is_off_its_description(tries: int, tmp_path: Any) -> None:
    world = World()
    things = of_bench(world)
    with server(PORTAL_VAR=str(tmp_path), UPLOADS_DIR=str(django_settings.UPLOADS_DIR)) as base:
        found = [
            complaint
            for name, operation in operations()
            for complaint in tried(name, operation, things=things, base=base, tries=tries)
        ]
    assert found == [], "\n\n".join(found)


def operations() -> list[tuple[str, Any]]:
    found = {}
    for agency in (False, True):
        described = schemathesis.openapi.from_dict(json.loads(wire.dumps(document(agency=agency))))
        for result in described.get_all_operations():
            operation = result.ok()
            found[f"{operation.method.upper()} {operation.path.removeprefix('/api/v1')}"] = operation
    assert set(found) >= set(every.CALLS), "an operation that is not tried"
    names = sorted(set(found) - LEFT_OUT, key=lambda name: (ORDER.index(name.split()[0]), name))
    return [(name, found[name]) for name in names]


def of_bench(world: World) -> dict[str, Any]:
    """Tokens by client, and a world in which this client has what is a client's own."""
    machines = {name: Machine(name) for name in (BENCH, AGENCY)}
    bench = machines[BENCH]
    batch = bench.post("batches", ROW, key=KEY, kind="text/csv").json()["id"]
    draft = bench.post("drafts", {"employer": BAKERY, "benefit": "sickness_allowance"}, key=KEY).json()["id"]
    webhook = bench.post("webhooks", {"url": "http://127.0.0.1:9/"}, key=KEY).json()["id"]
    bench.submit(reference="bench-1", employee=EERO)
    world.kinds |= {"batches": batch, "drafts": draft, "webhooks": webhook}
    world.ids |= {"decided": decided(), "did": delivery(webhook)}
    return {"world": world, "tokens": {name: machine.token for name, machine in machines.items()}}


def delivery(webhook: str) -> Any:
    """One that was given up."""
    told = {"event": uuid7(), "type": events.PAYMENT_SENT, "created_at": clock.now(), "next_at": clock.now()}
    return WebhookDelivery.objects.create(endpoint_id=webhook, status=WebhookDelivery.State.FAILED, **told).pk


def decided() -> Any:
    application = cast.sent(
        reference="decided",
        employee=Employee(personal_identity_code="010190-905V", given_name="Tiina", family_name="Testinen"),
    )
    income = Income(after_deduction=Decimal("40000.00"))
    how = {"outcome": "granted", "reason": "", "by": cast.by_official(), "at": clock.now(), "income": income}
    decide(application_id=application.pk, **how)
    return application.pk


EERO = {"personal_identity_code": "010190-903T", "given_name": "Eero", "family_name": "Esimerkki"}


def tried(name: str, operation: Any, *, things: dict[str, Any], base: str, tries: int) -> list[str]:
    found: dict[str, str] = {}
    session = requests.Session()
    call = rights.CALLS.get(name, rights.Call(token=False))
    token = things["tokens"][AGENCY if call.scope == rights.SEGMENTS_READ else BENCH]
    headers = {"Authorization": f"Bearer {token}"} if call.token else {}
    made = st.one_of(operation.as_strategy(), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))

    @settings(
        max_examples=tries,
        phases=(Phase.generate,),
        deadline=None,
        derandomize=tries < 100,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def one(data: Any) -> None:
        if len(found) >= ENOUGH:
            return
        case = with_real_things(data.draw(made), data, name=name, world=things["world"])
        response = case.call(base_url=base, session=session, headers=headers)
        try:
            case.validate_response(response, checks=HELD)
        except (Failure, FailureGroup) as failure:
            found.setdefault(kind(failure), f"{name}: {response.status_code}\n{failure}\n{response.text[:600]}")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        one()
    return list(found.values())


def kind(failure: Exception) -> str:
    several = getattr(failure, "exceptions", [failure])
    return ", ".join(sorted({f"{type(one).__name__} {getattr(one, 'message', '')[:80]}" for one in several}))


def with_real_things(case: Any, data: Any, *, name: str, world: World) -> Any:
    """Four in five addresses lead somewhere; half of the bodies are good ones with some members as generated."""
    if case.path_parameters and data.draw(st.integers(0, 4)):
        case.path_parameters = {one: real(one, case, world) for one in case.path_parameters}
    examples = list(every.EXAMPLES.get(getattr(every.CALLS.get(name), "takes", None) or "", {}).values())
    if examples and isinstance(examples[0], dict) and data.draw(st.booleans()):
        generated = case.body if isinstance(case.body, dict) else {}
        kept = data.draw(st.sets(st.sampled_from(sorted(generated)), max_size=2)) if generated else ()
        case.body = anew(data.draw(st.sampled_from(examples)), data) | {member: generated[member] for member in kept}
        case.media_type = "application/json"
    return case


def anew(example: dict[str, Any], data: Any) -> dict[str, Any]:
    """Of somebody else, so that it is no duplicate of the one before."""
    if not example.get("employee"):
        return example
    person = example["employee"] | {"personal_identity_code": identity_code(data.draw(st.integers(0, 2000)))}
    return example | {"employee": person, "reference": data.draw(st.from_regex(r"\A[a-z]{8}\Z"))}


def real(variable: str, case: Any, world: World) -> Any:
    route = "GET /api/v1" + case.operation.path.removeprefix("/api/v1")
    if route.endswith("/decision"):
        return str(world.ids["decided"])
    try:
        return str(world.id_of(variable, route))
    except KeyError:
        return case.path_parameters[variable]
