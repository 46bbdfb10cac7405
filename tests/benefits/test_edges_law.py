"""A parameter from its file to the list everybody can read, and what an overlay does at its edges."""

from datetime import date
from decimal import Decimal

import pytest

from employers.benefits.estimate import ParameterUse
from employers.benefits.law import (
    Law,
    NotInForce,
    Parameter,
    Value,
    described,
    in_force,
    last_official_year,
    overlaid,
    parameters,
    read,
)

DAY = date(2026, 5, 1)
CEILING = """
description = "A ceiling for \u00e4nyone"
reference = "An act"
unit = "EUR/year"
[values]
2021-01-01 = { value = 430, low = 423.60, high = 440, status = "estimate", reference = "A guess" }
2020-01-01 = { value = 423.60, status = "official" }
2022-01-01 = { status = "unknown" }
"""


def ceiling(tmp_path, *, title: str = "") -> Parameter:
    (tmp_path / "group").mkdir()
    file = tmp_path / "group" / "ceiling.toml"
    file.write_bytes((title + CEILING).encode())
    return read(file)


def test_a_file_in_full(tmp_path):
    assert ceiling(tmp_path) == Parameter(
        name="group.ceiling",
        description="A ceiling for \u00e4nyone",
        unit="EUR/year",
        values=(
            Value(start=date(2020, 1, 1), value=Decimal("423.60"), status="official", reference="An act"),
            Value(
                start=date(2021, 1, 1),
                value=Decimal(430),
                status="estimate",
                reference="A guess",
                low=Decimal("423.60"),
                high=Decimal(440),
            ),
            Value(start=date(2022, 1, 1), value=None, status="unknown", reference="An act"),
        ),
        title={},
    )


def test_a_title_by_language(tmp_path):
    titled = ceiling(tmp_path, title='title = { en = "Ceiling" }')
    assert titled.title == {"en": "Ceiling"}


def test_a_value_as_an_estimate_lists_it(tmp_path):
    parameter = ceiling(tmp_path)
    assert parameter.on(date(2019, 12, 31)) is None
    assert parameter.on(date(2022, 1, 1)) is None
    assert parameter.on(date(2021, 12, 31)) == ParameterUse(
        name="group.ceiling",
        value=Decimal(430),
        valid_from=date(2021, 1, 1),
        status="estimate",
        reference="A guess",
        low=Decimal("423.60"),
        high=Decimal(440),
    )
    assert parameter.on(date(2020, 1, 1)).as_dict() == {
        "name": "group.ceiling",
        "value": "423.60",
        "valid_from": "2020-01-01",
        "status": "official",
        "reference": "An act",
    }


def test_a_value_as_the_list_shows_it():
    shown = described(Law.on(DAY).use("sickness.waiting_weekdays"))
    assert (shown.name, shown.value, shown.unit, shown.status) == (
        "sickness.waiting_weekdays",
        9,
        "weekdays",
        "official",
    )
    assert "8:7" in shown.reference
    assert "waiting" in shown.description.lower()
    assert set(shown.title) == {"en", "fi", "sv"}


def test_the_list_shows_what_was_entered():
    entered = Value(start=date(2026, 1, 1), value=Decimal(5), status="official", reference="A decree")
    listed = {use.name: use for use in parameters(DAY, overlay={"sickness.waiting_weekdays": [entered]})}
    assert (listed["sickness.waiting_weekdays"].value, listed["sickness.waiting_weekdays"].reference) == (5, "A decree")


def test_what_was_entered_stays_when_another_value_is_put_in_its_place():
    entered = Value(start=date(2026, 1, 1), value=Decimal(5), status="official", reference="A decree")
    law = Law.on(DAY, overlay={"sickness.waiting_weekdays": [entered]})
    changed = law.instead({"sickness.minimum": law.use("sickness.divisor")})
    assert (changed.day, changed.count("sickness.waiting_weekdays"), changed.value("sickness.minimum")) == (DAY, 5, 300)


def test_a_law_without_a_value_says_of_what_and_when():
    with pytest.raises(NotInForce, match=r"^sickness\.income_limit has no value on 2027-01-01$"):
        Law.on(date(2027, 1, 1)).use("sickness.income_limit")


def test_before_the_first_value_none_is_in_force():
    value = Value(start=DAY, value=Decimal(1), status="official", reference="")
    assert in_force([value], DAY) == value
    assert in_force([value], date(2026, 4, 30)) is None


def test_what_is_entered_where_nothing_is_known_ends_with_its_year(tmp_path):
    parameter = ceiling(tmp_path)
    entered = Value(start=date(2022, 1, 1), value=Decimal(450), status="official", reference="A decree")
    laid = overlaid(parameter, {"group.ceiling": [entered]})
    unknown = Value(start=date(2023, 1, 1), value=None, status="unknown", reference="")
    assert laid.values == (*parameter.values[:2], entered, unknown)


def test_what_is_entered_where_a_value_is_known_ends_where_that_did(tmp_path):
    parameter = ceiling(tmp_path)
    entered = Value(start=date(2020, 7, 1), value=Decimal(450), status="official", reference="A decree")
    first, second, third = parameter.values
    assert overlaid(parameter, {"group.ceiling": [entered]}).values == (first, entered, second, third)


def test_what_is_entered_before_the_first_value_holds_until_it(tmp_path):
    parameter = ceiling(tmp_path)
    entered = Value(start=date(2018, 1, 1), value=Decimal(400), status="official", reference="A decree")
    assert overlaid(parameter, {"group.ceiling": [entered]}).values == (entered, *parameter.values)


def test_an_estimate_does_not_make_a_year_official():
    guessed = Value(start=date(2027, 1, 1), value=Decimal(29900), status="estimate", reference="A guess")
    assert last_official_year(overlay={"sickness.income_limit": [guessed]}) == 2026
