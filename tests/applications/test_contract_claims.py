"""What the contract says of a claim, member by member, over HTTP: where a no points, and that it repeats nothing."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.intake.thirteen import BENEFITS, DETAILS, example
from tests.machine import Machine, body, codes

pytestmark = pytest.mark.usefixtures("sandbox")
HEALTH = "occupational_health_reimbursement"
CONDITIONS = DETAILS[HEALTH]["conditions"]
WRONG = (
    True, -1, 10**30, 1.5, "x" * 5000, "\x00", [], {}, [None], {"a": 1}, "2026-02-30", "NaN", "\uff11\uff12", "9" * 400,
)  # fmt: skip
SAMPLE = 4  # wrong values of each benefit
TEXTS = {
    "additional_information", "given_name", "family_name", "name", "phone", "email", "payment_specifier", "reference",
}  # fmt: skip
Path = tuple[str | int, ...]


def paths(said: Any, above: Path = ()) -> Iterator[Path]:
    for name, value in said.items() if isinstance(said, dict) else enumerate(said):
        yield (*above, name)
        if isinstance(value, dict | list):
            yield from paths(value, (*above, name))


def with_value(said: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    made = inner = copy.deepcopy(said)
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return made


def told(answer) -> list[str]:
    return [error["pointer"] for error in answer.json()["errors"] if error["severity"] == "error"]


def answered_well(machine: Machine, said: dict[str, Any], path: Path, value: Any) -> None:
    answer = machine.post("applications/validate", with_value(said, path, value))
    here = "".join(f"/{name}" for name in path)
    assert answer.status_code in (200, 422), (path, value, answer.content)
    if answer.status_code == 200:
        assert path[-1] in TEXTS or value in ([], {}, True), (path, value)
        return
    assert any(each.startswith(here) or here.startswith(f"{each}/") for each in told(answer)), (path, value)
    assert not isinstance(value, str) or len(value) < 3 or value not in answer.content.decode()


def test_a_value_of_another_kind_is_told_at_its_place_and_not_repeated():
    """Expected, of any value anywhere: 200 or 422; a 422 points there, above or below; the value is not in it."""
    machine, chance = Machine("sandbox-bench"), random.Random(1224)
    for benefit in BENEFITS * SAMPLE:
        said = example(benefit)
        path = chance.choice([path for path in paths(said) if path[0] != "benefit"])
        answered_well(machine, said, path, chance.choice(WRONG))


@pytest.mark.parametrize("benefit", ["sickness_allowance", HEALTH])
def test_null_means_absent(benefit):
    """Expected: whatever member is null, the answer is as if it were not there."""
    machine, said = Machine("sandbox-bench"), example(benefit)
    for name in said:
        left_out = {other: value for other, value in said.items() if other != name}
        null, absent = (machine.post("applications/validate", sent) for sent in (said | {name: None}, left_out))
        assert null.status_code == absent.status_code, name
        assert null.json().get("estimate") == absent.json().get("estimate"), name
        assert null.json().get("errors") == absent.json().get("errors"), name


def test_each_condition_of_occupational_health_has_to_be_met():
    """Expected: false or missing, it is an error at that condition when sent, and nothing in an estimate."""
    machine, details = Machine("sandbox-bench"), DETAILS[HEALTH]
    for condition in CONDITIONS:
        rest = {name: met for name, met in CONDITIONS.items() if name != condition}
        for conditions in (rest | {condition: False}, rest):
            said = example(HEALTH, details=details | {"conditions": conditions})
            assert told(machine.post("applications/validate", said)) == [f"/details/conditions/{condition}"]
        assert machine.post("estimates", said).status_code == 200


def test_a_reference_of_any_length_that_is_allowed_will_do():
    for reference in ("a", "a" * 64, "A-z_0.9", "-", "."):
        assert Machine().post("applications/validate", body(reference=reference)).status_code == 200


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("pay_periods", [("2026-03-20", "2026-04-10"), ("2026-03-02", "2026-03-20")]),
        ("other_days", [("2026-03-18", "2026-03-20"), ("2026-03-16", "2026-03-18")]),
    ],
)
def test_of_two_overlapping_entries_the_later_in_the_list_is_named(name, entries):
    """Expected: also where the later in the list is the earlier in time."""
    more = {"amount": "100.00"} if name == "pay_periods" else {"kind": "unpaid"}
    said = body(**{name: [{"start": start, "end": end} | more for start, end in entries]})
    answer = Machine().post("applications/validate", said)
    assert (f"/{name}/1", "overlapping_periods") in codes(answer)
    assert told(answer) == [f"/{name}/1"]
