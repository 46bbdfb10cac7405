"""One confirmation turns a finding into an application."""

from datetime import date
from decimal import Decimal

import pytest

from employers.applications import findings
from employers.applications.claim_finding import FindingGone, claim_finding, draft_claim
from employers.applications.models import Application
from employers.applications.models_register import Finding
from employers.applications.submit import Refused
from employers.benefits.claim import Employee, Employment, Period, from_json
from employers.people.models import Employment as Told
from tests import cast
from tests.applications.reports import AINO, AT, absence, pay, report, reviewed, year_of_wages

pytestmark = pytest.mark.usefixtures("sandbox")
START, END = date(2026, 3, 16), date(2026, 4, 10)
PARTS = (
    report("r1", absence(START, date(2026, 3, 31))),
    report("r2", absence(date(2026, 4, 1), END, amount="900.00"), paid=date(2026, 4, 15)),
)


def found(*reports):
    reviewed(*year_of_wages(), *(reports or PARTS))
    return Finding.objects.get()


def sent(start, end):
    """What Aino's employer sent by itself."""
    employee = Employee(personal_identity_code=AINO, given_name="Aino", family_name="Esimerkki")
    return cast.sent(employee=employee, absence=Period(start=start, end=end), pay_periods=(pay(start, end),))


def said(application):
    return from_json(application.versions.get().content)


def test_the_application_holds_what_the_register_tells():
    finding = found()
    application = claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT)
    claim = said(application)
    assert (application.channel, application.submitted_by, application.late) == ("web", cast.user("Aino"), False)
    assert (claim.employee.personal_identity_code, claim.employee.family_name) == (AINO, "Esimerkki")
    assert claim.employment == Employment(start=date(2019, 5, 2))
    assert (claim.absence.start, claim.absence.end) == (START, END)
    assert claim.pay_periods == (pay(START, date(2026, 3, 31)), pay(date(2026, 4, 1), END, "900.00"))
    assert (claim.certificate, claim.pay_basis) == ("electronic", "full")
    assert len(claim.reference) == 9
    assert application.amount == finding.estimated_amount > 0


def test_the_finding_is_covered_at_once():
    finding = found()
    application = claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT)
    finding.refresh_from_db()
    assert (finding.status, finding.application) == ("covered", application)
    reviewed(*PARTS)
    findings.close(on=date(2026, 6, 30))
    finding.refresh_from_db()
    assert (finding.status, finding.application) == ("covered", application)


def test_a_machine_client_confirms_through_its_interface():
    application = claim_finding(finding_id=found().pk, by=cast.by_client(), at=AT)
    assert (application.channel, application.client) == ("api", cast.client_system())


def test_what_will_be_sent_can_be_shown():
    finding = found()
    draft = draft_claim(finding)
    application = claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT)
    sent = said(application)
    assert draft.reference == ""
    assert (draft.employee, draft.absence, draft.pay_periods) == (sent.employee, sent.absence, sent.pay_periods)


def test_the_employer_may_say_otherwise():
    changes = {"certificate": "employee", "payment_reference": "1009"}
    application = claim_finding(finding_id=found().pk, by=cast.by_web(), at=AT, claim_changes=changes)
    assert (said(application).certificate, said(application).payment_reference) == ("employee", "1009")


def test_twice_is_once():
    finding = found()
    claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT)
    with pytest.raises(FindingGone):
        claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT)
    assert Application.objects.count() == 1


def test_what_the_register_tells_no_more_cannot_be_confirmed():
    finding = found()
    reviewed(report("r1", version=2, status=2))
    finding.refresh_from_db()
    with pytest.raises(FindingGone):
        draft_claim(finding)
    with pytest.raises(FindingGone):
        claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT)


def test_what_was_applied_for_since_cannot_be_confirmed():
    finding = found()
    sent(START, END)
    with pytest.raises(FindingGone):
        claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT)
    assert Application.objects.count() == 1


def test_what_the_register_does_not_know_the_employer_adds():
    finding = found(report("r1", absence(START, END), employment_periods=()))
    Told.objects.update(start=None)
    with pytest.raises(Refused) as refused:
        claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT)
    assert [problem.field for problem in refused.value.problems if problem.code == "required"] == ["employment.start"]
    since = {"employment": Employment(start=date(2020, 1, 1))}
    application = claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT, claim_changes=since)
    assert application.amount > Decimal(0)


def test_what_goes_on_continues_what_was_claimed():
    sent(date(2026, 3, 2), date(2026, 3, 13))
    finding = found(report("r1", absence(date(2026, 3, 14), END)))
    application = claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT)
    assert application.continues is not None
    assert application.amount == finding.estimated_amount
