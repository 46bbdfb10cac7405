from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest

from employers.income_register.parser import MalformedExtract, RefusedExtract, reports_in
from employers.income_register.schema import Contact, EmploymentPeriod, PaidAbsence, Poison, Reimbursement, Transaction
from tests.income_register.extracts import AINO, extract, minimal

FULL = """
<IncomeEarner><IncomeEarnerIds><Id><Type>2</Type><Code>010190-9123</Code></Id></IncomeEarnerIds>
<IncomeEarnerBasic><LastName>Esimerkki</LastName><FirstName>Aino</FirstName></IncomeEarnerBasic>
<Employment><EmploymentCode>1</EmploymentCode><PaymentTypes><PaymentType>1</PaymentType></PaymentTypes>
<EmploymentPeriods><Period><StartDate>2015-01-01</StartDate><EndDate>2017-12-31</EndDate></Period>
<Period><StartDate>2019-05-02</StartDate></Period></EmploymentPeriods></Employment></IncomeEarner>
<Transactions><Transaction><TransactionBasic><TransactionCode>201</TransactionCode><Amount>3600.00</Amount>
</TransactionBasic></Transaction><Transaction><TransactionBasic><TransactionCode>203</TransactionCode>
<Amount>100</Amount><Recovery>true</Recovery></TransactionBasic></Transaction></Transactions>
<Absence><AbsenceRepStartDate>2026-10-01</AbsenceRepStartDate><AbsenceRepEndDate>2026-10-31</AbsenceRepEndDate>
<PaidAbsence><PaidAbsencePeriods><PaidAbsencePeriod><StartDate>2026-10-05</StartDate><EndDate>2026-10-23</EndDate>
<AbsenceDays>17</AbsenceDays><CauseCode>1</CauseCode><Amount>1800.00</Amount><ReimbApp><ReimbPayment>
<PaymentType>1</PaymentType><PaymentRef>SV1</PaymentRef></ReimbPayment></ReimbApp>
<PaidAbsencePeriodInfo>Kiitos</PaidAbsencePeriodInfo></PaidAbsencePeriod></PaidAbsencePeriods></PaidAbsence></Absence>
"""
NONSENSE = [
    ("<ReportVersion>1<", "<ReportVersion>x<", "ReportData/ReportVersion"),
    ("<ReportVersion>1<", "<ReportVersion>0<", "ReportData/ReportVersion"),
    ("<ReportVersion>1<", f"<ReportVersion>{'9' * 5000}<", "ReportData/ReportVersion"),
    ("<ReportStatus>1<", "<ReportStatus>3<", "ReportData/ReportStatus"),
    ("<IRReportId>", "<Other>", "ReportData/IRReportId"),
    ("2026-10-28</PaymentDate>", "28.10.2026</PaymentDate>", "DeliveryData/PaymentPeriod/PaymentDate"),
    ("01+02:00</Received", "01</Received", "ReportData/ReceivedTimestamp"),
    ("<Amount>3600.00<", "<Amount>NaN<", "TransactionBasic/Amount"),
    ("<Amount>3600.00<", "<Amount>1e9<", "TransactionBasic/Amount"),
    ("<Amount>3600.00<", "<Amount>99999999999999<", "TransactionBasic/Amount"),
    (
        "2026-10-23</EndDate>",
        "2026-10-04</EndDate>",
        "Absence/PaidAbsence/PaidAbsencePeriods/PaidAbsencePeriod/EndDate",
    ),
]


def test_what_a_report_says():
    [report] = reports_in(extract(minimal(more=FULL)))
    assert report.identity_code == AINO
    assert (report.given_name, report.family_name) == ("Aino", "Esimerkki")
    assert report.payment_date == date(2026, 10, 28)
    assert report.received_at == datetime(2026, 10, 28, 6, 0, 1, tzinfo=UTC)
    assert report.employment_period == EmploymentPeriod(start=date(2019, 5, 2))
    assert report.transactions == (
        Transaction(code=201, amount=Decimal("3600.00")),
        Transaction(code=203, amount=Decimal(100), recovery=True),
    )
    assert report.paid_absences == (
        PaidAbsence(
            start=date(2026, 10, 5),
            end=date(2026, 10, 23),
            days=17,
            cause_code=1,
            amount=Decimal("1800.00"),
            reimbursements=(Reimbursement(payment_type=1, reference="SV1"),),
            info="Kiitos",
        ),
    )


def test_masked_is_not_told():
    """A reader's profile masks fields: they come out as None or empty, never as nothing."""
    [report] = reports_in(extract(minimal()))
    assert report.identity_code is None
    assert report.given_name is None
    assert not report.absences_told
    assert report.transactions == ()


def test_a_contact_for_the_content():
    contacts = (
        "<ContactPersons><ContactPerson><Name>T</Name><ResponsibilityCode>2</ResponsibilityCode></ContactPerson>"
        "<ContactPerson><Name>S</Name><ResponsibilityCode>1</ResponsibilityCode></ContactPerson></ContactPersons>"
    )
    [report] = reports_in(extract(minimal().replace("</PaymentPeriod>", f"</PaymentPeriod>{contacts}")))
    assert report.content_contact == Contact(name="S", responsibility=1)


def test_unknown_elements_are_passed_over():
    """The register adds optional elements yearly; yesterday's reader goes on."""
    changed = minimal(more=f"<Novelty><Report>1</Report></Novelty>{FULL}").replace("<Report>1</Report>", "<Deep/>")
    [report] = reports_in(extract(changed))
    assert report.identity_code == AINO


@pytest.mark.parametrize(("right", "wrong", "reason"), NONSENSE)
def test_a_report_that_cannot_be_read_does_not_stop_the_rest(right, wrong, reason):
    bad = minimal(report_id="b" * 32, more=FULL).replace(right, wrong, 1)
    if wrong == "<Other>":
        bad = bad.replace("</IRReportId>", "</Other>")
    first, second = reports_in(extract(bad, minimal()))
    assert first == Poison(report_id="" if wrong == "<Other>" else "b" * 32, reason=reason)
    assert second.report_id == "a" * 32


@pytest.mark.parametrize("promised", [0, 1, 3])
def test_fewer_or_more_reports_than_promised_are_not_believed(promised):
    with pytest.raises(MalformedExtract, match="promised"):
        list(reports_in(extract(minimal(), minimal(report_id="b" * 32), promised=promised)))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_cut_file_is_not_believed(share):
    whole = extract(minimal(), minimal(report_id="b" * 32)).getvalue()
    with pytest.raises(MalformedExtract):
        list(reports_in(BytesIO(whole[: int(len(whole) * share)])))


def test_the_registers_own_errors_are_named():
    errors = "<MessageErrors><ErrorInfo><ErrorCode>E12</ErrorCode><ErrorMessage>010190-9123</ErrorMessage></ErrorInfo>"
    answer = extract().getvalue().replace(b"</Summary>", f"</Summary>{errors}</MessageErrors>".encode())
    with pytest.raises(RefusedExtract, match=r"^E12$"):
        list(reports_in(BytesIO(answer)))


def test_another_document_is_not_an_extract():
    qualified = extract(minimal()).getvalue().replace(b"w:WageReportsFromIR xmlns:w=", b"WageReportsFromIR xmlns=")
    for document in (b"<WageReportsFromIR/>", b"", b"\x00\x01", qualified.replace(b"/w:Wage", b"/Wage")):
        with pytest.raises(MalformedExtract):
            list(reports_in(BytesIO(document)))
