"""Files of a subscription that cannot be kept stay where they lie, and an alarm tells why."""

import pytest

from employers.income_register import sync as syncs
from employers.income_register.models import RegisterSync, ReportVersion
from employers.income_register.models_subscriptions import RegisterAlarm, RegisterSubscription
from employers.organisations.models import Organisation
from tests.income_register.conftest import AT
from tests.income_register.standing import EARLY, alarms, extracted, folder, look, night, put, run_all, untils
from tests.income_register.standing import standing as standing
from tests.income_register.standing import there as there

pytestmark = pytest.mark.django_db
STATUS = RegisterSync.Status


def test_another_file_under_a_kept_name_is_left(there, standing):
    [name] = extracted(there, 1)
    look(night(1))
    run_all(night(1))
    [other] = extracted(there, 2)
    (there.office.outgoing / other).rename(there.office.outgoing / name)
    assert look(night(2)) == 0
    assert folder(there) == [name]
    assert alarms() == [("failed", name)]


@pytest.mark.parametrize(
    ("fault", "code", "kinds"),
    [
        ("bad_signature", "bad_signature", ["failed"]),
        ("other_signer", "bad_signature", ["failed"]),
        ("wrong_count", "count", ["count", "failed"]),
    ],
)
def test_what_is_not_to_be_believed_is_left_after_three_attempts(there, standing, fault, code, kinds):
    there.behave(fault, times=1)
    [name] = extracted(there, 1)
    look(night(1))
    for _ in range(3):
        run_all(night(1))
    sync = RegisterSync.objects.get()
    assert (sync.status, sync.error, sync.attempts) == (STATUS.FAILED, code, 3)
    assert alarms() == [(kind, name) for kind in kinds]
    assert (folder(there), untils(), ReportVersion.objects.count()) == ([name], {EARLY}, 0)
    assert look(night(1)) == 0


def test_a_failed_file_that_is_taken_away_by_hand_is_no_alarm_any_more(there, standing):
    there.behave("bad_signature", times=1)
    [name] = extracted(there, 1)
    look(night(1))
    for _ in range(3):
        run_all(night(1))
    (there.office.outgoing / name).unlink()
    look(night(1))
    assert alarms() == []


def test_a_file_without_a_readable_head_is_left(there, standing):
    put(there, "302_1_cut.xml", b"<w:WageReportsFromIR xmlns:w='http://www.tulorekisteri.fi/2017/1/WageReports")
    put(there, "302_2_other.xml", b"not xml at all")
    assert look(AT) == 0
    assert alarms() == [("failed", "302_1_cut.xml"), ("failed", "302_2_other.xml")]
    assert not RegisterSync.objects.exists()
    assert len(folder(there)) == 2


def test_a_file_that_was_cut_behind_its_head_is_left(there, standing):
    [name] = extracted(there, 1)
    put(there, name, (there.office.outgoing / name).read_bytes()[:200_000])
    look(night(1))
    for _ in range(3):
        run_all(night(1))
    assert RegisterSync.objects.get().error == "bad_signature"
    assert (alarms(), folder(there), untils()) == ([("failed", name)], [name], {EARLY})


def test_a_subscription_that_is_not_ours_is_left(there, standing):
    [name] = extracted(there, 1)
    RegisterSubscription.objects.all().delete()
    assert look(night(1)) == 0
    assert look(night(1)) == 0
    assert RegisterAlarm.objects.get().facts == {"error": "unknown_subscription"}
    assert folder(there) == [name]


def test_a_head_that_lies_about_its_subscription_is_not_believed(there, standing):
    other = RegisterSubscription.objects.create(kind=302, modified_from=AT, valid_from=AT.date(), status="active")
    [name] = extracted(there, 1)
    row = RegisterSync.objects.create(subscription=other, source=name, window_from=EARLY, requested_at=AT)
    for _ in range(3):
        run_all(night(1))
    row.refresh_from_db()
    assert (row.status, row.error) == (STATUS.FAILED, "wrong_subscription")
    assert not ReportVersion.objects.exists()


def test_a_folder_that_cannot_be_reached_is_looked_into_later(there, standing, settings):
    extracted(there, 1)
    there.sftp.shutdown()
    there.sftp.server_close()
    assert look(night(1)) == 0
    own = syncs.request_sync(organisation=Organisation.objects.first(), by=None, at=AT)
    file = RegisterSync.objects.create(subscription=standing, source="302_1_a.xml", requested_at=AT)
    run_all(night(1))
    own.refresh_from_db()
    file.refresh_from_db()
    assert (own.status, file.status, file.error, file.outages) == ("finished", "waiting", "unavailable", 1)


@pytest.mark.parametrize("broken", [None, b"nothing"])
def test_without_the_pinned_certificate_files_wait_until_it_is_there(there, standing, broken):
    """It is nobody's fault but ours: nothing is given up, and the same file is kept once the certificate is back."""
    extracted(there, 1)
    pinned = there.keys / "register.crt"
    good = pinned.read_bytes()
    pinned.unlink() if broken is None else pinned.write_bytes(broken)
    assert look(night(1)) == 1
    for _ in range(4):
        run_all(night(1))
    assert (RegisterSync.objects.get().status, RegisterSync.objects.get().error) == ("waiting", "unavailable")
    pinned.write_bytes(good)
    run_all(night(1))
    assert RegisterSync.objects.get().status == "finished"
    assert (alarms(), folder(there)) == ([], [])
