"""Whatever the order and however often messages come, the same rows are left."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from employers.benefits.claim import Period
from employers.income_register.merge import merge
from employers.income_register.models import PaidAbsence, QuarantinedReport, RegisterSync, ReportVersion
from employers.income_register.queries import LAST_DAY, paid_absences, wages
from employers.income_register.schema import EmploymentPeriod, Identifier, Poison, Transaction, UnpaidAbsence
from employers.organisations.models import Organisation
from employers.people.models import Employment, Person
from tests.income_register.conftest import AT
from tests.income_register.extracts import AINO, BO, PAYER, make_absence, make_report
from tests.income_register.state import state

pytestmark = pytest.mark.django_db
YEAR = Period(start=date(2026, 1, 1), end=date(2026, 12, 31))
SINCE_2019 = EmploymentPeriod(start=date(2019, 5, 2))


def pay(amount):
    return (Transaction(code=201, amount=Decimal(amount)),)


MESSAGES = [
    make_report("r1", 1),
    make_report("r1", 2, transactions=pay(3100), paid_absences=()),
    make_report("r1", 3, transactions=(), given_name=None, family_name=None),
    make_report("r2", 1, earner_ids=(Identifier(type=2, code=BO),), given_name="Bo", family_name="Exempel"),
    make_report("r2", 2, earner_ids=(), status=2),
    make_report("r3", 1, payment_date=date(2026, 9, 28), employment_periods=(SINCE_2019,)),
    make_report("r3", 1, payment_date=date(2026, 9, 28), transactions=(), earner_ids=(), absences_told=False,
                paid_absences=()),
    make_report("r4", 2, absences_told=False, paid_absences=(), given_name="Aina"),
    make_report("r4", 1, paid_absences=(make_absence(), make_absence(start=date(2026, 10, 26), end=None))),
    make_report("r4", 1, paid_absences=(), unpaid_absences=(UnpaidAbsence(start=date(2026, 10, 1), cause_code=1),)),
    make_report("r4", 1, paid_absences=(make_absence(start=None, end=None, until=date(2026, 11, 2)),),
                unpaid_absences=(UnpaidAbsence(end=date(2026, 10, 2)),)),
]  # fmt: skip


@pytest.fixture
def sync(db):
    organisation = Organisation.objects.create(business_id=PAYER, name="Esimerkki")
    return RegisterSync.objects.create(organisation=organisation, requested_at=AT)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(len(MESSAGES))),
    more=st.lists(st.sampled_from(range(len(MESSAGES)))),
    cut=st.integers(0),
)
def test_order_and_repetition_do_not_matter(sync, order, more, cut):
    messages = [MESSAGES[number] for number in [*order, *more]]
    cut %= len(messages) + 1
    with transaction.atomic():
        merge(MESSAGES, sync=sync, at=AT)
        expected = state()
        transaction.set_rollback(True)
    with transaction.atomic():
        for part in (messages[:cut], messages[cut:]):
            merge(part, sync=sync, at=AT)
        seen = state()
        transaction.set_rollback(True)
    assert seen == expected


def test_what_counts_today(sync):
    merge(MESSAGES, sync=sync, at=AT)
    aino = Person.objects.get(identity_index=Person.index_of(AINO))
    assert wages(sync.organisation, aino, window=YEAR) == [
        (date(2026, 9, 28), Decimal(3000)),
        (date(2026, 10, 28), Decimal(3100)),  # version 3 came with its amounts masked: version 2 shows them
        (date(2026, 10, 28), Decimal(3000)),
    ]
    assert [(one.report.report_id, one.report.version) for one in paid_absences(sync.organisation)] == [
        ("r1", 3),
        ("r3", 1),
        ("r4", 1),  # version 2 tells nothing of absences: those of version 1 still count
        ("r4", 1),
    ]


def test_an_invalidated_report_counts_no_more(sync):
    merge([make_report()], sync=sync, at=AT)
    counts = merge([make_report(version=2, status=2)], sync=sync, at=AT)
    assert (counts.new, counts.replaced, counts.invalidated) == (0, 0, 1)
    assert not paid_absences(sync.organisation).exists()
    assert ReportVersion.objects.count() == 2


def test_counts_tell_what_is_new(sync):
    first = merge(MESSAGES, sync=sync, at=AT)
    again = merge(MESSAGES, sync=sync, at=AT)
    assert (first.reports, first.new, first.replaced, first.invalidated) == (len(MESSAGES), 4, 3, 1)
    assert (again.reports, again.new, again.replaced, again.invalidated) == (len(MESSAGES), 0, 0, 0)


def test_a_claim_keeps_its_reference_and_contact(sync):
    merge([make_report(paid_absences=(make_absence(info="Kiitos"),))], sync=sync, at=AT)
    [absence] = paid_absences(sync.organisation)
    assert (absence.reimbursement_type, absence.reimbursement_reference) == (1, "SV1")
    assert absence.information == "Kiitos"
    assert absence.contact == {"name": "Palkat", "phone": "029", "email": "palkat@example.fi"}


def test_what_cannot_be_read_or_is_another_payers_goes_to_quarantine(sync):
    foreign = make_report("r9", payer_ids=(Identifier(type=1, code="9000001-1"),))
    for _ in range(2):
        counts = merge([Poison(report_id="r8", reason="ReportData"), foreign, make_report()], sync=sync, at=AT)
        assert counts.quarantined == 2
    assert set(QuarantinedReport.objects.values_list("report_id", "reason")) == {
        ("r8", "ReportData"),
        ("r9", "DeliveryData/Payer"),
    }
    assert ReportVersion.objects.get().report_id == "r1"


def test_another_employers_report_is_not_taken_over(sync):
    """A report number that is already another employer's stays that employer's."""
    merge([make_report()], sync=sync, at=AT)
    other = Organisation.objects.create(business_id="9000001-1", name="Toinen")
    second = RegisterSync.objects.create(organisation=other, requested_at=AT)
    merge([make_report(payer_ids=(), transactions=pay(1))], sync=second, at=AT)
    assert ReportVersion.objects.get().organisation == sync.organisation
    assert not paid_absences(other).exists()


def test_identity_codes_are_sealed(sync):
    merge([make_report()], sync=sync, at=AT)
    sealed = Person.objects.values_list("identity_code", flat=True).get()
    assert AINO.encode() not in bytes(sealed)
    assert Person.objects.get().identity_code == AINO


def test_a_later_name_wins_also_when_it_comes_first(sync):
    later = make_report("r5", given_name="Aina", received_at=datetime(2026, 11, 1, tzinfo=UTC))
    for message in (later, make_report()):
        merge([message], sync=sync, at=AT)
    assert Employment.objects.get().given_name == "Aina"


def test_unpaid_absences_are_kept_beside_paid_ones(sync):
    paid = make_absence(end=None, until=date(2026, 11, 30))
    unpaid = UnpaidAbsence(start=date(2026, 10, 1), end=date(2026, 10, 2), cause_code=1)
    merge([make_report("r1", paid_absences=(paid,), unpaid_absences=(unpaid, unpaid))], sync=sync, at=AT)
    rows = PaidAbsence.objects.filter(current=True).order_by("number")
    assert [(one.unpaid, one.start, one.until, one.amount) for one in rows] == [
        (False, paid.start, paid.until, paid.amount),
        (True, unpaid.start, None, None),
        (True, unpaid.start, None, None),
    ]
    told = paid_absences(sync.organisation).annotate(last=LAST_DAY)
    assert [(one.start, one.last) for one in told] == [(paid.start, date(2026, 10, 31))]
