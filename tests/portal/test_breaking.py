"""What breaks a program that was written for an older description of the interface, kind by kind."""

import copy
import shutil
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from portal.described.breaking import breaks

THING = {
    "type": "object",
    "required": ["id", "status"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "status": {"type": "string", "enum": ["open", "closed"]},
        "amount": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "inside": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
    },
}
ORDER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "maxLength": 100},
        "kind": {"type": "string", "enum": ["a", "b"]},
        "many": {"anyOf": [{"type": "array", "maxItems": 60, "items": {"type": "integer"}}, {"type": "null"}]},
        "details": {"anyOf": [{"$ref": "#/components/schemas/This"}, {"$ref": "#/components/schemas/Other"}]},
    },
}
OLD = {
    "paths": {
        "/things": {
            "post": {
                "operationId": "post_things",
                "parameters": [
                    {"in": "query", "name": "limit", "schema": {"type": "integer", "maximum": 200}},
                    {"in": "header", "name": "Prefer", "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Order"}},
                        "text/csv": {"schema": {}},
                    },
                },
                "responses": {
                    "201": {
                        "headers": {"ETag": {}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                    },
                    "409": {},
                },
                "security": [{"oauth2": ["read"]}],
            },
            "get": {"operationId": "get_things", "responses": {"200": {}}},
        }
    },
    "webhooks": {
        "thing.made": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
            }
        },
        "thing.lost": {"post": {}},
    },
    "components": {"schemas": {"Thing": THING, "Order": ORDER, "This": {}, "Other": {"type": "object"}}},
}
POST = ("paths", "/things", "post")
TAKEN = ("components", "schemas", "Order")
GIVEN = ("components", "schemas", "Thing")
GONE = object()

KINDS = [
    # what is changed, to what, the line
    (("paths", "/things"), GONE, "GET /things: is gone"),
    (("paths", "/things", "get"), GONE, "GET /things: is gone"),
    ((*POST, "operationId"), "make_thing", "POST /things: operationId is not post_things any more"),
    ((*POST, "responses", "409"), GONE, "POST /things: status 409 is gone"),
    ((*POST, "responses", "201", "headers", "ETag"), GONE, "POST /things: 201 has no header ETag any more"),
    ((*POST, "responses", "201", "content"), {}, "POST /things: 201 is not application/json any more"),
    ((*POST, "requestBody", "content", "text/csv"), GONE, "POST /things: body is not text/csv any more"),
    ((*POST, "security", 0, "oauth2"), ["read", "write"], "POST /things: scope write is needed now"),
    ((*POST, "parameters", 0, "required"), True, "POST /things: query limit is needed now"),
    ((*POST, "parameters", 0, "name"), "most", "POST /things: query limit is not taken any more"),
    ((*POST, "parameters", 0, "schema", "maximum"), 100, "POST /things: query limit: / takes less: maximum 100"),
    (("paths", "/things", "get", "security"), [{"oauth2": []}], "GET /things: a token is needed now"),
    (("paths", "/things", "get", "requestBody"), {"required": True}, "GET /things: body is needed now"),
    ((*TAKEN, "required"), ["name", "kind"], "POST /things: body /kind is needed now"),
    ((*TAKEN, "properties", "kind"), GONE, "POST /things: body /kind is not taken any more"),
    ((*TAKEN, "properties", "kind", "enum"), ["a"], "POST /things: body /kind is not taken as b any more"),
    ((*TAKEN, "properties", "name", "enum"), ["x"], "POST /things: body /name takes only some values now"),
    ((*TAKEN, "properties", "name", "type"), "integer", "POST /things: body /name is not taken as string any more"),
    ((*TAKEN, "properties", "name", "maxLength"), 50, "POST /things: body /name takes less: maxLength 50"),
    ((*TAKEN, "properties", "name", "minLength"), 2, "POST /things: body /name takes less: minLength 2"),
    ((*TAKEN, "properties", "name", "pattern"), "x", "POST /things: body /name has to look otherwise: pattern"),
    ((*TAKEN, "properties", "many", "anyOf", 1), GONE, "POST /things: body /many is not taken as null any more"),
    ((*TAKEN, "properties", "many", "anyOf", 0, "maxItems"), 9, "POST /things: body /many takes less: maxItems 9"),
    (
        (*TAKEN, "properties", "many", "anyOf", 0, "items", "maximum"),
        9,
        "POST /things: body /many/* takes less: maximum 9",
    ),
    (
        (*TAKEN, "properties", "details", "anyOf", 1),
        GONE,
        "POST /things: body /details is not taken as Other any more",
    ),
    ((*GIVEN, "properties", "amount"), GONE, "POST /things: 201 /amount is gone"),
    ((*GIVEN, "required"), ["id"], "POST /things: 201 /status is not always there any more"),
    ((*GIVEN, "properties", "status", "enum"), ["open"], "POST /things: 201 /status is never closed any more"),
    ((*GIVEN, "properties", "status", "enum"), GONE, "POST /things: 201 /status may hold any value now"),
    ((*GIVEN, "properties", "status", "type"), ["string", "null"], "POST /things: 201 /status may be null now"),
    ((*GIVEN, "properties", "amount", "anyOf", 0, "type"), "number", "POST /things: 201 /amount may be number now"),
    ((*GIVEN, "properties", "id", "format"), GONE, "POST /things: 201 /id looks otherwise: format"),
    ((*GIVEN, "properties", "inside", "items"), {"type": "string"}, "POST /things: 201 /inside/* may be string now"),
    (("webhooks", "thing.lost"), GONE, "webhook thing.lost: is gone"),
    ((*GIVEN, "required"), ["status"], "webhook thing.made: sent /id is not always there any more"),
]
HARMLESS = [
    (("paths", "/other"), {"get": {"operationId": "get_other", "responses": {}}}),
    ((*POST, "responses", "202"), {}),
    ((*POST, "parameters", 0, "schema", "maximum"), 500),
    ((*POST, "security", 0, "oauth2"), []),
    ((*TAKEN, "properties", "more"), {"type": "string"}),
    ((*TAKEN, "required"), []),
    ((*TAKEN, "properties", "kind", "enum"), ["a", "b", "c"]),
    ((*TAKEN, "properties", "kind", "enum"), GONE),
    ((*TAKEN, "properties", "name", "type"), ["string", "null"]),
    ((*GIVEN, "properties", "more"), {"type": "string"}),
    ((*GIVEN, "properties", "status", "enum"), ["open", "closed", "lost"]),
    ((*GIVEN, "required"), ["id", "status", "amount"]),
    ((*GIVEN, "properties", "amount"), {"type": "string"}),
    ((*GIVEN, "description"), "Other words."),
    (("webhooks", "thing.found"), {"post": {}}),
]


def changed(place, value):
    document = copy.deepcopy(OLD)
    found = document
    for part in place[:-1]:
        found = found[part]
    if value is GONE:
        del found[place[-1]]
    else:
        found[place[-1]] = value
    return document


@pytest.mark.parametrize(("place", "value", "line"), KINDS)
def test_it_breaks(place, value, line):
    assert line in breaks(OLD, changed(place, value))


@pytest.mark.parametrize(("place", "value"), HARMLESS)
def test_it_does_not_break(place, value):
    assert breaks(OLD, changed(place, value)) == []


def test_nothing_changed_breaks_nothing():
    assert breaks(OLD, copy.deepcopy(OLD)) == []


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    call_command("openapi", "write", folder=folder)
    return folder


@pytest.fixture
def folder(written, tmp_path):
    return shutil.copytree(written, tmp_path / "docs")


def released(folder, change):
    """Callers have a description in which something was otherwise."""
    document = yaml.safe_load((folder / "openapi.yaml").read_text())
    change(document)
    (folder / "openapi-released.yaml").write_text(yaml.safe_dump(document))


def test_a_description_that_is_not_current_is_refused(folder):
    call_command("openapi", "check", folder=folder)
    (folder / "openapi.yaml").write_text((folder / "openapi.yaml").read_text().replace("List applications", "List"))
    text = StringIO()
    with pytest.raises(CommandError):
        call_command("openapi", "check", folder=folder, stderr=text)
    assert "openapi.yaml is not what the code says" in text.getvalue()


def test_a_break_has_to_stand_in_the_changelog(folder):
    released(folder, lambda document: document["paths"].update({"/api/v1/old": {"get": {"responses": {}}}}))
    text = StringIO()
    with pytest.raises(CommandError):
        call_command("openapi", "check", folder=folder, stderr=text)
    assert "`GET /api/v1/old: is gone`" in text.getvalue()
    (folder / "api-changelog.md").write_text("## 2026-11-22\n\n- Breaking: `GET /api/v1/old: is gone`\n")
    call_command("openapi", "check", folder=folder)


def test_a_release_is_what_callers_have_from_then_on(folder):
    released(folder, lambda document: document["paths"].pop("/api/v1/codes"))
    call_command("openapi", "release", folder=folder)
    assert (folder / "openapi-released.yaml").read_text() == (folder / "openapi.yaml").read_text()


def test_without_the_sandbox_nothing_is_written(folder, settings):
    settings.SANDBOX = False
    with pytest.raises(CommandError, match="SANDBOX=1"):
        call_command("openapi", "write", folder=folder)
