"""Every operation shows what is sent and what comes back, and what it shows is as its shape says."""

import json
import re
from functools import cache

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from employers.intake import documents
from employers.notifications.due import payload
from employers.organisations import rights
from employers.records import events, wire
from employers.records.models import Event
from portal.described import every
from portal.described.document import DOCUMENTS, document
from tests.machine import Machine

GOOD = ("200", "201", "202")
CODE = re.compile(r"\b\d{6}[-+A-FU-Y](\d{3})[0-9A-FHJ-NPR-Y]\b")
READABLE = {"application/json", "text/csv", "application/x-ndjson", "multipart/form-data"}  # a PDF shows nothing here


@cache
def described(agency: bool) -> dict:
    return json.loads(wire.dumps(document(agency=agency)))


def operations():
    return [
        pytest.param(agency, operation, id=f"{method.upper()} {path.removeprefix('/api/v1')}")
        for agency in (False, True)
        for path, methods in described(agency)["paths"].items()
        for method, operation in methods.items()
    ]


def contents(operation):
    """Every body that may be sent or come back when all is well: its media type and what is said of it."""
    bodies = [operation.get("requestBody", {})] + [operation["responses"].get(status, {}) for status in GOOD]
    for body in bodies:
        for kind, content in body.get("content", {}).items():
            if kind in READABLE:
                yield kind, content


@pytest.mark.parametrize(("agency", "operation"), operations())
def test_every_body_has_an_example_that_fits(agency, operation):
    for kind, content in contents(operation):
        assert content.get("examples"), f"no example of {kind}"
        shape = {**content["schema"], "components": described(agency)["components"]}
        for name, example in content["examples"].items():
            found = Draft202012Validator(shape, format_checker=FormatChecker()).iter_errors(example["value"])
            assert [f"{name} {error.json_path}: {error.message}" for error in found] == []


@pytest.mark.parametrize(("agency", "operation"), operations())
def test_every_body_to_send_has_an_example(agency, operation):
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        assert content.get("examples"), f"no example of {kind}"


@pytest.mark.django_db
@pytest.mark.usefixtures("sandbox")
def test_an_example_that_is_elsewhere_is_there():
    """In a file that holds it, of the kind that it is an example of."""
    found = {
        (content["externalValue"], kind)
        for _agency, operation in (one.values for one in operations())
        for body in [operation.get("requestBody", {}), *operation["responses"].values()]
        for kind, shown in body.get("content", {}).items()
        for content in shown.get("examples", {}).values()
        if "externalValue" in content
    }
    assert found
    for address, kind in found:
        answer = Machine().get(address.removeprefix("/api/v1/"))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(("agency", "operation"), operations())
def test_every_refusal_has_an_example_that_fits(agency, operation):
    components = described(agency)["components"]
    shape = {"$ref": "#/components/schemas/Problem", "components": components}
    refused = {status: one for status, one in operation["responses"].items() if status[0] in "45" and status != "500"}
    assert {"406", "503"} <= refused.keys()
    for status, answer in refused.items():
        examples = answer["content"]["application/problem+json"]["examples"]
        assert examples
        for example in examples.values():
            value = components["examples"][example["$ref"].rpartition("/")[2]]["value"]
            assert value["status"] == int(status)
            assert value["code"] in documents.TITLES
            assert value["detail"]
            assert [error.message for error in Draft202012Validator(shape).iter_errors(value)] == []


@pytest.mark.parametrize(("agency", "operation"), operations())
def test_every_operation_has_its_words(agency, operation):
    tags = {tag["name"]: tag["description"] for tag in described(agency)["tags"]}
    assert operation["summary"]
    assert len(operation["summary"]) < 70
    assert [tag for tag in operation["tags"] if not tags[tag]] == []


def test_every_event_is_told_as_it_is_sent():
    told, components = described(False)["webhooks"], described(False)["components"]
    assert set(told) == {*events.PUBLIC, "webhook.ping"}
    for kind, one in told.items():
        content = one["post"]["requestBody"]["content"]["application/json"]
        shape = {**content["schema"], "components": components}
        value = content["examples"]["sent"]["value"]
        assert value["type"] == kind
        assert [error.message for error in Draft202012Validator(shape).iter_errors(value)] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("sandbox")
def test_what_is_sent_is_as_it_is_told():
    """What the code that sends makes of a real event, not what we think that it does."""
    Machine().submit()
    event = Event.objects.get(type=events.SUBMITTED)
    shape = {"$ref": "#/components/schemas/Notice", "components": described(False)["components"]}
    assert [error.message for error in Draft202012Validator(shape).iter_errors(json.loads(payload(event)))] == []


def test_no_call_is_without_a_description_and_no_description_without_a_call():
    assert set(every.CALLS) == set(rights.CALLS) - DOCUMENTS


def test_a_name_told_twice_is_refused(monkeypatch):
    monkeypatch.setattr("portal.described.history.SHAPES", {"Employer": {}})
    with pytest.raises(ValueError, match="tells again in SHAPES: Employer"):
        every.collected("SHAPES")


def test_people_in_examples_are_nobody():
    text = wire.dumps([described(False), described(True)]).decode()
    numbers = {int(number) for number in CODE.findall(text)}
    assert numbers
    assert all(number >= 900 for number in numbers)
    assert {name for name in re.findall(r"\b[0-9]{7}-[0-9]\b", text) if not name.startswith("9")} == set()
