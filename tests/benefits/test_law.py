"""Dated parameters: what is in force, what is unknown, and what an overlay does."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from employers.benefits.estimate import STATUSES
from employers.benefits.law import (
    UNKNOWN,
    Law,
    NotInForce,
    Value,
    described,
    files,
    last_official_year,
    parameters,
    read,
)

LIMIT, CEILING = "sickness.income_limit", "occupational_health.ceiling"


def confirmed(value: str, start: date = date(2027, 1, 1)) -> dict[str, list[Value]]:
    return {LIMIT: [Value(start=start, value=Decimal(value), status="official", reference="a decree")]}


@pytest.mark.parametrize(
    ("day", "value"),
    [("2024-01-01", 35769), ("2024-12-31", 35769), ("2025-01-01", 28241), ("2026-12-31", 28899)],
)
def test_the_value_in_force_on_a_day(day, value):
    assert Law.on(date.fromisoformat(day)).value(LIMIT) == value


@pytest.mark.parametrize("day", [date.min, date(2023, 12, 31), date(2027, 1, 1), date.max])
def test_no_value_before_the_first_or_after_the_last(day):
    with pytest.raises(NotInForce) as refused:
        Law.on(day).value(LIMIT)
    assert (refused.value.name, refused.value.day) == (LIMIT, day)
    assert not Law.on(day).knows(LIMIT)


def test_a_misspelt_name_is_a_mistake_in_the_code():
    with pytest.raises(KeyError):
        Law.on(date(2026, 1, 1)).value("sickness.no_such_thing")


def test_values_are_exact():
    assert str(Law.on(date(2026, 1, 1)).value("income.deduction")) == "0.0907"


def test_use_names_the_source():
    use = Law.on(date(2025, 6, 1)).use("income.deduction")
    assert (use.value, use.valid_from, use.status) == (Decimal("0.0858"), date(2025, 1, 1), "derived")
    assert "694/2024" in use.reference


def test_an_overlay_goes_before_the_files_for_its_year_alone():
    overlay = confirmed("29900")
    assert Law.on(date(2027, 12, 31), overlay=overlay).value(LIMIT) == 29900
    assert Law.on(date(2026, 12, 31), overlay=overlay).value(LIMIT) == 28899
    with pytest.raises(NotInForce):
        Law.on(date(2028, 1, 1), overlay=overlay).value(LIMIT)


def test_an_overlay_corrects_a_value_without_moving_its_end():
    overlay = confirmed("28900", date(2026, 1, 1))
    assert Law.on(date(2026, 5, 1), overlay=overlay).value(LIMIT) == 28900
    with pytest.raises(NotInForce):
        Law.on(date(2027, 1, 1), overlay=overlay).value(LIMIT)


def test_what_is_entered_beyond_the_known_years_holds_for_its_year_alone():
    overlay = confirmed("31000", date(2029, 1, 1))
    assert Law.on(date(2029, 12, 31), overlay=overlay).value(LIMIT) == 31000
    assert not Law.on(date(2028, 12, 31), overlay=overlay).knows(LIMIT)
    assert not Law.on(date(2030, 1, 1), overlay=overlay).knows(LIMIT)


def test_two_years_entered_follow_each_other():
    overlay = {LIMIT: [*confirmed("29900")[LIMIT], *confirmed("30400", date(2028, 1, 1))[LIMIT]]}
    found = [Law.on(date(year, 6, 1), overlay=overlay).find(LIMIT) for year in (2026, 2027, 2028, 2029)]
    assert [use and use.value for use in found] == [28899, 29900, 30400, None]


def test_a_law_tells_what_was_looked_up():
    law = Law.on(date(2027, 6, 1))
    law.count("sickness.waiting_weekdays")
    assert not law.knows(LIMIT)
    assert {name: use and use.value for name, use in law.consulted.items()} == {
        "sickness.waiting_weekdays": 9,
        LIMIT: None,
    }


def test_what_was_said_goes_before_what_was_entered_since():
    day = date(2026, 5, 1)
    before = Law.on(day)
    before.use(LIMIT)
    later = confirmed("40000", date(2026, 1, 1))
    assert Law.on(day, overlay=later).value(LIMIT) == 40000
    assert Law.as_said(day, said=before.consulted, overlay=later).value(LIMIT) == 28899
    assert Law.as_said(day, said={}, overlay=later).value(LIMIT) == 40000
    with pytest.raises(NotInForce):
        Law.as_said(day, said={LIMIT: None}, overlay=later).value(LIMIT)


def test_a_value_put_in_its_place_leaves_the_rest_of_what_was_said():
    day = date(2026, 5, 1)
    limit = Law.on(day).use(LIMIT)
    said = Law.as_said(day, said={LIMIT: replace(limit, value=Decimal(20000)), "sickness.minimum": None})
    changed = said.instead({LIMIT: limit})
    assert changed.value(LIMIT) == 28899
    assert not changed.knows("sickness.minimum")
    assert said.value(LIMIT) == 20000


def test_a_file_may_say_between_what_a_value_falls(tmp_path):
    file = tmp_path / "ceiling.toml"
    file.write_text("""
        description = "A ceiling"
        reference = "An act"
        unit = "EUR/year"
        title = { en = "Ceiling", fi = "Katto", sv = "Tak" }
        [values]
        2020-01-01 = { value = 423.60, status = "official" }
        2021-01-01 = { value = 430, low = 423.60, high = 440, status = "estimate" }
    """)
    parameter = read(file)
    use = parameter.on(date(2021, 5, 1))
    assert (use.low, use.high) == (Decimal("423.60"), Decimal(440))
    assert not {"low", "high"} & set(use.as_dict())
    assert parameter.on(date(2020, 5, 1)).low is None
    assert parameter.title == {"en": "Ceiling", "fi": "Katto", "sv": "Tak"}


def test_the_list_tells_the_bounds_of_what_is_not_official():
    use = replace(Law.on(date(2026, 5, 1)).use(LIMIT), low=Decimal(28000), high=Decimal(29000))
    told = described(use).as_dict()
    assert (told["low"], told["high"]) == ("28000", "29000")


def test_the_last_official_year():
    assert last_official_year() == 2026
    assert last_official_year(overlay=confirmed("29900")) == 2027


def test_the_list_holds_what_is_in_force():
    today = {parameter.name: parameter for parameter in parameters(date(2026, 5, 1))}
    assert set(files()) - set(today) == {"donor.income_limit", "donor.rate", "donor.rate_above_limit", CEILING}
    assert today[LIMIT].as_dict() == {
        "name": LIMIT,
        "value": "28899",
        "valid_from": "2026-01-01",
        "status": "official",
        "reference": today[LIMIT].reference,
        "description": today[LIMIT].description,
        "unit": "EUR/year",
    }
    assert LIMIT not in {parameter.name for parameter in parameters(date(2027, 1, 1))}


@pytest.mark.parametrize("parameter", files().values(), ids=files())
def test_every_file_is_sound(parameter):
    """Described, sourced, in order, with a known status, and without an end that another value does not explain."""
    assert parameter.description
    assert parameter.unit
    starts = [value.start for value in parameter.values]
    assert starts == sorted(set(starts))
    for value in parameter.values:
        assert value.reference
        assert value.status in (*STATUSES, UNKNOWN)
        assert (value.value is None) == (value.status == UNKNOWN)


@pytest.mark.parametrize("name", [LIMIT, "sickness.minimum", "income.deduction"])
def test_yearly_values_have_an_end_and_no_gap(name):
    values = files()[name].values
    assert values[-1].status == UNKNOWN
    assert all(
        value.start.replace(year=value.start.year + 1) == later.start for value, later in itertools.pairwise(values)
    )
    last_known_day = values[-1].start - timedelta(days=1)
    assert Law.on(last_known_day).knows(name)
