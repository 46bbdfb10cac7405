"""The OpenAPI documents: every call is in, real answers have the shapes promised, the agency's part is apart."""

import json

import pytest
from jsonschema import Draft202012Validator

from employers.organisations import rights
from portal.described.every import SHAPES
from portal.docs import OTHERS, resources
from portal.guides import GUIDES
from tests.machine import EXAMPLE, KEY, Machine, body

pytestmark = pytest.mark.usefixtures("sandbox")


def shaped(name: str, document: object) -> list[str]:
    """What is not as the shape says."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SHAPES}}
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(document)]


def test_every_call_is_documented():
    document = Machine().http.get("/api/v1/openapi.json").json()
    documented = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in document["paths"].items()
        for method in methods
    }
    internal = {call for call, needs in rights.CALLS.items() if needs.scope == rights.SEGMENTS_READ}
    pages = {"GET /openapi.json", "GET /problems/{code}"}
    assert set(rights.CALLS) - internal - pages - documented == set()
    assert document["openapi"] == "3.1.0"


def test_every_call_has_a_name_of_its_own():
    """Programs are generated from it: a name that depends on which calls there are would change under them."""
    paths = Machine().http.get("/api/v1/openapi.json").json()["paths"]
    names = [operation["operationId"] for methods in paths.values() for operation in methods.values()]
    assert len(names) == len(set(names))
    assert {"get_applications", "get_applications_id", "post_applications_id_requests_rid_answers"} <= set(names)


def test_every_reference_leads_somewhere():
    text = Machine().http.get("/api/v1/openapi.json").content.decode()
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(SHAPES)


def test_an_employer_reads_nothing_of_segments():
    answer = Machine().http.get("/api/v1/openapi.json").content.decode()
    pages = [
        Machine().http.get(f"/api/docs/{topic}").content.decode() for topic in ("", *GUIDES, *OTHERS, *resources())
    ]
    for word in ("segment", "feedback", "steady", "'changing'", '"changing"', '"supported"'):
        assert word not in answer
        assert [page for page in pages if word in page] == []


def test_the_agency_reads_its_own():
    agency = Machine("sandbox-agency")
    assert list(agency.get("agency/openapi.json").json()["paths"]) == ["/api/v1/customers/feedback"]
    assert Machine().get("agency/openapi.json").status_code == 403
    assert Machine().http.get("/api/v1/agency/openapi.json").status_code == 401


def test_the_example_fits_its_shape():
    assert shaped("Claim", EXAMPLE) == []
    assert shaped("Claim", EXAMPLE | {"colour": "red"}) != []


def test_real_answers_fit_their_shapes():
    machine = Machine()
    sent = machine.submit().json()
    sync = machine.post("register-syncs", {"employer": "9000004-6"}, key=KEY)
    answers = {
        "Application": [sent, machine.get(f"applications/{sent['id']}").json()],
        "ApplicationPage": [machine.get("applications").json()],
        "MovePage": [machine.get(f"applications/{sent['id']}/history").json()],
        "RequestPage": [machine.get(f"applications/{sent['id']}/requests").json()],
        "Estimate": [machine.post("estimates", body(income_after_deduction="40000.00")).json()],
        "Validation": [machine.post("applications/validate", body()).json()],
        "Problem": [machine.submit(1, pay_basis="x").json(), machine.get("nothing").json()],
        "EmployerPage": [machine.get("employers").json()],
        "Readiness": [machine.get("employers/9000004-6/readiness").json()],
        "EventPage": [machine.get("events").json()],
        "Sync": [sync.json(), machine.get(f"register-syncs/{sync.json()['id']}").json()],
        "FindingPage": [machine.get("register-findings").json()],
        "Parameters": [machine.get("parameters").json()],
        "Codes": [machine.get("codes").json()],
    }
    for name, documents in answers.items():
        for document in documents:
            assert shaped(name, document) == [], name


def test_the_documents_are_json_a_machine_can_read():
    assert json.loads(Machine().http.get("/api/v1/openapi.json").content)["components"]["securitySchemes"]["oauth2"]
