"""One extract over many payers: every order ends in the same rows, and what is known is not written again."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from employers.income_register.merge import merge, settle
from employers.income_register.models import QuarantinedReport, RegisterSync, ReportVersion
from employers.income_register.models_subscriptions import RegisterSubscription
from employers.income_register.schema import EmploymentPeriod, Identifier, Poison
from employers.income_register.stage import stage
from employers.organisations.models import Organisation
from tests.income_register.conftest import AT, TODAY
from tests.income_register.extracts import BO, PAYER, make_absence, make_report
from tests.income_register.state import state

pytestmark = pytest.mark.django_db
OTHER, STRANGER = "9000001-1", "9000002-9"
WRITTEN = (
    "employers_reportversion", "employers_paidabsence", "employers_employment", "employers_person",
    "employers_quarantinedreport",
)  # fmt: skip


def of(business_id):
    return {"payer_ids": (Identifier(type=1, code=business_id),)}


BOS = {"earner_ids": (Identifier(type=2, code=BO),), "given_name": "Bo", "family_name": "Exempel"}
SAME_MOMENT = {"received_at": datetime(2026, 10, 28, 6, tzinfo=UTC)}
MASKED = {"transactions": (), "earner_ids": (), "absences_told": False, "paid_absences": ()}
CLAIM = make_absence(info="Kiitos")
HALF_MASKED = make_absence(amount=None, reimbursements=(), end=None)
MESSAGES = [
    make_report("a1", 1, **of(PAYER)),
    make_report("a1", 2, **of(PAYER), status=2),
    make_report("a2", 1, **of(PAYER), **MASKED),
    make_report("a2", 1, **of(PAYER), paid_absences=(CLAIM,)),
    make_report("a2", 1, **of(PAYER), paid_absences=(HALF_MASKED,), contacts=()),
    make_report("b1", 1, **of(OTHER), given_name="Aina", **SAME_MOMENT),
    make_report("b2", 1, **of(OTHER), given_name="Aini", **SAME_MOMENT),
    make_report("b3", 2, **of(OTHER), **BOS, employment_periods=(EmploymentPeriod(start=TODAY.replace(day=1)),)),
    make_report("b3", 3, **of(OTHER), **MASKED, given_name=None),
    make_report("b3", 1, **of(OTHER), **BOS),
    make_report("c1", 1, **of(STRANGER)),
    make_report("c2", 1, payer_ids=()),
    Poison(report_id="p1", reason="ReportData", business_id=OTHER),
    Poison(report_id="p2", reason="ReportData"),
]  # fmt: skip


@pytest.fixture
def sync(db):
    subscription = RegisterSubscription.objects.create(kind=302, modified_from=AT, valid_from=TODAY)
    for business_id in (PAYER, OTHER):
        subscription.organisations.add(Organisation.objects.create(business_id=business_id, name="Esimerkki"))
    Organisation.objects.create(business_id=STRANGER, name="Muu")
    return RegisterSync.objects.create(subscription=subscription, requested_at=AT)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(MESSAGES), more=st.lists(st.sampled_from(MESSAGES)), cuts=st.lists(st.integers(0, 20)))
def test_order_and_repetition_do_not_matter(sync, order, more, cuts):
    messages, seen = [*order, *more], []
    for parts in ([MESSAGES], _cut(messages, cuts)):
        with transaction.atomic():
            for part in parts:
                merge(part, sync=sync, at=AT)
            seen.append(state() | {"claims": claims(), "quarantine": quarantine()})
            transaction.set_rollback(True)
    assert seen[1] == seen[0]


def _cut(messages, places):
    edges = [0, *sorted(min(place, len(messages)) for place in places), len(messages)]
    return [messages[start:end] for start, end in pairwise(edges)]


def claims():
    rows = ReportVersion.objects.filter(report_id="a2").prefetch_related("paid_absences")
    return [(one.reimbursement_type, one.information, one.contact) for row in rows for one in row.paid_absences.all()]


def quarantine():
    return set(QuarantinedReport.objects.values_list("organisation__business_id", "report_id", "reason"))


def test_what_is_ours_is_kept_and_the_rest_counted(sync):
    counts = merge(MESSAGES, sync=sync, at=AT)
    assert (counts.reports, counts.foreign, counts.quarantined) == (14, 1, 3)
    assert counts.organisations == set(sync.subscription.organisations.values_list("pk", flat=True))
    assert not ReportVersion.objects.filter(organisation__business_id=STRANGER).exists()
    assert quarantine() == {
        (OTHER, "p1", "ReportData"),
        (None, "p2", "ReportData"),
        (None, "c2", "DeliveryData/Payer"),
    }


def versions_of_rows():
    with connection.cursor() as cursor:
        seen = {}
        for table in WRITTEN:
            cursor.execute(f"SELECT id, xmin, xmax, ctid FROM {table} ORDER BY id")
            seen[table] = cursor.fetchall()
    return seen


@pytest.mark.django_db(transaction=True)
def test_the_same_extract_again_writes_nothing(sync):
    """Not a row is replaced, nor even locked: of rows written in vain somebody would wait."""
    merge(MESSAGES, sync=sync, at=AT)
    before = versions_of_rows()
    counts = merge(MESSAGES, sync=sync, at=AT)
    assert versions_of_rows() == before
    assert (counts.reports, counts.new, counts.replaced, counts.invalidated) == (14, 0, 0, 0)
    assert counts.organisations == frozenset()


def test_a_report_that_is_read_later_leaves_quarantine(sync):
    merge([Poison(report_id="p1", reason="ReportData", business_id=OTHER)], sync=sync, at=AT)
    merge([make_report("p1", 1, **of(OTHER))], sync=sync, at=AT)
    assert QuarantinedReport.objects.get().resolved_at == AT


def test_staging_tells_how_far_it_is_and_holds_no_lock(sync):
    """What is staged waits outside any transaction until it is settled, or until something else is staged."""
    payers = dict(Organisation.objects.values_list("business_id", "pk"))
    told: list[int] = []
    reports = [make_report(f"n{number}", 1, **of(PAYER), paid_absences=()) for number in range(2001)]
    assert stage(reports, payers=payers, progress=told.append) == 2001
    assert told == [2000, 2001]
    assert not ReportVersion.objects.exists()
    stage(reports[:3], payers=payers)
    assert settle(sync=sync, at=AT).new == 3


def test_odd_texts_come_through(sync):
    """What the format of COPY would take for an end of a field, a row or a value."""
    odd = "a\\b\tc\\N"
    merge([make_report(odd, 1, **of(PAYER), given_name="\\N\n\t")], sync=sync, at=AT)
    [version] = ReportVersion.objects.all()
    assert version.report_id == odd
    assert state()["employments"][0][1] == "\\N\n\t"
