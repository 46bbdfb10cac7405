"""Claims that reports carry become applications by themselves, once, and none is lost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from employers.applications import receive_register, review_register
from employers.applications.models import Application, StatusChange
from employers.applications.models_register import RegisterClaim
from employers.benefits.claim import Contact, Employment, Period, from_json
from employers.income_register.models import PaidAbsence
from employers.income_register.schema import Reimbursement
from employers.records import events
from employers.records.models import Event
from tests import cast
from tests.applications.reports import AINO, AT, EERO, absence, claimed, pay, report, reviewed, told, year_of_wages

pytestmark = pytest.mark.usefixtures("sandbox")
START, END = date(2026, 3, 2), date(2026, 3, 20)
CLAIM = report("r1", claimed(START, END, info="Kiitos"))


def said(application):
    return from_json(application.versions.get(number=application.version).content)


def outcomes():
    """Status, problem codes and whether there is an application, in the order of the absences."""
    claims = RegisterClaim.objects.order_by("paid_absence__start", "paid_absence__report__version")
    return [(one.status, [each["code"] for each in one.problems], one.application_id is not None) for one in claims]


def paid_with(**reimbursement):
    """What of a claim's payment reaches the application: reference, specifier, additional information."""
    reviewed(report("r1", claimed(START, END, reimbursements=(Reimbursement(payment_type=1, **reimbursement),))))
    claim = said(Application.objects.get())
    return claim.payment_reference, claim.payment_specifier, claim.additional_information


def test_a_claim_in_a_report_becomes_an_application():
    reviewed(*year_of_wages(), CLAIM)
    application = Application.objects.get()
    claim = said(application)
    assert (application.channel, application.status, application.late) == ("register", "submitted", False)
    assert (claim.benefit, claim.employer, claim.pay_basis) == ("sickness_allowance", cast.BAKERY, "full")
    assert (claim.employee.personal_identity_code, claim.employee.given_name) == (AINO, "Aino")
    assert claim.employment == Employment(start=date(2019, 5, 2))
    assert claim.absence == Period(start=START, end=END)
    assert claim.pay_periods == (pay(START, END),)
    assert claim.contact == Contact(name="Palkat", phone="029", email="palkat@example.fi")
    assert (claim.payment_reference, claim.certificate, claim.additional_information) == ("SV1", "electronic", "Kiitos")
    assert claim.reference == application.reference
    assert application.amount == Decimal("485.45")
    assert outcomes() == [("received", [], True)]


def test_the_system_sent_it_when_the_report_came():
    reviewed(CLAIM)
    application = Application.objects.get()
    change = StatusChange.objects.get()
    assert application.submitted_at == datetime(2026, 3, 27, 6, 1, tzinfo=UTC)
    assert (change.verb, change.role, change.user, change.client) == ("submit", "system", None, None)
    assert application.acting_organisation == application.organisation == cast.employer()
    assert Event.objects.filter(type=events.SUBMITTED, application=application.pk).count() == 1


def test_a_claim_of_an_absence_that_goes_on_is_for_the_days_of_the_pay_period():
    reviewed(report("r1", claimed(START, None, until=date(2026, 5, 31)), period_end=END))
    made = Application.objects.get()
    assert (made.absence_start, made.absence_end) == (START, END)
    assert made.versions.get().content["pay_periods"][0]["end"] == END.isoformat()


def test_looking_again_makes_no_other():
    for _ in range(2):
        reviewed(CLAIM)
        receive_register.receive_register_claims(at=AT)
    assert Application.objects.count() == RegisterClaim.objects.count() == 1


@pytest.mark.parametrize(
    ("reimbursement", "expected"),
    [
        ({"reference": "RF18539007547034"}, ("RF18539007547034", None, "")),
        ({"reference": "1" * 21}, (None, None, "1" * 21)),
        ({"specifier": "Sairausloma 3/2026"}, (None, "Sairausloma 3/2026", "")),
        ({"specifier": "Sairausloma maaliskuu 2026"}, (None, None, "Sairausloma maaliskuu 2026")),
        ({"reference": "SV1", "specifier": "maaliskuu"}, ("SV1", None, "maaliskuu")),
        ({"reference": "1" * 21, "specifier": "maaliskuu"}, (None, "maaliskuu", "1" * 21)),
        ({}, (None, None, "")),
    ],
)
def test_what_a_bank_has_no_room_for_is_kept_as_words(reimbursement, expected):
    assert paid_with(**reimbursement) == expected


@pytest.mark.parametrize(
    ("change", "problems", "status"),
    [
        ({"absences": [claimed(END, START)]}, {"before_start"}, "needs_details"),
        ({"absences": [claimed(START, None)]}, {"required", "pay_periods_missing"}, "needs_details"),
        ({"absences": [claimed(START, END, amount=None)]}, {"pay_periods_missing"}, "needs_details"),
        ({"absences": [claimed(START, END, cause_code=8)]}, {"benefit_not_supported"}, "refused"),
        ({"absences": [claimed(START, END)], "employment_periods": ()}, {"required"}, "needs_details"),
        ({"absences": [claimed(START, END)], "earner_ids": ()}, {"required"}, "refused"),
    ],
)
def test_a_claim_against_the_law_is_kept_with_what_is_wrong(change, problems, status):
    absences = change.pop("absences")
    reviewed(report("r1", *absences, **change), report("r2", claimed(START, END), code=EERO))
    refused = RegisterClaim.objects.exclude(status="received").get()
    assert (refused.status, refused.draft is None) == (status, status == "refused")
    assert problems <= {problem["code"] for problem in refused.problems}
    assert refused.application is None
    assert Application.objects.get().person.identity_code == EERO  # the others go on


def test_what_the_employer_sent_itself_is_not_sent_twice():
    application = cast.sent()
    reviewed(CLAIM)
    claim = RegisterClaim.objects.get()
    assert (claim.status, claim.application) == ("duplicate", application)
    assert [problem["code"] for problem in claim.problems] == ["overlap"]


@pytest.mark.parametrize(
    "corrected",
    [
        claimed(START, date(2026, 3, 18)),
        claimed(START, END, amount="1900.00"),
        claimed(date(2026, 4, 7), date(2026, 4, 14)),  # other days altogether, in the same place
    ],
)
def test_a_correction_makes_no_second_application(corrected):
    reviewed(CLAIM)
    reviewed(report("r1", corrected, version=2))
    assert Application.objects.count() == 1
    assert sorted(outcomes()) == [("corrected", [], True), ("replaced", [], True)]


def test_a_correction_that_moves_it_in_the_report_makes_no_second_application():
    reviewed(CLAIM)
    reviewed(report("r1", absence(date(2026, 2, 2), date(2026, 2, 3)), claimed(START, END), version=2))
    assert Application.objects.count() == 1


def test_a_correction_of_what_was_refused_is_received():
    reviewed(report("r1", claimed(START, END, amount=None)))
    reviewed(report("r1", claimed(START, END), version=2))
    assert outcomes() == [("replaced", ["pay_periods_missing"], False), ("received", [], True)]


def test_what_was_corrected_before_we_looked_is_received_as_corrected():
    told(CLAIM)
    reviewed(report("r1", claimed(START, date(2026, 3, 18)), version=2))
    assert said(Application.objects.get()).absence.end == date(2026, 3, 18)
    assert outcomes() == [("received", [], True)]


def test_an_invalidated_claim_is_not_received():
    told(CLAIM)
    reviewed(report("r1", version=2, status=2))
    assert not Application.objects.exists()


def test_the_next_months_claim_continues_the_one_before():
    april = date(2026, 4, 15)
    reviewed(
        report("r2", claimed(date(2026, 4, 1), date(2026, 4, 10)), paid=april),
        report("r1", claimed(START, date(2026, 3, 31))),
    )
    first, second = Application.objects.order_by("absence_start")
    assert second.continues == first
    assert second.versions.get().estimate["waiting_period"] is None


def test_an_error_of_ours_keeps_nobody_waiting_and_is_tried_three_times():
    """A contact of another shape than ours stands for whatever nobody thought of."""
    told(CLAIM, report("r2", claimed(START, END), code=EERO))
    broken = PaidAbsence.objects.get(report__report_id="r1")
    broken.contact = ["not", "ours"]
    broken.save()
    for _ in range(5):
        review_register.review_register(at=AT)
    assert Application.objects.get().person.identity_code == EERO
    claim = RegisterClaim.objects.get(paid_absence=broken)
    assert (claim.status, claim.attempts) == ("waiting", 3)
    assert not review_register.is_any_due()
