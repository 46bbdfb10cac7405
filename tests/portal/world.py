"""One employer with everything it can have, and everybody who may or may not see it: as people and as machines."""

import json
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from oauth2_provider.models import Application as OAuthApplication

from employers.applications.ask import ask
from employers.applications.models import Draft
from employers.organisations import rights
from employers.organisations.models import ClientSystem, Mandate, Organisation, User
from employers.records import clock
from tests import cast
from tests.applications import files, reports, sittings, threads
from tests.machine import KEY, Machine, body
from tests.notifications import hooks, places
from tests.organisations import programs
from tests.pages import BACKEND, filled_in, identified
from tests.portal.matrix import PEOPLE

EVERY = tuple(scope for scope in rights.SCOPES if scope != rights.SEGMENTS_READ)
AGENTS = {"ended": rights.RIGHTS, "other_right": (rights.BANK_ACCOUNT,), "reader": (rights.VIEW_DECISIONS,)}
BUSINESS_IDS = {"ended": "9000021-4", "other_right": "9000022-2", "reader": "9000023-0"}
CLIENTS = {
    "owner": "bakery",
    "other_employer": "sandbox-large",
    "agent": "sandbox-payroll",
    "agency": "sandbox-agency",
    **{name: name for name in AGENTS},
}
OTHER_PERSON = {"personal_identity_code": "010190-901R", "given_name": "Eero", "family_name": "Esimerkki"}
# Of one application, by the last part of the address.
SAID = {
    "corrections": body(reference="row-secret", pay_basis="part", reason="It was a part."),
    "withdrawal": {"reason": "Sent twice."},
    "pay-reports": {"pay_periods": []},
    "messages": {"text": "When is it decided?"},
}
ROW = b"employer;benefit\n9000004-6;sickness_allowance\n"
# What a route says by a word.
NAMED = {
    "business_id": cast.BAKERY,
    "key": f"{KEY}-0",
    "code": "not-found",
    "slug": "why-apply",
    "topic": "errors",
    "whom": "person",
    "step": "absence",
    "how": "goes-on",
    "benefit": "sickness-allowance",
    "kind": "json",
}


class World:
    """Ids by the name they have in a route, and what must not reach a stranger."""

    def __init__(self) -> None:
        machines_and_people()
        self.machines = {actor: with_token(name) for actor, name in CLIENTS.items()}
        self.cookies = {actor: signed_in(actor).cookies for actor in PEOPLE if actor != "anonymous"}
        self.machine("agent").submit(employee=body()["employee"], reference="row-secret")
        application = cast.employer().applications.get()
        asked = ask_about(application)
        self.item = str(asked.items.get().pk)
        self.ids = NAMED | ids_about(application, asked)
        self.kinds = {"applications": application.pk, "drafts": self.ids["draft_id"]} | self.brought()
        self.ids |= {"finding_id": self.kinds["register-findings"]}
        webhook = hooks.hook("http://127.0.0.1:9/")
        self.kinds |= {"webhooks": webhook.pk}
        self.ids |= {"did": hooks.waiting(webhook).pk}
        connection.check_constraints()  # nothing may be pending when a reset empties the tables
        self.secrets = ("row-secret", "010190-9123", "Esimerkkileipomo", cast.employer().iban)

    def brought(self) -> dict[str, Any]:
        """What came by the register and by a file."""
        sync = finding_of_another_person()
        batch = self.machine("agent").post("batches", ROW, key=KEY, kind="text/csv").json()["id"]
        return {"register-syncs": sync.pk, "register-findings": cast.employer().findings.get().pk, "batches": batch}

    def machine(self, actor: str) -> Machine:
        return self.machines[actor]

    def id_of(self, name: str, route: str) -> Any:
        """`id` means another table on each route."""
        return self.kinds[route.split("/")[3]] if name == "id" else self.ids[name]

    def address(self, route: str, **instead: Any) -> str:
        own = {"id": self.id_of("id", route)} if "<uuid:id>" in route else {}
        ids = self.ids | own | instead
        for name, value in ids.items():
            for kind in ("uuid", "str", "slug"):
                route = route.replace(f"<{kind}:{name}>", str(value))
        return route

    def call(self, actor: str, row: str, **instead: Any) -> HttpResponse:
        """As a machine; officials and strangers have no token."""
        method, route = row.split(" ")
        path = self.address(route, **instead)
        if actor in ("official", "anonymous"):
            client = self.person(actor)
            return client.generic(method, path, b"" if method == "GET" else b"{}", content_type=JSON)
        machine, call = self.machine(actor), path.removeprefix("/api/v1/")
        if method in ("GET", "DELETE"):
            return machine.get(call) if method == "GET" else machine.delete(call)
        content, kind = (ROW, "text/csv") if call == "batches" else (json.dumps(self.body(call)).encode(), JSON)
        seen = {"If-Match": '"2"' if call.startswith("drafts") else '"1"'}  # where a change is made from a version
        if method in ("PATCH", "PUT"):
            change = machine.patch if method == "PATCH" else machine.put
            return change(call, self.body(call), headers=seen)
        return machine.post(call, content, key="matrix-0123456789abcdef", kind=kind, headers=seen)

    def body(self, call: str, **changes: Any) -> dict[str, Any]:
        if call.endswith("/answers"):
            return {"answers": [{"item": self.item, "text": "The basic pay."}]}
        if call.split("/")[-1] in SAID:
            return SAID[call.split("/")[-1]]
        code = {"personal_identity_code": "010190-9123"}
        bodies = {
            "applications/search": {"employer": cast.BAKERY} | code,
            "register-syncs": {"employer": cast.BAKERY},
            "sandbox/clock": {},
            "drafts": {"employer": cast.BAKERY, "benefit": "sickness_allowance"},
            f"drafts/{self.ids['draft_id']}": {"ready": True},
            f"employers/{cast.BAKERY}/bank-account": {"iban": places.NEW_IBAN},
            "webhooks": {"url": "http://127.0.0.1:9/"},
            f"webhooks/{self.kinds['webhooks']}": {"description": "Ours"},
            f"register-findings/{self.ids['finding_id']}/dismissal": {"because": "not_paid"},
        }
        return bodies.get(call, body(employee=OTHER_PERSON, reference="another")) | changes

    def page(self, actor: str, row: str, **instead: Any) -> HttpResponse:
        method, route = row.split(" ")
        client, path = self.person(actor), self.address(route, **instead)
        benefit = {"benefit": "sickness_allowance"}
        return client.get(path) if method == "GET" else client.post(path, benefit)

    def person(self, actor: str) -> Client:
        client = Client(raise_request_exception=False)
        if actor != "anonymous":
            client.cookies = self.cookies[actor].copy()
        return client


JSON = "application/json"
NAMES = {
    "owner": "Aino Esimerkki",
    "other_employer": "Dan Exempel",
    "official": "Sandbox official",
}


def signed_in(actor: str) -> Client:
    """Once each, as a token is asked for once: what a test takes back would take the session with it."""
    client = Client()
    client.force_login(User.objects.get(name=NAMES.get(actor, actor)), backend=BACKEND)
    return identified(client)


def with_token(name: str) -> Machine:
    """Asked for once: what a test takes back would take a token with it."""
    machine = Machine(name)
    assert machine.token
    return machine


def machines_and_people() -> None:
    """A mandate for each kind of agent, to a firm and to a person alike."""
    client("bakery", cast.employer())
    yesterday = clock.today() - timedelta(days=1)
    for name, held in {"agent": rights.RIGHTS, **AGENTS}.items():
        until = yesterday if name == "ended" else None
        since = {"principal": cast.employer(), "rights": list(held), "valid_from": cast.AT.date(), "valid_until": until}
        Mandate.objects.create(agent_user=User.objects.create_user(name, name=name), **since)
        if name in AGENTS:
            firm = Organisation.objects.create(business_id=BUSINESS_IDS[name], name=name, kind="payroll_firm")
            client(name, firm)
            Mandate.objects.create(agent_organisation=firm, **since)


def client(name: str, organisation: Organisation) -> None:
    application = OAuthApplication.objects.create(
        client_id=name,
        client_secret=f"{name}-secret",
        client_type=OAuthApplication.CLIENT_CONFIDENTIAL,
        authorization_grant_type=OAuthApplication.GRANT_CLIENT_CREDENTIALS,
    )
    ClientSystem.objects.create(application=application, organisation=organisation, name=name, scopes=list(EVERY))


def ids_about(application: Any, asked: Any) -> dict[str, Any]:
    draft = draft_of_owner()
    ids = {
        "organisation_id": cast.employer().pk,
        "application_id": application.pk,
        "request_id": asked.pk,
        "rid": asked.pk,
        "draft_id": draft,
        "right_id": Mandate.objects.get(agent_user=cast.user("Bo")).pk,
        "preview_id": sittings.begun_list().pk,
        "thread_id": threads.asked(application).pk,
        "attachment_id": files.checked(Draft.objects.get(pk=draft)).pk,
        "aid": files.checked(application).pk,
    }
    return ids | places.of_routes() | programs.of_routes()


def ask_about(application: Any) -> Any:
    due = clock.today() + timedelta(days=14)
    return ask(
        application_id=application.pk, items=[("other", "row-secret?")], due=due, by=cast.by_official(), at=clock.now()
    )


def finding_of_another_person() -> Any:
    """The sync that brought it."""
    paid = reports.absence(date(2026, 3, 2), date(2026, 4, 10))
    year = reports.year_of_wages(code=reports.EERO)
    return reports.reviewed(*year, reports.report("row-secret", paid, code=reports.EERO))


def draft_of_owner() -> Any:
    owner = Client()
    owner.force_login(cast.user("Aino"), backend=BACKEND)
    return filled_in(owner).pk
