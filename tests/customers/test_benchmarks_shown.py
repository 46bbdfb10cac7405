"""The sandbox shows figures of last year from its first start on, counted as every year's are."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.test import Client

from customers.feedback.models import Benchmark
from customers.feedback.sums import LEAST_EMPLOYERS, LEAST_OF_EACH, LEAST_PERSONS
from customers.segments.models import SegmentAssignment
from customers.segments.rules import segments
from employers.applications.models import Application
from employers.organisations.models import Organisation, User
from employers.people.models import Person
from employers.records import clock
from portal.sandbox import cast
from portal.sandbox.last_year import lived, publish_last_year
from tests.machine import Machine

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
INVENTED = (Application, Person, SegmentAssignment)


def shown(query: str = "") -> dict:
    return Client().get(f"/api/v1/benchmarks{query}").json()["items"][0]


@pytest.fixture
def published(sandbox) -> None:
    assert publish_last_year(at=AT) == 88


@pytest.mark.django_db(transaction=True)
def test_after_a_start_there_are_figures_and_a_reset_leaves_them(sandbox):
    call_command("sandbox_data")
    before = Client().get("/api/v1/benchmarks").content
    assert shown()["year"] == clock.today().year - 1
    assert all(shown()[name] for name in ("absence_days", "days_to_application", "clarification_rate"))
    assert Machine().post("sandbox/reset").status_code == 204
    assert Client().get("/api/v1/benchmarks").content == before


def test_nobody_that_was_counted_stays(published):
    assert set(Organisation.objects.values_list("business_id", flat=True)) == {
        one.business_id for one in cast.ORGANISATIONS
    }
    assert not any(model.objects.exists() for model in INVENTED)


def test_the_figures_are_those_of_the_applications(published):
    """Counted here once more, in another way: from the rows that were put in."""
    made = lived(2025, asked_by=User.objects.get(username=cast.OFFICIAL))
    days = [(one.absence_end - one.absence_start).days + 1 for one in made.applications]
    by_programs = [one for one in made.applications if one.channel != "web"]
    assert float(shown()["absence_days"]) == pytest.approx(sum(days) / len(days), abs=0.006)
    assert float(shown()["share_automatic"]) == pytest.approx(len(by_programs) / len(days), abs=0.006)
    assert float(shown()["clarification_rate"]) == pytest.approx(len(made.requests) / len(days), abs=0.006)
    assert {one.submitted_at.astimezone(clock.HELSINKI).year for one in made.applications} == {2025}


def test_everyday_lives_are_told_of_many_and_of_no_part_that_is_too_small(published):
    made = lived(2025, asked_by=User.objects.get(username=cast.OFFICIAL))
    with_an_application = {one.person for one in made.applications}
    lives = [one.segment for one in made.lives if one.person in with_an_application]
    assert len(lives) >= LEAST_PERSONS
    assert min(lives.count(one.code) for one in segments()) >= LEAST_OF_EACH
    told = {one["code"]: float(one["share"]) for one in shown()["everyday_life"]}
    assert told == {one.code: pytest.approx(lives.count(one.code) / len(lives), abs=0.006) for one in segments()}
    assert [shown(f"?size_class={size}")["everyday_life"] for size in ("small", "medium", "large")] == [None] * 3


def test_a_sector_of_few_employers_has_no_figures(published):
    made = lived(2025, asked_by=User.objects.get(username=cast.OFFICIAL))
    applied = {one.organisation for one in made.applications}
    for row in Benchmark.objects.filter(size_class="").exclude(sector=""):
        employers = sum(one.sector == row.sector for one in applied)
        assert (json.loads(bytes(row.body))["absence_days"] is None) == (employers < LEAST_EMPLOYERS)


def test_a_second_start_publishes_nothing_more(published):
    assert publish_last_year(at=AT) == 0


@pytest.mark.parametrize(("day", "rows"), [(date(2019, 1, 1), 0), (date(2024, 12, 30), 0), (date(2025, 1, 1), 88)])
def test_a_sandbox_set_to_an_earlier_day_starts_too(sandbox, day, rows):
    """Everyday lives are known from 2024 on."""
    assert publish_last_year(at=datetime.combine(day, datetime.min.time(), UTC)) == rows
