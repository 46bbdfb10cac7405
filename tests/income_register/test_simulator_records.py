"""A payer's record at the simulated register: what is checked in which order, and what it answers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from employers.income_register import messages
from employers.income_register.schema import Report
from portal.sandbox.register.keys import issue, make_authority
from portal.sandbox.register.services import Refused
from tests.income_register.conftest import AT
from tests.income_register.feeding import (
    CLAIM,
    CODE,
    CONTACT,
    EMPLOYMENT,
    OTHER,
    PAYER,
    PORTAL,
    absence,
    invalidation,
    item,
    items,
    outcome,
    period,
    record,
    report,
    signed,
)
from tests.income_register.schemas import schema

WINDOW = "<AbsenceRepStartDate>2026-10-01</AbsenceRepStartDate>"


def test_what_is_fed_follows_the_schema():
    for message in (record(report(absence=absence(period(more=CLAIM)))), record(report(), several=False)):
        schema("WageReportsToIR.xsd").assertValid(etree.ElementTree(etree.fromstring(message)))
    document = etree.fromstring(invalidation("105", "away-1", item("report-1", version="1")))
    schema("InvalidationsToIR.xsd").assertValid(etree.ElementTree(document))


def test_a_good_record_is_acknowledged_and_then_stored(desk):
    ack = desk.send("WageReportService", "SendWageReports", record(report("a"), report("b", code=OTHER)))
    assert outcome(ack) == ("2", {})
    identity = ack.findtext("AckData/IRDeliveryId")
    assert len(identity) == len(ack.findtext("AckData/IRResponseId")) == 32
    for named in ({"identity": identity}, {"reference": "record-1"}, {"identity": identity, "reference": "record-1"}):
        told = desk.status("100", **named)
        assert outcome(told) == ("3", {})
        assert items(told) == [("a", "1"), ("b", "1")]
    assert told.findtext("DeliveryData/Source") == "Palkat 1.0"
    assert outcome(desk.status("100", identity=identity, reference="another"))[0] == "0"
    assert outcome(desk.status("105", identity=identity))[0] == "0"


def test_a_deferred_record_takes_its_time(desk):
    """Asked too early one hears that it is being processed; in real time there is nothing to wait for."""
    desk.office = replace(desk.office, delay=timedelta(minutes=5))
    desk.send("WageReportService", "SendWageReports", record(report("a")))
    desk.office.clock.move(AT + timedelta(minutes=4))
    assert outcome(desk.status("100", reference="record-1"))[0] == "2"
    assert items(desk.status("100", reference="record-1")) == []
    desk.office.clock.move(AT + timedelta(minutes=6))
    assert outcome(desk.status("100", reference="record-1"))[0] == "3"
    assert outcome(desk.reports(record(report("b"), several=False, reference="record-2")))[0] == "3"


def test_what_was_sent_is_told_as_it_was_sent(desk):
    desk.reports(record(report("a", absence=absence(period(more=CLAIM), window="")), several=False))
    _, [told] = desk.extract(messages.wage_reports(PORTAL, at=AT, payer=PAYER, earner=CODE))
    assert isinstance(told, Report)
    assert (told.payers_reference, told.version, told.status, told.received_at.date()) == ("a", 1, 1, AT.date())
    assert (told.business_id, told.identity_code, told.transactions[0].amount) == (PAYER, CODE, 3000)
    assert told.paid_absences[0].reimbursements[0].payment_type == 1
    assert told.content_contact.email == "palkat@example.fi"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"production": "true"}, {"MessageErrors": ["MSG-05"]}),
        ({"production": "true", "faulty": "7"}, {"MessageErrors": ["MSG-05"]}),  # the message first, nothing else
        ({"kind": "101"}, {"DeliveryErrors": ["REC-01"]}),
        ({"reference": "has space"}, {"DeliveryErrors": ["REC-02"]}),
        ({"faulty": "3"}, {"DeliveryErrors": ["REC-04"]}),
        ({"owner": "9000006-2"}, {"DeliveryErrors": ["REC-05"]}),
        ({"paid": "2018-12-31"}, {"DeliveryErrors": ["REC-07"]}),
        ({"paid": "2027-01-06"}, {"DeliveryErrors": ["REC-07"]}),  # 46 days ahead
        ({"contact": CONTACT.replace("Code>1<", "Code>2<")}, {"DeliveryErrors": ["REC-09"]}),
    ],
)
def test_the_message_comes_first_then_the_head_and_no_item_is_listed(desk, changes, expected):
    """Status 4: nothing is kept, nobody can ask about it, and the reference stays free."""
    bad = report(action="9", absence=absence(period(more=CLAIM)))
    assert outcome(desk.reports(record(bad, several=False, **changes))) == ("4", expected)
    assert outcome(desk.send("WageReportService", "SendWageReports", record(bad, **changes))) == ("4", expected)
    assert outcome(desk.status("100", reference="record-1"))[0] == "0"
    assert outcome(desk.reports(record(report(), several=False)))[0] == "3"


def test_a_date_45_days_ahead_is_early_enough(desk):
    assert outcome(desk.reports(record(report(), several=False, paid="2027-01-05")))[0] == "3"


ITEM_ERRORS = [
    ("ITM-02", {"identity": "a" * 32}),
    ("ITM-02", {"version": "1"}),
    ("ITM-03", {"action": "2"}),
    ("ITM-08", {"action": "3"}),
    ("ITM-09", {"code": "010190-901S"}),
    ("ITM-11", {"incomes": {228: "1.00"}}),
    ("ITM-12", {"incomes": {101: "100.00", 201: "100.00"}}),
    ("ITM-13", {"incomes": {102: "100.00"}}),
    ("ITM-13", {"incomes": {101: "100.00", 102: "100.01"}}),
    ("ITM-13", {"incomes": {101: "100.00", 103: "100.00", 104: "100.00"}}),
    ("ITM-14", {"incomes": {201: "-1.00"}}),
    ("ITM-15", {"absence": absence(period(), window=WINDOW)}),
    ("ITM-16", {"absence": absence(period(end="2026-10-04"))}),
    ("ITM-16", {"absence": absence(period(), period("2026-10-23", "2026-10-30"))}),
    ("ITM-17", {"absence": absence(period(amount="-1.00"))}),
    ("ITM-18", {"absence": absence(period(more="<PaidAbsencePeriodInfo>x</PaidAbsencePeriodInfo>"))}),
    ("ITM-19", {"absence": absence(period(cause=9))}),
    ("ITM-21", {"absence": absence(period(more=CLAIM)), "earner": ""}),
    ("ITM-21", {"absence": absence(period(more=CLAIM)), "earner": EMPLOYMENT.replace("Type>1<", "Type>3<")}),
    ("ITM-22", {
        "absence": absence(period(cause=3, more=CLAIM.replace(">1<", ">2<"))),
        "earner": EMPLOYMENT.replace("<EmploymentCode>1</EmploymentCode>", ""),
    }),
    ("ITM-23", {"absence": absence(period(end="", more=CLAIM))}),
    ("ITM-24", {"absence": absence(period(cause=6, more=CLAIM))}),
    ("ITM-24", {"absence": absence(period(cause=1, more=CLAIM.replace(">1<", ">2<")))}),
    ("ITM-25", {"absence": absence(period(more=CLAIM.replace(
        "</ReimbPayment>", "<PaymentRef>a</PaymentRef><PaymentSpecifier>b</PaymentSpecifier></ReimbPayment>"
    )))}),
    ("ITM-26", {"absence": absence(period("2019-12-30", "2020-02-01", more=CLAIM))}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes"), ITEM_ERRORS)
def test_an_item_by_itself(desk, code, changes):
    assert outcome(desk.reports(record(report(**changes), several=False))) == ("5", {"ItemErrors": [code]})


def test_nobody_pays_oneself(desk):
    told = desk.reports(record(report(code=PAYER), several=False))
    assert outcome(told) == ("5", {"ItemErrors": ["ITM-09", "ITM-10"]})


@pytest.mark.parametrize("income", [402, 404, 412, 413, 414])
def test_what_may_be_negative(desk, income):
    amounts = {201: "3000.00", income: "-1.00"}
    assert outcome(desk.reports(record(report(incomes=amounts), several=False)))[0] == "3"


@pytest.mark.parametrize(
    ("faulty", "bad", "status", "kept"),
    [("2", 1, "5", 0), ("1", 1, "3", 2), ("1", 3, "5", 0), ("2", 0, "3", 3), ("1", 0, "3", 3)],
)
def test_faulty_control(desk, faulty, bad, status, kept):
    sent = [report(f"r{number}", incomes={228: "1"} if number < bad else None) for number in range(3)]
    told = desk.reports(record(*sent, faulty=faulty), at_once=False)
    assert outcome(told)[0] == status
    assert (len(items(told)), len(items(told, "InvalidItems"))) == (kept, bad)
    _, stored = desk.extract(messages.wage_reports(PORTAL, at=AT, payer=PAYER, earner=CODE))
    assert len(stored) == kept


def test_a_bad_payer_spoils_the_record_and_only_faulty_items_are_listed(desk):
    sent = [report("good"), report("bad", incomes={228: "1"})]
    told = desk.reports(record(*sent, payer="9000004-7", owner="9000004-7", faulty="1"), at_once=False)
    # The record is the payer's own: whose identifier is wrong asks with it.
    assert outcome(told)[0] in ("2", "0")
    told = desk.status("100", reference="record-1", owner="9000004-7")
    assert outcome(told) == ("5", {"ItemErrors": ["ITM-11"], "DeliveryErrors": ["PAY-01"]})
    assert (items(told), items(told, "InvalidItems")) == ([], [("bad", None)])


def test_references_are_used_once(desk):
    assert outcome(desk.reports(record(report("a"), several=False)))[0] == "3"
    again = desk.reports(record(report("b"), several=False))
    assert outcome(again) == ("4", {"DeliveryErrors": ["REC-03"]})
    same_report = desk.reports(record(report("a"), several=False, reference="record-2"))
    assert outcome(same_report) == ("5", {"ItemErrors": ["ITM-01"]})
    twice = desk.reports(record(report("c"), report("c"), reference="record-3"), at_once=False)
    assert outcome(twice) == ("5", {"ItemErrors": ["ITM-07"]})


def test_in_real_time_there_is_one_report(desk):
    several = record(report("a"), report("b"), several=False)
    assert outcome(desk.reports(several)) == ("4", {"MessageErrors": ["MSG-04"]})


def test_what_no_schema_knows_is_a_fault(desk):
    for message in (record(report()).replace("DeliveryId>", "Id>"), "<Unknown/>", "<cut"):
        with pytest.raises(Refused):
            desk.send("WageReportService", "SendWageReports", message)


def test_a_signature_must_be_good_and_the_creators(desk, keys, tmp_path):
    make_authority(tmp_path, "nobody", "Nobody CA")
    issue(tmp_path, "stranger", subject=PAYER, issuer="nobody")
    for name in ("providers.key", "providers.crt"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    issue(tmp_path, "payer", subject=PAYER, issuer="providers")
    issue(tmp_path, "other", subject="9000006-2", issuer="providers")
    expected = {"stranger": ("4", {"MessageErrors": ["MSG-01"]}), "other": ("4", {"MessageErrors": ["MSG-02"]})}
    for number, name in enumerate(("stranger", "other", "payer")):
        root = etree.fromstring(record(report(name), several=False, reference=f"r{number}"))
        assert outcome(desk.reports(signed(root, tmp_path, name))) == expected.get(name, ("3", {}))


@pytest.mark.parametrize("exclusive", [True, False])
def test_both_styles_of_signature(desk, keys, exclusive):
    root = messages.echo("anybody").element
    document = signed(root, keys, exclusive=exclusive)
    assert desk.send("EchoService", "SendEcho", document).findtext("Data") == "anybody"
    with pytest.raises(Refused):
        desk.send("EchoService", "SendEcho", document.replace(b"anybody", b"nobody"))
