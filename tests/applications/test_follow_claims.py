"""An application follows the claim that counts in the register: corrected, asked about, withdrawn, never twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from employers.applications import review_register
from employers.applications.correct import correct, in_force
from employers.applications.models import Application, StatusChange
from employers.applications.withdraw import withdraw
from employers.benefits.claim import Contact
from employers.records import events
from employers.records.models import Event
from tests import cast
from tests.applications.following import CLAIM, END, GONE, MIDDLE, SHORT, SHORTER, SICK, START, live, states
from tests.applications.reports import AT, absence, claimed, pay, report, reviewed, told

pytestmark = pytest.mark.usefixtures("sandbox")
INVALID = report("r1", version=2, status=2)


def last_move() -> tuple[str, str, str]:
    move = StatusChange.objects.order_by("id").last()
    return move.verb, move.role, move.reason


@pytest.mark.parametrize(
    ("absences", "expected"),
    [
        ([SHORTER], SHORT),
        ([claimed(START, END, amount="1700.00")], ("sickness_allowance", START, END, "1700.00")),
        ([claimed(date(2026, 4, 7), date(2026, 4, 14))],
         ("sickness_allowance", date(2026, 4, 7), date(2026, 4, 14), "1800.00")),
        ([absence(date(2026, 2, 2), date(2026, 2, 3)), SHORTER], SHORT),  # in another place of the report
    ],
)  # fmt: skip
def test_before_the_decision_the_application_is_corrected(absences, expected):
    reviewed(CLAIM)
    reviewed(report("r1", *absences, version=2))
    assert live() == [expected]
    application = Application.objects.get()
    assert (application.version, application.status, application.submitted_at.day) == (2, "submitted", 27)
    assert last_move()[:2] == ("correct", "system")
    assert "r1" in last_move()[2]
    assert Event.objects.filter(type=events.CORRECTED).count() == 1


def test_another_cause_is_another_application_that_came_when_the_first_did():
    reviewed(CLAIM)
    reviewed(report("r1", claimed(START, END, cause_code=5), version=2))
    assert live() == [("rehabilitation_allowance", START, END, "1800.00")]
    first, second = Application.objects.order_by("id")
    assert (first.status, first.submitted_at) == ("withdrawn", second.submitted_at)


def test_what_the_employer_said_itself_stays():
    reviewed(CLAIM)
    application = Application.objects.get()
    contact = Contact(name="Elli", phone="040", email="elli@example.fi")
    claim = replace(in_force(application), insurer_case="traffic", contact=contact)
    correct(application_id=application.pk, claim=claim, reason="", version=1, by=cast.by_web(), at=AT)
    reviewed(report("r1", SHORTER, version=2))
    said = in_force(Application.objects.get())
    assert (said.insurer_case, said.contact, said.pay_periods) == ("traffic", contact, (pay(START, MIDDLE, "1200.00"),))


def test_a_version_that_claims_the_same_corrects_nothing():
    reviewed(CLAIM)
    reviewed(report("r1", claimed(START, END), version=2, wages="3100"))
    assert Application.objects.get().version == 1
    assert states() == ["replaced", "received"]


@pytest.mark.parametrize("gone", [GONE, INVALID, report("r1", version=2)])
def test_what_is_claimed_no_longer_is_withdrawn_with_the_reason(gone):
    reviewed(CLAIM)
    reviewed(gone)
    assert live() == []
    assert Application.objects.get().status == "withdrawn"
    assert (last_move()[:2], "r1" in last_move()[2]) == (("withdraw", "system"), True)
    assert states() == ["withdrawn"]
    assert not review_register.is_any_due()


@pytest.mark.parametrize(
    "masked",
    [
        report("r1", version=2, absences_told=False),
        report("r1", claimed(START, END, amount=None), version=2),
        report("r1", absence(START, END, amount=None), version=2),
        report("r1", absence(None, None, amount=None, cause_code=None), version=2),
        report("r1", claimed(START, END), version=2, earner_ids=()),
    ],
)
def test_a_masked_version_changes_nothing(masked):
    reviewed(CLAIM)
    reviewed(masked)
    assert (live(), Application.objects.get().version) == ([SICK], 1)
    assert not review_register.is_any_due()


def test_what_a_masked_version_hid_is_followed_when_it_is_told():
    reviewed(CLAIM)
    reviewed(report("r1", absence(START, END, amount=None), version=2))
    reviewed(report("r1", SHORTER, version=3))
    assert live() == [SHORT]


def test_cancelled_and_told_anew_is_one_claim_whichever_comes_first():
    cancelled, anew = INVALID, report("r2", SHORTER, paid=date(2026, 3, 30))
    reviewed(CLAIM)
    reviewed(cancelled, anew)
    assert (live(), Application.objects.count(), Application.objects.get().submitted_at.day) == ([SHORT], 1, 27)


def test_told_anew_before_it_is_cancelled():
    reviewed(CLAIM)
    reviewed(report("r2", SHORTER, paid=date(2026, 3, 30)))
    assert (live(), states()) == ([SICK], ["received", "duplicate"])
    reviewed(INVALID)
    assert (live(), Application.objects.count(), states()) == ([SHORT], 1, ["replaced", "corrected"])


@pytest.mark.parametrize(("days", "came"), [(2, 27), (30, 30)])
def test_told_anew_after_it_was_withdrawn_it_came_when_it_was_told_first_if_that_is_days_ago(days, came):
    reviewed(CLAIM)
    reviewed(replace(INVALID, received_at=datetime(2026, 3, 30, 6, tzinfo=UTC) - timedelta(days=days - 2)))
    reviewed(report("r2", SHORTER, paid=date(2026, 3, 30)))
    assert live() == [SHORT]
    assert Application.objects.get(status="submitted").submitted_at.day == came


def test_days_that_another_report_takes_over_are_free_for_it():
    one, two = claimed(START, MIDDLE, amount="1200.00"), claimed(date(2026, 3, 16), END, amount="600.00")
    reviewed(report("r1", one), report("r2", two))
    assert len(live()) == 2
    reviewed(report("r1", claimed(START, END), version=2), report("r2", version=2))
    assert live() == [SICK]
    assert not review_register.is_any_due()


def test_a_claim_that_moves_to_days_of_another_report_repeats_it_and_leaves_its_own():
    april, later = (date(2026, 4, 7), date(2026, 4, 14)), claimed(date(2026, 3, 16), END, amount="1020.00")
    reviewed(report("r2", claimed(*april, amount="1030.00")))
    reviewed(report("r1", SHORTER, later))
    reviewed(report("r1", SHORTER, claimed(*april, amount="1030.00"), version=2))
    there = ("sickness_allowance", *april, "1030.00")
    assert live() == [SHORT, there]
    reviewed(report("r2", version=2))
    assert live() == [SHORT, there], "the repetition takes its place"


def test_a_claim_split_in_two():
    reviewed(CLAIM)
    two = claimed(date(2026, 3, 16), END, amount="600.00")
    reviewed(report("r1", SHORTER, two, version=2))
    assert live() == [SHORT, ("sickness_allowance", date(2026, 3, 16), END, "600.00")]


def test_what_the_employer_withdrew_is_claimed_again_by_other_words_alone():
    reviewed(CLAIM)
    withdraw(application_id=Application.objects.get().pk, reason="", by=cast.by_web(), at=AT)
    reviewed(report("r1", claimed(START, END), version=2, wages="3100"))
    assert live() == []
    reviewed(report("r1", SHORTER, version=3))
    assert live() == [SHORT]


def test_what_the_employer_sent_itself_is_neither_corrected_nor_withdrawn():
    cast.sent()
    before = live()
    reviewed(CLAIM)
    reviewed(report("r1", SHORTER, version=2))
    reviewed(report("r1", version=3))
    assert live() == before
    assert not review_register.is_any_due()


def test_what_the_employer_sent_itself_and_took_back_is_claimed_by_its_report():
    application = cast.sent()
    reviewed(CLAIM)
    withdraw(application_id=application.pk, reason="", by=cast.by_web(), at=AT)
    assert review_register.is_any_due()
    review_register.review_register(at=AT)
    assert live() == [SICK]
    assert not review_register.is_any_due()


def test_what_cannot_be_followed_is_kept_back_and_the_next_version_is_compared_with_what_is_in_force():
    reviewed(CLAIM)
    reviewed(report("r1", claimed(date(2018, 3, 5), date(2018, 3, 20), amount="1700.00"), version=2))
    assert (live(), states()) == ([SICK], ["received", "refused"])
    assert not review_register.is_any_due()
    reviewed(report("r1", claimed(START, END, amount="1700.00"), version=3))
    assert live() == [("sickness_allowance", START, END, "1700.00")]


def test_told_twice_or_looked_through_again_nothing_happens():
    reviewed(CLAIM)
    for _ in range(2):
        reviewed(report("r1", SHORTER, version=2))
        told(CLAIM)  # old after new
        review_register.review_register(at=AT)
    assert (live(), Application.objects.get().version) == ([SHORT], 2)
