"""Reading the register by hand: asking for it, watching it, and what is said where it may not be read or is late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from employers.applications.models_register import RegisterReview
from employers.income_register.models import RegisterCursor, RegisterSync
from tests import cast
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
NOW = datetime(2026, 4, 15, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(NOW)


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def path() -> str:
    return f"/en/employers/{cast.employer().pk}/register/"


def sync(**changes) -> RegisterSync:
    return RegisterSync.objects.create(
        organisation=cast.employer(), **{"requested_at": NOW, "status": "running"} | changes
    )


def read(at: datetime) -> None:
    done = sync(status="finished", finished_at=at, requested_at=at, reports=412, new=20, quarantined=2)
    RegisterCursor.objects.create(organisation=done.organisation, synced_until=at, last_sync=done, last_good_at=at)


def test_a_press_asks_for_a_reading_once(aino: Client) -> None:
    for _ in range(2):
        assert aino.post(path(), {"how": "read"}).status_code == 302
    one = RegisterSync.objects.get()
    assert (one.by_user, one.dry_run, one.status) == (cast.user("Aino"), False, "waiting")


def test_it_can_be_tried_without_keeping_anything(aino: Client) -> None:
    aino.post(path(), {"how": "try"})
    assert RegisterSync.objects.get().dry_run
    assert "it only counts" in text(aino.get(path()))


def test_while_it_runs_the_page_tells_how_far_it_is_and_looks_again(aino: Client) -> None:
    sync(read=1200, promised=4000)
    page = aino.get(path())
    assert "1,200 of 4,000 reports read" in text(page)
    assert 'value="30"' in text(page)
    assert page["Refresh"] == "5"
    assert "What should be done?" not in text(page)


def test_when_it_is_over_the_page_counts_and_rests(aino: Client) -> None:
    read(NOW - timedelta(hours=5))
    page = aino.get(path())
    assert "412" in text(page)
    assert "An official looks at them." in text(page)
    assert "Refresh" not in page
    assert "a day and a half" not in text(page)


def test_nothing_is_called_unclaimed_before_what_was_read_is_looked_through(aino: Client) -> None:
    read(NOW - timedelta(minutes=1))
    start = path().removesuffix("register/")
    for page in (start, f"{start}findings/"):
        assert "The register is being read." in text(aino.get(page))
        assert "Nothing is left unclaimed" not in text(aino.get(page))
    RegisterReview.objects.create(organisation=cast.employer(), sync=RegisterSync.objects.get())
    for page in (start, f"{start}findings/"):
        assert "Nothing is left unclaimed" in text(aino.get(page))


def test_a_failure_says_why_in_words(aino: Client) -> None:
    sync(status="failed", finished_at=NOW, error="bad_signature")
    assert "did not bear the register&#x27;s own signature" in text(aino.get(path()))


@pytest.mark.parametrize(("hours", "late"), [(30, False), (37, True)])
def test_what_is_late_is_said_to_be(aino: Client, hours: int, late: bool) -> None:
    read(NOW - timedelta(hours=hours))
    assert ("has not been read for a day and a half" in text(aino.get(path()))) is late


def test_without_access_it_leads_to_giving_it_and_asks_for_nothing(aino: Client) -> None:
    organisation = cast.employer()
    organisation.register_access = False
    organisation.save()
    page = text(aino.post(path(), {"how": "read"}, follow=True))
    assert f"/en/employers/{organisation.pk}/account/agree/register/" in page
    assert "Let us read your data in the Incomes Register first." in page
    assert not RegisterSync.objects.exists()


def test_another_employers_readings_are_not_shown(aino: Client) -> None:
    RegisterSync.objects.create(
        organisation=cast.employer(cast.WHOLESALER), requested_at=NOW, status="running", read=77
    )
    page = aino.get(path())
    assert page.context["under_way"] == []
    assert "77 reports" not in text(page)
