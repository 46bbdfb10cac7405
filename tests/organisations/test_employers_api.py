"""Employers and readiness over HTTP."""

import pytest

from employers.organisations.models import Mandate, Organisation
from tests.cast import BAKERY, CAFE, WHOLESALER, employer
from tests.machine import Machine

pytestmark = pytest.mark.usefixtures("sandbox")


def test_a_firm_sees_whom_it_acts_for_and_what_it_may_do():
    found = {item["business_id"]: item for item in Machine().get("employers").json()["items"]}
    assert found[BAKERY]["size_class"] == "small"
    assert found[BAKERY]["employees"] == 19
    assert found[CAFE]["rights"] == ["apply"]
    assert {item["size_class"] for item in found.values()} == {"small", "medium", "large"}
    assert WHOLESALER not in found


def test_an_employer_acts_for_itself_with_every_right():
    [own] = Machine("sandbox-large").get("employers").json()["items"]
    assert (own["business_id"], own["size_class"], len(own["rights"])) == ("9000009-7", "large", 7)


def test_one_employer_reads_as_in_the_list():
    machine = Machine()
    [listed] = [item for item in machine.get("employers").json()["items"] if item["business_id"] == BAKERY]
    assert machine.get(f"employers/{BAKERY}").json() == listed


@pytest.mark.parametrize(
    ("business_id", "missing"),
    [(BAKERY, []), (CAFE, ["bank_account", "consent"]), ("9000005-4", ["mandate"])],
)
def test_readiness_tells_what_is_missing(business_id, missing):
    assert Machine().get(f"employers/{business_id}/readiness").json() == {"ready": not missing, "missing": missing}


def test_rights_of_several_mandates_add_up():
    firm = Organisation.objects.get(business_id="9000011-8")
    Mandate.objects.create(
        principal=employer(CAFE), agent_organisation=firm, rights=["view_payments"], valid_from="2020-01-01"
    )
    assert Machine().get(f"employers/{CAFE}").json()["rights"] == ["apply", "view_payments"]
