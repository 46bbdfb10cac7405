"""Files of a subscription: each brought once, in the order of their windows."""

import pytest

from employers.income_register import sync as syncs
from employers.income_register.lease import claim_next
from employers.income_register.models import RegisterCursor, RegisterSync, ReportVersion
from employers.income_register.models_subscriptions import RegisterSubscription
from employers.organisations.models import Organisation
from employers.records.models import Event
from tests.income_register.conftest import AT
from tests.income_register.standing import (
    BAKERY,
    CARE,
    DAY,
    EARLY,
    SINCE,
    alarms,
    employers,
    extracted,
    folder,
    look,
    night,
    order,
    put,
    run_all,
    untils,
)
from tests.income_register.standing import standing as standing
from tests.income_register.standing import there as there
from tests.income_register.state import state

pytestmark = pytest.mark.django_db
STATUS = RegisterSync.Status


def test_a_night_brings_every_employer_forward(there, standing):
    [name] = extracted(there, 1)
    assert look(night(1)) == 1
    assert look(night(1)) == 0  # it waits already
    assert run_all(night(1)) == 1
    sync = RegisterSync.objects.get()
    assert (sync.status, sync.source, sync.reports) == (STATUS.FINISHED, name, ReportVersion.objects.count())
    assert (sync.window_from, sync.window_until) == (EARLY, night(1))
    assert (sync.read, sync.promised) == (sync.reports, sync.reports)
    assert set(sync.timings) == {"fetch", "verify", "stage", "merge"}
    assert sync.reports == 219 == sync.new
    assert untils() == {night(1)}
    assert set(RegisterCursor.objects.values_list("last_sync", "last_good_at")) == {(sync.pk, night(1))}
    assert (folder(there), alarms()) == ([], [])


def test_the_windows_of_many_nights_are_one_chain(there, standing):
    extracted(there, 3)
    assert look(night(3)) == 3
    assert run_all(night(3)) == 3
    windows = list(RegisterSync.objects.order_by("finished_at", "pk").values_list("window_from", "window_until"))
    assert windows == [(EARLY, night(1)), (night(1), night(2)), (night(2), night(3))]
    standing.refresh_from_db()
    assert (standing.synced_until, untils(), alarms()) == (night(3), {night(3)}, [])


def test_the_earlier_window_is_taken_first_and_one_at_a_time(there, standing):
    """Whenever they were found; and another subscription runs beside."""
    extracted(there, 2)
    look(night(2))
    first = RegisterSync.objects.earliest("window_from")
    RegisterSync.objects.filter(pk=first.pk).update(requested_at=night(9))
    assert claim_next(at=night(2)) == first
    assert claim_next(at=night(2)) is None
    other = RegisterSubscription.objects.create(kind=302, modified_from=AT, valid_from=AT.date(), status="active")
    beside = RegisterSync.objects.create(subscription=other, source="b", window_from=AT, requested_at=AT)
    assert claim_next(at=night(2)) == beside


def test_what_is_in_both_is_the_same_as_asking_for_it(there, standing):
    """A subscription brings what the employers' own queries bring."""
    extracted(there, 1)
    look(night(1))
    run_all(night(1))
    by_file = state()
    ReportVersion.objects.all().delete()
    RegisterCursor.objects.update(synced_until=EARLY)
    for one in Organisation.objects.all():
        syncs.request_sync(organisation=one, by=None, at=night(1))
    assert run_all(night(1)) == 2
    newest = {(one[0], one[1]) for one in by_file["versions"]}
    assert newest <= {(one[0], one[1]) for one in state()["versions"]}  # every version that came, not only the newest
    assert [one for one in state()["versions"] if one[-1]] == [one for one in by_file["versions"] if one[-1]]


def test_a_gap_is_told_and_read_employer_by_employer(there, standing):
    for name in extracted(there, 1):
        (there.office.outgoing / name).unlink()
    extracted(there, 2)
    look(night(2))
    assert syncs.sync_next(at=night(2))
    assert alarms() == [("gap", standing.reference), ("gap", BAKERY), ("gap", CARE)]
    assert untils() == {EARLY}
    assert RegisterSync.objects.filter(organisation__isnull=False, status=STATUS.WAITING).count() == 2
    assert run_all(night(2)) == 2
    assert untils() == {night(2)}
    assert alarms() == [("gap", standing.reference)]
    assert ReportVersion.objects.filter(current=True).count() > 200
    extracted(there, 3)
    look(night(3))
    run_all(night(3))
    assert (alarms(), untils()) == ([], {night(3)})


def test_an_overlap_is_told_and_moves_nothing_back(there, standing):
    RegisterSubscription.objects.update(synced_until=night(5))
    RegisterCursor.objects.update(synced_until=night(5))
    extracted(there, 1)
    look(night(1))
    run_all(night(1))
    standing.refresh_from_db()
    assert alarms() == [("overlap", standing.reference)]
    assert (standing.synced_until, untils()) == (night(5), {night(5)})
    assert ReportVersion.objects.count() == 219


def test_the_same_octets_under_another_name_write_nothing(there, standing):
    there.behave("duplicate", times=1)
    assert len(extracted(there, 1)) == 2
    look(night(1))
    run_all(night(1))
    first, second = RegisterSync.objects.order_by("finished_at", "pk")
    assert {first.new, second.new} == {219, 0}
    assert (first.digest, second.status) == (second.digest, STATUS.FINISHED)
    assert (folder(there), alarms(), untils()) == ([], [], {night(1)})


def test_a_file_that_was_kept_and_not_taken_away_goes_later(there, standing):
    """The worker died between the commit and the removal: redelivery finds it done."""
    [name] = extracted(there, 1)
    octets = (there.office.outgoing / name).read_bytes()
    look(night(1))
    run_all(night(1))
    put(there, name, octets)
    assert look(night(1)) == 0
    assert (folder(there), alarms(), RegisterSync.objects.count()) == ([], [], 1)


def test_who_does_not_let_it_is_not_read(there, standing):
    Organisation.objects.filter(business_id=CARE).update(register_access=False)
    extracted(there, 1)
    look(night(1))
    run_all(night(1))
    assert set(ReportVersion.objects.values_list("organisation__business_id", flat=True)) == {BAKERY}
    assert RegisterCursor.objects.get(organisation__business_id=CARE).synced_until == EARLY


def test_who_was_never_read_is_read_by_itself_first(there):
    order(employers(), since=SINCE)
    extracted(there, 1)
    look(night(1))
    assert syncs.sync_next(at=night(1))
    assert alarms() == []  # nothing was missed: it has not begun
    assert RegisterSync.objects.filter(organisation__isnull=False).count() == 2


def test_a_one_off_ends_with_its_file(there):
    found = employers()
    for one in found:
        RegisterCursor.objects.create(organisation=one, synced_until=EARLY)
    one_off = order(found, since=EARLY, recurring=False, until=AT - 5 * DAY)
    extracted(there, 1)
    look(night(1))
    run_all(night(1))
    one_off.refresh_from_db()
    assert (one_off.status, one_off.synced_until, one_off.ended_at) == ("ended", AT - 5 * DAY, night(1))


def test_nobody_hears_of_a_file_as_of_a_sync_of_its_own(there, standing):
    extracted(there, 1)
    look(night(1))
    run_all(night(1))
    assert not Event.objects.exists()
