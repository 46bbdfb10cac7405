"""One alarm at a time for a kind and what it is about. Lateness and certificates raise and clear theirs themselves."""

from datetime import timedelta

import pytest

from employers.income_register import freshness, watch
from employers.income_register.alarm import Kind, clear_alarm, raise_alarm
from employers.income_register.models import QuarantinedReport, RegisterCursor, RegisterSync
from employers.income_register.models_subscriptions import RegisterAlarm
from employers.organisations.models import Organisation
from tests.income_register.conftest import AT

pytestmark = pytest.mark.django_db
SOON_LATE = AT + freshness.LATE
LATE = SOON_LATE + timedelta(seconds=1)


@pytest.fixture
def bakery():
    return Organisation.objects.create(business_id="9000004-6", name="Leipomo", register_access=True)


def still_open(kind=None):
    alarms = RegisterAlarm.objects.filter(cleared_at=None)
    return sorted((alarms.filter(kind=kind) if kind else alarms).values_list("about", flat=True))


def read(organisation, *, at):
    sync = RegisterSync.objects.create(organisation=organisation, requested_at=at, status="finished", finished_at=at)
    RegisterCursor.objects.update_or_create(
        organisation=organisation, defaults={"synced_until": at, "last_sync": sync, "last_good_at": at}
    )
    return sync


def test_raised_twice_it_is_one_and_keeps_its_first_word():
    raise_alarm(Kind.GAP, about="9000004-6", at=AT, facts={"begins": "a"})
    raise_alarm(Kind.GAP, about="9000004-6", at=LATE, facts={"begins": "b"})
    alarm = RegisterAlarm.objects.get()
    assert (alarm.raised_at, alarm.facts) == (AT, {"begins": "a"})


def test_cleared_it_can_be_raised_anew():
    raise_alarm(Kind.GAP, about="9000004-6", at=AT)
    clear_alarm(Kind.OVERLAP, about="9000004-6", at=LATE)
    clear_alarm(Kind.GAP, about="9000006-2", at=LATE)
    assert still_open() == ["9000004-6"]
    clear_alarm(Kind.GAP, about="9000004-6", at=LATE)
    assert still_open() == []
    raise_alarm(Kind.GAP, about="9000004-6", at=LATE)
    assert RegisterAlarm.objects.count() == 2


def test_what_an_alarm_is_about_may_be_longer_than_its_name():
    name = "103_" + "f" * 100 + ".xml"
    raise_alarm(Kind.FAILED, about=name, at=AT)
    clear_alarm(Kind.FAILED, about=name, at=AT)
    assert still_open() == []


def test_thirty_six_hours_without_a_good_run_are_too_long(bakery):
    read(bakery, at=AT)
    watch.watch_freshness(at=SOON_LATE)
    assert still_open() == []
    watch.watch_freshness(at=LATE)
    assert still_open(Kind.LATE) == [bakery.business_id]
    assert freshness.of(bakery).is_late(LATE)


def test_it_clears_when_a_run_was_good(bakery):
    read(bakery, at=AT)
    watch.watch_freshness(at=LATE)
    read(bakery, at=LATE)
    watch.watch_freshness(at=LATE)
    assert still_open() == []
    assert freshness.of(bakery).last_good_at == LATE


def test_it_clears_when_nobody_may_read_any_more(bakery):
    read(bakery, at=AT)
    watch.watch_freshness(at=LATE)
    Organisation.objects.update(register_access=False)
    watch.watch_freshness(at=LATE)
    assert still_open() == []


def test_who_was_never_read_waits_since_it_was_first_asked_for(bakery):
    assert freshness.of(bakery) == freshness.Freshness(last_good_at=None, synced_until=None, waits_since=None)
    RegisterSync.objects.create(organisation=bakery, requested_at=AT - timedelta(days=9), dry_run=True)
    RegisterSync.objects.create(organisation=bakery, requested_at=AT, status="failed")
    RegisterSync.objects.create(organisation=bakery, requested_at=LATE)
    watch.watch_freshness(at=SOON_LATE)
    assert still_open() == []
    watch.watch_freshness(at=LATE)
    assert still_open(Kind.LATE) == [bakery.business_id]


def test_many_employers_are_watched_in_as_many_queries_as_few(bakery, django_assert_num_queries):
    def watched():
        RegisterAlarm.objects.all().delete()
        with django_assert_num_queries(3):  # who is late, their alarms, what to clear
            watch.watch_freshness(at=LATE)

    read(bakery, at=AT)
    watched()
    for number in range(10):
        read(Organisation.objects.create(business_id=f"{number}", register_access=True), at=AT)
    watched()
    assert len(still_open(Kind.LATE)) == 11


def test_a_certificate_is_told_of_sixty_days_ahead(keys):
    from employers.income_register.certificates import expiring

    [first, *_] = expiring(keys, on=AT.date(), within=timedelta(days=36500))
    watch.watch_certificates(keys, on=first.until - timedelta(days=61), at=AT)
    assert still_open() == []
    watch.watch_certificates(keys, on=first.until - timedelta(days=60), at=AT)
    assert first.name in still_open(Kind.CERTIFICATE)
    watch.watch_certificates(keys, on=first.until - timedelta(days=90), at=AT)
    assert still_open() == []


def test_a_certificate_that_cannot_be_read_is_told_of_beside_the_others(tmp_path, keys):
    """Whoever put a broken file there has to hear of it; what the others say is told all the same."""
    for name in ("portal.crt", "register.crt"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    (tmp_path / "authority.crt").write_text("nothing")
    watch.watch_certificates(tmp_path, on=AT.date() + timedelta(days=36500), at=AT)
    assert still_open(Kind.CERTIFICATE) == ["authority.crt", "portal.crt", "register.crt"]
    assert RegisterAlarm.objects.get(about="authority.crt").facts == {"error": "unreadable"}
    (tmp_path / "authority.crt").write_bytes((keys / "authority.crt").read_bytes())
    watch.watch_certificates(tmp_path, on=AT.date(), at=AT)
    assert still_open() == []


def test_quarantine_clears_when_all_could_be_read_later(bakery):
    sync = read(bakery, at=AT)
    report = QuarantinedReport.objects.create(organisation=bakery, sync=sync, report_id="r", reason="Payer", at=AT)
    raise_alarm(Kind.QUARANTINE, about=bakery.business_id, organisation_id=bakery.pk, at=AT)
    watch.watch_quarantine(at=LATE)
    assert still_open() == [bakery.business_id]
    report.resolved_at = LATE
    report.save()
    watch.watch_quarantine(at=LATE)
    assert still_open() == []
