"""Every route x everybody: one table says who gets what; what is foreign looks exactly like what does not exist."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils.translation import override

from employers.organisations.permissions import route as as_call
from employers.organisations.rights import CALLS as SCOPES
from tests import cast
from tests.machine import KEY
from tests.portal.matrix import PAGES, PEOPLE, PUBLIC, STATE
from tests.portal.matrix_calls import CALLS, MACHINES
from tests.portal.world import ROW, World

NOBODYS = "9999991-7"  # a valid Business ID
STRANGERS = ("other_employer", "ended", "official", "anonymous", "agency")
IDS = re.compile(r"<\w+:(id|rid|aid|business_id|key|\w+_id)>")
VARYING = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|"trace_id": ?"[^"]+"|nonce="[^"]+"')


def routes() -> set[str]:
    """As the resolver has them, in the default language."""
    with override("fi"):
        return set(walked(get_resolver().url_patterns))


def walked(patterns, before: str = "/") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here
        elif here != "/admin/":  # tests/applications/test_admin_site.py walks it
            yield from walked(pattern.url_patterns, here)


def rows() -> set[str]:
    return {*PUBLIC, *PAGES, *CALLS, *STATE}


def test_every_route_has_a_row():
    with_rows = {row.split(" ")[1] for row in rows()}
    assert [route for route in sorted(routes()) if route not in with_rows] == []


def test_every_row_has_a_route():
    assert {row for row in rows() if row.split(" ")[1] not in routes()} == set()


def test_the_table_of_scopes_and_this_one_name_the_same_calls():
    named = {f"{row.split(' ')[0]} {as_call(row.split(' ')[1][1:])}" for row in (*CALLS, *PUBLIC) if "/api/v1/" in row}
    served = {as_call(route[1:]) for route in routes()}
    assert named == {call for call in SCOPES if call.split(" ")[1] in served}


def undone(act):
    """What was answered; what was done is taken back, so that everybody finds the same world."""
    with transaction.atomic():
        answer = act()
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, body


def without_what_varies(body: bytes, key: object = "") -> bytes:
    """The id asked for is in the address, which an answer may repeat."""
    return VARYING.sub(b"", body.replace(str(key).encode(), b"") if key else body)


@pytest.mark.parametrize("row", PUBLIC)
def test_public(sandbox, row):
    method, route = row.split(" ")
    path = route.replace("<str:code>", "not-found").replace("<slug:slug>", "nowhere")
    path = path.replace("<slug:benefit>", "sickness-allowance").replace("<int:year>", "2026")
    path = path.replace("<slug:topic>", "errors")
    client = Client()
    answer = client.get(path) if method == "GET" else client.post(path, {"language": "sv"})
    assert answer.status_code == PUBLIC[row]


def walk(world: World, ask, table: dict, actors: tuple[str, ...]) -> tuple[dict, list]:
    """What each got, and what strangers got to see that is none of their business."""
    found, leaked = {}, []
    for row in table:
        answers = {actor: undone(lambda actor=actor, row=row: ask(actor, row)) for actor in actors}
        found[row] = tuple(status for status, _body in answers.values())
        for stranger in set(STRANGERS) & set(actors):
            body = answers[stranger][1]
            leaked += [(row, stranger, secret) for secret in world.secrets if secret.encode() in body]
    return found, leaked


def test_pages(world):
    found, leaked = walk(world, world.page, PAGES, PEOPLE)
    assert found == PAGES
    assert leaked == []


def test_calls(world):
    found, leaked = walk(world, world.call, CALLS, MACHINES)
    assert found == CALLS
    assert leaked == []


def test_foreign_and_unknown_ids_get_the_same_bytes(world):
    asked = [(row, name) for row in (*PAGES, *CALLS) for name in set(IDS.findall(row))]
    assert len(asked) > 25
    assert [pair for pair in asked for stranger in ("other_employer", "ended") if differs(world, *pair, stranger)] == []


def differs(world: World, row: str, name: str, stranger: str) -> bool:
    ask, nothing = world.call if "/api/" in row else world.page, unknown_like(name)
    foreign = undone(lambda: ask(stranger, row))
    unknown = undone(lambda: ask(stranger, row, **{name: nothing}))
    said = without_what_varies(foreign[1], world.id_of(name, row))
    return (foreign[0], said) != (404, without_what_varies(unknown[1], nothing)) or unknown[0] != 404


def unknown_like(name: str) -> str:
    """Of the right form, and of nobody."""
    return {"business_id": NOBODYS, "key": "key-of-nobody-at-all"}.get(name, "01a20070-0000-7000-8000-000000000000")


IN_BODIES = ["estimates", "applications", "applications/validate", "applications/search", "register-syncs"]


def posted(world, call, body):
    return world.machine("other_employer").post(call, body, key="matrix-0123456789abcdef")


@pytest.mark.parametrize("call", IN_BODIES)
def test_a_foreign_employer_in_a_body_is_an_unknown_one(world, call):
    foreign, unknown = (
        undone(lambda business_id=business_id: posted(world, call, world.body(call) | {"employer": business_id}))[1]
        for business_id in (cast.BAKERY, NOBODYS)
    )
    assert without_what_varies(foreign) == without_what_varies(unknown)
    assert b"employer_unknown" in foreign


@pytest.mark.parametrize("call", ["applications", "register-findings"])
@pytest.mark.parametrize("business_id", [cast.BAKERY, NOBODYS, "not one"])
def test_a_filter_by_a_foreign_employer_finds_nothing(world, call, business_id):
    answer = world.machine("other_employer").get(f"{call}?employer={business_id}")
    assert (answer.status_code, answer.json()) == (200, {"items": [], "next": None})


def test_a_foreign_application_cannot_be_continued_nor_told_from_none(world):
    said = []
    for key in (world.ids["application_id"], unknown_like("id")):
        body = world.body("applications", employer="9000009-7", continues_application=str(key))
        said.append(without_what_varies(undone(lambda body=body: posted(world, "applications", body))[1]))
    assert said[0] == said[1]
    assert b"unknown_application" in said[0]


def test_one_key_of_two_clients_is_two_keys(world):
    """An agent's key, used by another client with the same body, does that client's own work."""
    first = world.machine("agent").post("batches", ROW, key=KEY, kind="text/csv")
    second = world.machine("owner").post("batches", ROW, key=KEY, kind="text/csv")
    assert first["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in second
    assert second.json()["id"] != first.json()["id"]
