"""The details of each benefit in the OpenAPI document: from their declaration, with words, fitting what is sent."""

import pytest
from jsonschema import Draft202012Validator

from employers.benefits.details import DETAILS
from employers.intake import detail_words
from portal.described.claim import claims
from portal.described.details import component
from portal.described.every import SHAPES
from tests.intake.thirteen import BENEFITS, example
from tests.intake.thirteen import DETAILS as EXAMPLES
from tests.machine import Machine

pytestmark = pytest.mark.usefixtures("sandbox")


def shaped(name, document):
    """What is not as the shape says."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SHAPES}}
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(document)]


@pytest.mark.parametrize("benefit", BENEFITS)
def test_the_example_of_every_benefit_fits(benefit):
    assert shaped("Claim", example(benefit)) == []
    assert shaped(component(benefit), EXAMPLES[benefit]) == []


@pytest.mark.parametrize("benefit", BENEFITS)
def test_details_nobody_declared_do_not(benefit):
    assert shaped(component(benefit), {**EXAMPLES[benefit], "colour": "red"}) != []


WRONG = [
    ("partial_sickness_allowance", {"weekly_hours_before": 37.5}),
    ("family_leave_compensation", {"working_time_percent": 101}),
    ("family_leave_compensation", {"basis": "birth"}),
    ("family_leave_compensation", {"contract": None}),
    ("annual_leave_compensation", {"months": [{"month": "2026-13", "paid_days": 25, "holiday_pay": "300.00"}]}),
    ("infectious_disease_allowance", {"monthly_pay": "3000"}),
]


@pytest.mark.parametrize(("benefit", "change"), WRONG)
def test_wrong_values_do_not_fit(benefit, change):
    assert shaped(component(benefit), EXAMPLES[benefit] | change) != []


def test_every_benefit_is_described_in_english_words():
    shapes = Machine(language="fi").http.get("/api/v1/openapi.json").json()["components"]["schemas"]
    period = shapes["OccupationalHealthReimbursementDetails"]["properties"]["accounting_period"]
    assert period["description"] == "Accounting period"
    assert {component(benefit) for benefit in DETAILS} <= shapes.keys()


def test_the_examples_of_the_document_can_be_sent():
    paths = Machine().http.get("/api/v1/openapi.json").json()["paths"]
    content = paths["/api/v1/applications"]["post"]["requestBody"]["content"]["application/json"]
    assert content["examples"].keys() == claims().keys()
    for each in content["examples"].values():
        assert shaped("Claim", each["value"]) == []
        answer = Machine().post("applications/validate", each["value"])
        assert answer.status_code == 200, answer.json()


def test_codes_tell_what_each_benefit_asks():
    found = Machine().http.get("/api/v1/codes").json()
    assert [item["benefit"] for item in found["details"]] == list(BENEFITS)
    asked = {item["benefit"]: {one["name"]: one for one in item["members"]} for item in found["details"]}
    assert asked["sickness_allowance"] == {}
    contract = asked["family_leave_compensation"]["contract.kind"]
    assert (contract["kind"], contract["needed"]) == ("choice", "always")
    assert [choice["code"] for choice in contract["choices"]] == ["open_ended", "fixed_term"]
    assert set(contract["label"]) == {"fi", "sv", "en"}
    names = {name for members in asked.values() for name in members}
    assert names == set(detail_words.LABELS)


def test_codes_name_every_line_and_unit():
    found = Machine().http.get("/api/v1/codes").json()
    assert {"class_1", "annual_leave_month", "earnings_lost"} <= {item["code"] for item in found["lines"]}
    assert [item["code"] for item in found["units"]] == ["weekday", "month", "EUR", "compensation"]


def test_the_page_tells_what_each_benefit_asks():
    page = Machine().http.get("/api/docs/details", headers={"Accept-Language": "en"}).content.decode()
    assert "Family leave compensation" in page
    contract = page.partition("<code>contract.kind</code>")[2].partition("</li>")[0]
    assert contract.startswith(": Kind of contract <")
    assert "(one of those named, always needed: <code>open_ended</code>, <code>fixed_term</code>)" in contract
