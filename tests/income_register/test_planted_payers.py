"""Planted payers hand their reports to the simulated register over SOAP, and the same comes back out of it."""

import pytest
from lxml import etree

from employers.income_register import messages as asking
from employers.income_register.schema import INVALIDATED
from tests.applications.planted.messages import messages, sendable
from tests.applications.planted.register import planted
from tests.income_register.conftest import AT
from tests.income_register.feeding import PORTAL, outcome

LABELS = ("cancelled", "cancelled and told anew", "days corrected", "both claimed", "unpaid wait", "two employers")
ACCEPTED = "3"
CHANNELS = {
    "WageReportsRequestToIR": ("WageReportService", "SendWageReports", "100"),
    "InvalidationsRequestToIR": ("InvalidationService", "SendInvalidations", "105"),
}


@pytest.fixture(scope="module")
def cases():
    """The last told of each kind."""
    told = [case for case in sendable(planted(5)) if case.label in LABELS]
    return [max((case for case in told if case.label == label), key=_last) for label in LABELS]


def test_what_payers_sent_is_what_is_told(desk, cases):
    """Every record is accepted whole; every version is told again, under its payer's reference, invalidated or not."""
    for message in messages(cases):
        service, action, kind = CHANNELS[etree.QName(message.root).localname]
        ack = desk.send(service, action, etree.tostring(message.root))
        answer = desk.status(kind, identity=ack.findtext("AckData/IRDeliveryId"), owner=message.payer)
        assert outcome(answer) == (ACCEPTED, {})
    people = {(told.payer, told.report.identity_code) for case in cases for told in case.told}
    assert len(people) == len(LABELS) + 1
    back = [each for payer, code in people for each in _told(desk, payer, code)]
    sent = [_facts(told.report, told.report.report_id) for case in cases for told in case.told]
    assert sorted(map(repr, back)) == sorted(map(repr, sent))
    assert any(facts[1] == INVALIDATED for facts in sent)


def _told(desk, payer, code):
    """Of what is not synthetic: the simulated register has people of its own, but none of these."""
    _, reports = desk.extract(asking.wage_reports(PORTAL, at=AT, payer=payer, earner=code, all_versions=True))
    return [_facts(one, one.payers_reference) for one in reports]


def _facts(report, reference):
    return (
        reference, report.status, report.version, report.identity_code, report.business_id, report.payment_date,
        report.transactions, report.paid_absences, report.unpaid_absences, report.employment_periods,
    )  # fmt: skip


def _last(case):
    return max(told.on for told in case.told)
