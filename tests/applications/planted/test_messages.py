"""What the planted payers send follows the register's schemas and says what was planted."""

from datetime import date
from io import BytesIO

import pytest
from lxml import etree

from employers.income_register.parser import reports_in
from tests.income_register import schemas

from .messages import messages, sendable
from .register import planted
from .shape import END


@pytest.fixture(scope="module")
def sent():
    """A tenth of the register."""
    return sendable(planted(5))[::10]


def test_every_message_follows_the_schema(sent):
    checked = {name: schemas.schema(f"{name}.xsd") for name in ("WageReportsToIR", "InvalidationsToIR")}
    kinds = set()
    for message in messages(sent):
        name = etree.QName(message.root).namespace.rpartition("/")[2]
        kinds.add(name)
        checked[name].assertValid(etree.fromstring(etree.tostring(message.root)))
    assert kinds == set(checked)


def test_they_are_read_as_they_were_planted(sent):
    """The pay, the absences, the claims and the person of every report that is not an invalidation."""

    def facts(report):
        return (
            report.identity_code, report.payment_date, report.transactions, report.paid_absences,
            report.unpaid_absences, report.employment_periods, report.contacts,
        )  # fmt: skip

    read = [
        facts(report)
        for message in messages(sent)
        if message.root.tag.endswith("WageReportsRequestToIR")
        for report in reports_in(BytesIO(etree.tostring(message.root)))
    ]
    told = [facts(one.report) for case in sent for one in case.told if one.report.status == 1]
    assert sorted(map(repr, read)) == sorted(map(repr, told))


def test_they_are_sent_as_time_passes(sent):
    days = [message.on for message in messages(sent)]
    assert days == sorted(days)
    assert date(2021, 1, 1) < days[0] < days[-1]
    assert sum(day > END for day in days) == 0
