"""`parameters diff` and `parameters impact`: what changes, before it does."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from employers.applications.impact import impact
from employers.applications.models import ApplicationVersion
from employers.benefits.claim import PayPeriod, Period
from employers.benefits.law import Value
from employers.law.queries import overlay
from tests import cast
from tests.applications.reports import reviewed, year_of_wages
from tests.law.officials import CEILING, LIMIT, approved, health_care

pytestmark = pytest.mark.usefixtures("sandbox")
SPRING = date(2026, 1, 1)


def value(number: str, start: date = SPRING) -> Value:
    return Value(start=start, value=Decimal(number), status="official", reference="")


def counted(**new: list[Value]):
    return impact(new, confirmed=overlay(), progress=lambda count: None)


@pytest.fixture
def sent() -> ApplicationVersion:
    reviewed(*year_of_wages())
    return cast.sent().versions.get()


def test_the_difference_of_one_estimate(sent):
    """32 734.80 after the deduction: 69.35 a day with a limit of 28 899, 73.02 with 30 899; for 23 days."""
    effect = counted(**{LIMIT: [value("30899")]})["sickness_allowance"]
    assert sent.estimate["daily_allowance"] == "69.35"
    assert (effect.estimates, effect.changed) == (1, 1)
    assert (effect.difference, effect.least, effect.most) == (Decimal("84.41"), 0, Decimal("84.41"))


def test_what_starts_later_changes_nothing(sent):
    assert counted(**{LIMIT: [value("30899", date(2027, 1, 1))]}) == {}


def test_another_years_value_leaves_what_was_said(sent):
    """Also where the value of the year was corrected meanwhile: the estimate named another."""
    approved(start=SPRING, value=Decimal(29900))
    effect = counted(**{LIMIT: [value("20000", date(2020, 1, 1))]})["sickness_allowance"]
    assert (effect.changed, effect.difference) == (0, 0)


def test_sums_and_extremes_by_benefit(sent):
    for number, pay in enumerate(("900.00", "1800.00")):
        days = {"start": date(2026, 5 + number, 4), "end": date(2026, 5 + number, 29)}
        cast.sent(absence=Period(**days), pay_periods=(PayPeriod(**days, amount=Decimal(pay)),), reference=f"r{number}")
    cast.sent(**health_care(2025))
    effects = counted(**{LIMIT: [value("20000")], CEILING: [value("500.00", date(2025, 1, 1))]})
    sickness, health = effects["sickness_allowance"], effects["occupational_health_reimbursement"]
    assert (sickness.estimates, sickness.changed) == (3, 2), "pay below either allowance stays what it is"
    assert sickness.least < sickness.difference / 2
    assert sickness.most == 0
    assert (health.estimates, health.changed, health.newly_known) == (1, 0, 1)


def test_nothing_is_written(sent):
    counted(**{LIMIT: [value("20000")]})
    assert ApplicationVersion.objects.get().estimate == sent.estimate


@pytest.mark.parametrize("text", [f'["{LIMIT}"]\n2026-01-01 = 30899', "[sickness.income_limit]\n2026-01-01 = 30899.00"])
def test_the_command_prints_a_table_without_anybody_in_it(sent, tmp_path, capsys, text):
    file = tmp_path / "new.toml"
    file.write_text(text)
    call_command("parameters", "impact", str(file))
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.split()[:6] == ["benefit", "estimates", "changed", "difference", "least", "most"]
    effect = counted(**{LIMIT: [value("30899")]})["sickness_allowance"]
    assert line.split() == ["sickness_allowance", "1", "1", str(effect.difference), "0.00", str(effect.most), "0", "0"]
    assert "010190" not in line


@pytest.mark.parametrize("text", ["[sickness.none]\n2026-01-01 = 1", "[sickness.rate]\nnever = 1", "a = 1", "]"])
def test_a_file_that_cannot_be_meant_is_refused(tmp_path, text):
    file = tmp_path / "new.toml"
    file.write_text(text)
    with pytest.raises(CommandError, match=r"new\.toml"):
        call_command("parameters", "impact", str(file))


def test_the_differences_of_two_days(capsys):
    approved()
    call_command("parameters", "diff", "2025-12-31", "2026-01-01")
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    assert rows[LIMIT] == ["28241", "28899", "EUR/year", "official"]
    assert rows["donor.rate"] == ["0.70", "-", "share", "unknown"]
    assert "sickness.divisor" not in rows
    call_command("parameters", "diff", "2026-12-31", "2027-01-01")
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    assert rows[LIMIT] == ["28899", "29500", "EUR/year", "official"]


def test_a_day_and_itself_do_not_differ(capsys):
    call_command("parameters", "diff", "2026-05-01", "2026-05-01")
    assert capsys.readouterr().out == "Nothing changes.\n"
