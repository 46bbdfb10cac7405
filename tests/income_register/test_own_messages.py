"""What payers send to the register is read by the same reader as what the register sends us."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from employers.income_register.parser import MalformedExtract, read, reports_in
from employers.income_register.schema import Header, Poison
from tests.income_register.extracts import extract, minimal

REPORT = (
    "<Report><ReportData><ActionCode>{action}</ActionCode>{ids}<ReportId>own-1</ReportId></ReportData><IncomeEarner>"
    "<IncomeEarnerIds><Id><Type>2</Type><Code>010190-9123</Code></Id></IncomeEarnerIds></IncomeEarner></Report>"
)


def message(*reports: str, root: str = "WageReportsRequestToIR", paid: str = "2026-10-28") -> BytesIO:
    return BytesIO(
        f'<w:{root} xmlns:w="http://www.tulorekisteri.fi/2017/1/WageReportsToIR"><DeliveryData>'
        "<Timestamp>2026-10-27T12:00:00+02:00</Timestamp><DeliveryDataType>100</DeliveryDataType>"
        f"<PaymentPeriod><PaymentDate>{paid}</PaymentDate><StartDate>2026-10-01</StartDate>"
        "<EndDate>2026-10-31</EndDate></PaymentPeriod><Payer><PayerIds><Id><Type>1</Type><Code>9000004-6</Code></Id>"
        f"</PayerIds></Payer><Reports>{''.join(reports)}</Reports></DeliveryData></w:{root}>".encode()
    )


@pytest.mark.parametrize("root", ["WageReportRequestToIR", "WageReportsRequestToIR"])
def test_a_new_report_shares_the_delivery_above_it(root):
    [report] = reports_in(message(REPORT.format(action=1, ids=""), root=root))
    assert (report.report_id, report.version, report.action, report.status) == ("", 0, 1, 1)
    assert (report.payers_reference, report.business_id, report.identity_code) == ("own-1", "9000004-6", "010190-9123")
    assert report.payment_date == date(2026, 10, 28)
    assert report.received_at == datetime(2026, 10, 27, 10, tzinfo=UTC)


def test_a_replacement_names_what_it_replaces():
    ids = "<IRReportId>abc</IRReportId><ReportVersion>3</ReportVersion>"
    [report] = reports_in(message(REPORT.format(action=2, ids=ids)))
    assert (report.report_id, report.version, report.action) == ("abc", 3, 2)


def test_one_that_cannot_be_read_does_not_stop_the_rest():
    first, second = reports_in(message(REPORT.format(action="x", ids=""), REPORT.format(action=1, ids="")))
    assert first == Poison(report_id="", reason="ReportData/ActionCode")
    assert second.action == 1


def test_a_delivery_that_cannot_be_read_is_refused_whole():
    with pytest.raises(MalformedExtract, match="PaymentDate"):
        list(reports_in(message(REPORT.format(action=1, ids=""), paid="soon")))


def test_a_payers_message_is_no_extract():
    with pytest.raises(MalformedExtract, match="not a WageReportsFromIR"):
        read(message(REPORT.format(action=1, ids="")))


def test_the_head_is_known_before_the_reports():
    query = (
        "<Query><IRQueryId>q1</IRQueryId><QueryTimestamp>2026-11-01T00:00:00Z</QueryTimestamp><QueryTimespanStart>"
        "2026-10-01T00:00:00Z</QueryTimespanStart><QueryTimespanEnd>2026-10-31T00:00:00Z</QueryTimespanEnd></Query>"
    )
    ids = "<IRMainSubscriptionId>x</IRMainSubscriptionId><MainSubscriptionId>m</MainSubscriptionId>"
    document = extract(minimal()).getvalue().replace(b"<Summary>", f"{query}<Summary>".encode())
    document = document.replace(b"</Subscription>", f"{ids}<SubscriptionId>s</SubscriptionId></Subscription>".encode())
    whole = read(BytesIO(document))
    assert whole.header == Header(
        kind=401,
        query_id="q1",
        queried_at=datetime(2026, 11, 1, tzinfo=UTC),
        window_start=datetime(2026, 10, 1, tzinfo=UTC),
        window_end=datetime(2026, 10, 31, tzinfo=UTC),
        promised=1,
        main_subscription="m",
        subscription="s",
        production=False,
    )
    assert len(list(whole)) == 1


def test_a_head_that_says_little():
    assert read(extract()).header == Header(kind=401, promised=0, production=False)


def test_a_report_inside_another_element_is_no_report():
    [report] = reports_in(extract(minimal(more="<Novelty><Report>1</Report></Novelty>")))
    assert report.report_id == "a" * 32
