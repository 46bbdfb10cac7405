"""An estimate that was made once is made again to the same cents, whatever was confirmed or filed since."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from employers.applications.calculate import RAISED_CEILING
from employers.applications.decide import decide
from employers.applications.models import ApplicationVersion, Decision
from employers.applications.replay import NothingKept, again, replay, replay_decision
from employers.benefits import law
from employers.benefits.claim import Income, PayPeriod, Period
from tests import cast
from tests.applications.reports import reviewed, year_of_wages
from tests.law.officials import CEILING, LIMIT, approved, health_care

pytestmark = pytest.mark.usefixtures("sandbox")
AUTUMN = datetime(2026, 9, 1, 9, tzinfo=UTC)


def submitted(**changes) -> ApplicationVersion:
    return cast.sent(**changes).versions.get()


def without_problems(estimate: dict) -> dict:
    return {name: value for name, value in estimate.items() if name != "problems"}


def replayed(version: ApplicationVersion) -> dict:
    return without_problems(replay(ApplicationVersion.objects.get(pk=version.pk)).as_dict())


@pytest.fixture
def version() -> ApplicationVersion:
    """Of an employer whose wages are known."""
    reviewed(*year_of_wages())
    return submitted()


def test_it_is_the_same_estimate(version):
    assert version.estimate["to_employer"] is not None
    assert replayed(version) == without_problems(version.estimate)


def test_a_later_approval_changes_new_estimates_and_no_old_one(version):
    approved(start=date(2026, 1, 1), value=Decimal(20000), at=AUTUMN)
    assert replayed(version) == without_problems(version.estimate)
    fresh = submitted(reference="fresh", **later())
    assert fresh.estimate["daily_allowance"] != version.estimate["daily_allowance"]
    assert fresh.estimate["parameters"][0]["value"] == "20000"
    assert replayed(fresh) == without_problems(fresh.estimate)


def later() -> dict:
    """Another absence, long after the first."""
    days = {"start": date(2026, 6, 1), "end": date(2026, 7, 10)}
    return {"absence": Period(**days), "pay_periods": (PayPeriod(**days, amount=Decimal("3600.00")),)}


@pytest.mark.parametrize("name", [LIMIT, "sickness.waiting_weekdays", "sickness.deadline_months", "income.deduction"])
def test_a_value_changed_in_its_file_changes_new_estimates_and_no_old_one(version, name, monkeypatch):
    """Also one that the estimate did not list, as it is no part of the amount."""
    files = law.files()
    changed = replace(files[name], values=tuple(replace(one, value=third(one.value)) for one in files[name].values))
    monkeypatch.setattr(law, "files", lambda: {**files, name: changed})
    assert replayed(version) == without_problems(version.estimate)
    fresh = submitted(reference="fresh", **later())
    monkeypatch.undo()
    assert replayed(fresh) == without_problems(fresh.estimate)
    today = again(fresh, law=law.Law.on(date(2026, 6, 1)), kept=fresh.basis)
    assert without_problems(today.as_dict()) != without_problems(fresh.estimate)


def third(value: Decimal | None) -> Decimal | None:
    return value and value / 3


def test_what_goes_on_is_replayed_with_what_it_went_on_from(version):
    days = {"start": date(2026, 4, 11), "end": date(2026, 4, 30)}
    pay = (PayPeriod(**days, amount=Decimal("1800.00")),)
    continuing = submitted(
        absence=Period(**days), pay_periods=pay, continues_application=str(version.application_id), reference="next"
    )
    assert continuing.estimate["waiting_period"] is None
    assert replayed(continuing) == without_problems(continuing.estimate)


def test_an_estimate_of_a_year_without_a_confirmed_ceiling_keeps_its_range():
    version = submitted(**health_care(2021))
    assert version.estimate["range"]["to_employer"]["low"] < version.estimate["range"]["to_employer"]["high"]
    approved(name=CEILING, start=date(2021, 1, 1), value=Decimal("440.10"), at=AUTUMN)
    assert replayed(version) == without_problems(version.estimate)
    fresh = submitted(business_id=cast.CAFE, **health_care(2021))
    assert fresh.estimate["estimate_status"] == "official"
    assert "range" not in fresh.estimate


def test_an_amount_that_was_not_known_stays_unknown():
    version = submitted(**health_care(2025))
    assert version.estimate["amount"] is None
    approved(name=CEILING, start=date(2025, 1, 1), value=Decimal("500.00"), at=AUTUMN)
    assert replayed(version) == without_problems(version.estimate)


@pytest.mark.parametrize("typed", [None, Income(after_deduction=Decimal(40000))])
def test_a_decision_is_replayed_too(version, typed):
    """Also with an income that an official gave, and with what other employers paid."""
    reviewed(*year_of_wages(payer=cast.CAFE, wages="1000"), payer=cast.CAFE)
    decision = decided(version, income=typed, reason="")
    approved(start=date(2026, 1, 1), value=Decimal(20000), at=AUTUMN)
    assert decision.calculation["daily_allowance"] != version.estimate["daily_allowance"]
    again = replay_decision(Decision.objects.get(pk=decision.pk)).as_dict()
    assert without_problems(again) == without_problems(decision.calculation)


def test_an_officials_choice_is_replayed_with_its_decision():
    version = submitted(**health_care(2020, employees=9))
    decision = decided(version, income=None, reason="Costly care", choice=RAISED_CEILING)
    assert Decimal(decision.calculation["to_employer"]) > Decimal(version.estimate["to_employer"])
    again = replay_decision(Decision.objects.get(pk=decision.pk)).as_dict()
    assert without_problems(again) == without_problems(decision.calculation)
    assert replayed(version) == without_problems(version.estimate)


def decided(version: ApplicationVersion, **ruling) -> Decision:
    by = cast.by_official()
    return decide(application_id=version.application_id, outcome="granted", by=by, at=cast.AT, **ruling)


def test_a_version_from_before_says_so(version):
    version.basis = None
    with pytest.raises(NothingKept):
        replay(version)


def test_the_income_is_sealed(version):
    with connection.cursor() as cursor:
        cursor.execute("SELECT basis FROM employers_applicationversion")
        (kept,) = cursor.fetchone()
    assert version.basis["income"]["annual"].encode() not in bytes(kept)
