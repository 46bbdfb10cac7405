"""A claim whose report has no place for what its benefit needs waits as a draft of the employer, and is not late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from employers.applications.draft import send
from employers.applications.expire import expire
from employers.applications.models import Application, Draft
from employers.applications.models_register import RegisterClaim
from employers.applications.register_claim import claim_of
from employers.applications.submit import Filing, fresh_reference
from employers.benefits.claim import from_json
from employers.income_register.schema import Reimbursement
from employers.notifications.models import Mail
from employers.records import events
from employers.records.models import Event
from tests import cast
from tests.applications.reports import AT, absence, claimed, report, reviewed
from tests.notifications.mails import followed_at_once
from tests.notifications.places import address
from tests.pages import come_in, text

pytestmark = pytest.mark.usefixtures("sandbox")
START, END = date(2026, 3, 2), date(2026, 4, 10)
DAILY, FAMILY, UNTOLD = 1, 2, 3
HOURS = {"weekly_hours_before": Decimal("37.5"), "weekly_hours_agreed": Decimal("18.75")}
LATE = datetime(2026, 6, 30, 9, tzinfo=UTC)  # after the deadline of the absence


def claims(cause, *asked, **changes):
    return claimed(
        START, END, cause_code=cause, reimbursements=tuple(Reimbursement(payment_type=one) for one in asked), **changes
    )


PARTIAL = report("r1", claims(2, UNTOLD))


def completed(draft):
    claim = claim_of(RegisterClaim.objects.get(draft=draft).paid_absence, reference=fresh_reference())
    return send(
        draft_id=draft.pk,
        claim=replace(claim, details=HOURS),
        filing=Filing(channel=draft.channel, by=cast.by_web(), at=LATE),
    )


WAITING = [
    (2, UNTOLD, "partial_sickness_allowance", ["hours"]),
    (3, FAMILY, "family_leave_compensation", None),
    (23, UNTOLD, "annual_leave_compensation", None),
]


@pytest.mark.parametrize(("cause", "asked", "benefit", "way"), WAITING)
def test_a_draft_holds_all_that_is_known_and_asks_for_the_rest(clock_at, cause, asked, benefit, way):
    clock_at(AT)
    reviewed(report("r1", claims(cause, asked)))
    draft = Draft.objects.get()
    assert (draft.benefit, draft.channel, draft.user, draft.organisation) == (
        benefit,
        "register",
        None,
        cast.employer(),
    )
    assert draft.told_at == datetime(2026, 3, 27, 6, 1, tzinfo=UTC)
    assert draft.content["body"]["employee"]["given_name"] == "Aino"
    assert draft.content["way"]
    assert not set(draft.content["way"]) & set(draft.content["done"])
    claim = RegisterClaim.objects.get()
    assert (claim.status, claim.draft, claim.application) == ("needs_details", draft, None)
    assert Event.objects.get(type=events.CLAIM_INCOMPLETE).subject == draft.pk
    client = come_in(Client(), "Aino")
    overview = client.get(f"/en/employers/{cast.employer().pk}/")
    assert "claimed in the Incomes Register" in text(overview)
    for page in [*draft.content["way"], "check"]:
        assert client.get(f"/en/apply/{draft.pk}/{page}/").status_code == 200


def test_completed_it_came_when_the_report_did():
    reviewed(PARTIAL)
    application = completed(Draft.objects.get())
    assert (application.channel, application.late) == ("register", False)
    assert application.submitted_at == datetime(2026, 3, 27, 6, 1, tzinfo=UTC)
    claim = RegisterClaim.objects.get()
    assert (claim.status, claim.application) == ("received", application)


def test_what_was_completed_is_followed_and_keeps_the_details():
    reviewed(PARTIAL)
    application = completed(Draft.objects.get())
    reviewed(report("r1", claims(2, UNTOLD, amount="1700.00"), version=2))
    application.refresh_from_db()
    said = from_json(application.versions.get(number=2).content)
    assert (said.pay_periods[0].amount, said.details) == (Decimal("1700.00"), HOURS)


def test_a_new_version_goes_into_the_draft_beside_the_employers_answers():
    reviewed(PARTIAL)
    draft = Draft.objects.get()
    draft.content["body"]["details"] = {"weekly_hours_before": "37.5"}
    draft.save()
    reviewed(report("r1", claims(2, UNTOLD, amount="1700.00"), version=2))
    kept = Draft.objects.get()
    assert (kept.pk, kept.told_at) == (draft.pk, draft.told_at)
    assert kept.content["body"]["pay_periods"][0]["amount"] == "1700.00"
    assert kept.content["body"]["details"] == {"weekly_hours_before": "37.5"}


def test_claimed_no_longer_the_draft_goes():
    reviewed(PARTIAL)
    reviewed(report("r1", absence(START, END, cause_code=2), version=2))
    assert not Draft.objects.exists()
    assert RegisterClaim.objects.get().status == "withdrawn"


def test_thrown_away_it_comes_back_with_another_claim_alone():
    reviewed(PARTIAL)
    Draft.objects.get().delete()
    reviewed(report("r1", claims(2, UNTOLD), version=2))
    assert not Draft.objects.exists()
    reviewed(report("r1", claims(2, UNTOLD, amount="1700.00"), version=3))
    assert Draft.objects.count() == 1


def test_it_waits_as_long_as_the_register_tells_it():
    reviewed(PARTIAL)
    assert expire(at=AT + timedelta(days=400)) == 0


def test_several_payments_asked_for_on_one_absence_are_claims_of_their_own():
    reviewed(report("r1", claims(3, DAILY, FAMILY)))
    assert Application.objects.get().benefit == "parental_allowance"
    assert Draft.objects.get().benefit == "family_leave_compensation"
    assert list(RegisterClaim.objects.order_by("place").values_list("place", "status")) == [
        (0, "received"),
        (1, "needs_details"),
    ]
    reviewed(report("r1", claims(3, DAILY), version=2))
    assert not Draft.objects.exists()
    assert Application.objects.get().status == "submitted"


def test_each_absence_of_a_report_is_a_claim_of_its_own():
    reviewed(report("r1", claimed(date(2026, 2, 2), date(2026, 2, 20)), claims(5, DAILY)))
    assert set(Application.objects.values_list("benefit", flat=True)) == {
        "sickness_allowance",
        "rehabilitation_allowance",
    }


def test_what_is_claimable_since_2025_was_not_before():
    came = datetime(2024, 12, 31, 9, tzinfo=UTC)
    reviewed(report("r1", claims(2, UNTOLD), received_at=came))
    assert RegisterClaim.objects.get().status == "refused"


def test_the_employer_is_written_to():
    one = address("palkat@example.fi", language="en", confirmed_at=AT - timedelta(days=1))
    reviewed(PARTIAL)
    followed_at_once()
    mail = Mail.objects.get()
    assert (mail.address, mail.kind, mail.ids) == (one, "claim_incomplete", [str(Draft.objects.get().pk)])
