"""A payslip as the `Report` of an extract."""

from datetime import date, timedelta
from decimal import Decimal

from portal.sandbox.register.data import Payslip, Person, SickLeave
from portal.sandbox.register.leaves import DAILY_ALLOWANCE, ILLNESS, Leave
from portal.sandbox.register.xml import element, group, moment

CENT = Decimal("0.01")
HOURS = Decimal(160)  # a month's, of who is paid by the hour
FIXED_TERM_UNTIL = date(2030, 12, 31)


def report(slip: Payslip) -> str:
    parts = [_delivery(slip), _report_data(slip), _earner(slip), _transactions(slip), _absence(slip)]
    return element("Report", "".join(parts))


def _delivery(slip: Payslip) -> str:
    sent = slip.received_at - timedelta(minutes=5)
    period = group(
        "PaymentPeriod",
        PaymentDate=slip.payment_date.isoformat(),
        StartDate=slip.month.isoformat(),
        EndDate=slip.month_end.isoformat(),
    )
    contact = group(
        "ContactPerson",
        Name="Palkanlaskenta",
        Telephone="0290000000",
        Email="palkat@example.fi",
        ResponsibilityCode="1",
    )
    payer = element("PayerIds", _id("1", slip.payer.business_id)) + group("PayerBasic", CompanyName=slip.payer.name)
    parts = [
        group("", Timestamp=moment(sent), IRDeliveryId=slip.report_id[::-1], DeliveryToIRChannelCode="1"),
        period,
        element("ContactPersons", contact),
        element("Payer", payer),
    ]
    return element("DeliveryData", "".join(parts))


def _report_data(slip: Payslip) -> str:
    return group(
        "ReportData",
        IRReportId=slip.report_id,
        ReportId=slip.reference,
        ReportStatus="2" if slip.invalidated else "1",
        ReportVersion=str(slip.version),
        ReceivedTimestamp=moment(slip.received_at),
        VersionReceivedTimestamp=moment(slip.received_at),
    )


def _earner(slip: Payslip) -> str:
    person = slip.person
    parts = [
        element("IncomeEarnerIds", _id("2", person.identity_code)),
        group("IncomeEarnerBasic", LastName=person.family_name, FirstName=person.given_name),
        element("Employment", _employment(slip, person)),
    ]
    return element("IncomeEarner", "".join(parts))


def _employment(slip: Payslip, person: Person) -> str:
    part_time, fixed_term = _is(slip, 13), _is(slip, 11)
    facts = group("", Employed="true", EmploymentCode="2" if part_time else "1", TermCode="2" if fixed_term else "1")
    if part_time:
        facts += group("", PartTime="60.00")
    period = group(
        "Period",
        StartDate=person.employed_from.isoformat(),
        EndDate=FIXED_TERM_UNTIL.isoformat() if fixed_term else None,
    )
    pay_form = group("PaymentTypes", PaymentType="2" if _is(slip, 7) else "1")
    return facts + pay_form + element("EmploymentPeriods", period)


def _is(slip: Payslip, one_in: int) -> bool:
    """Whether this is one of the few: by the hour, part-time, for a fixed term. Among rich payers alone."""
    return slip.payer.rich and slip.number % one_in == 5


def _transactions(slip: Payslip) -> str:
    pay = Decimal(slip.person.monthly_pay)
    gross = pay + slip.bonus
    shares = {402: "0.2150", 413: "0.0730", 414: "0.0089"}  # withholding and the employee's contributions
    rows = {201: pay, **({203: Decimal(slip.bonus)} if slip.bonus else {})}
    rows |= {304: Decimal(300)} if _is(slip, 17) else {}
    rows |= {code: (gross * Decimal(share)).quantize(CENT) for code, share in shares.items()}
    return element("Transactions", "".join(_transaction(slip, code, amount) for code, amount in rows.items()))


def _transaction(slip: Payslip, code: int, amount: Decimal) -> str:
    basic = group("TransactionBasic", TransactionCode=str(code), Amount=f"{amount:.2f}")
    if code == 201 and _is(slip, 7):
        price = (amount / HOURS).quantize(CENT)
        basic += element("UnitWages", group("UnitWage", UnitPrice=f"{price}", UnitAmount=f"{HOURS}", UnitCode="1"))
    return element("Transaction", basic)


def _absence(slip: Payslip) -> str:
    known = group("", AbsenceRepStartDate=slip.month.isoformat(), AbsenceRepEndDate=_known_until(slip).isoformat())
    unpaid = "".join(element("UnpaidAbsencePeriod", _facts(one)) for one in slip.leaves if not one.share)
    paid = "".join(element("PaidAbsencePeriod", _paid(slip, one)) for one in _leaves(slip) if one.share)
    if unpaid:
        known += element("UnpaidAbsence", element("UnpaidAbsencePeriods", unpaid))
    if paid:
        known += element("PaidAbsence", element("PaidAbsencePeriods", paid))
    return element("Absence", known)


def _known_until(slip: Payslip) -> date:
    return max([slip.payment_date, *(one.end for one in slip.leaves)])


def _leaves(slip: Payslip) -> tuple[Leave, ...]:
    return slip.leaves if slip.sick is None else (_illness(slip.sick), *slip.leaves)


def _illness(sick: SickLeave) -> Leave:
    claimed = (DAILY_ALLOWANCE,) if sick.claimed else ()
    return Leave(start=sick.start, end=sick.end, cause=ILLNESS, claimed=claimed)


def _facts(leave: Leave, amount: str | None = None) -> str:
    return group(
        "",
        StartDate=leave.start.isoformat(),
        EndDate=leave.end.isoformat(),
        AbsenceDays=str(_weekdays(leave.start, leave.end)),
        AbsenceUntil=leave.until.isoformat() if leave.until and amount else None,
        CauseCode=str(leave.cause),
        Amount=amount,
    )


def _paid(slip: Payslip, leave: Leave) -> str:
    days = _weekdays(leave.start, leave.end)
    pay = (Decimal(slip.person.monthly_pay) * leave.share * days / 25).quantize(CENT)
    facts = _facts(leave, f"{pay:.2f}")
    reference = f"SV{slip.month:%Y%m}{slip.number}"
    claims = (group("ReimbPayment", PaymentType=str(one), PaymentRef=reference) for one in leave.claimed)
    return facts + element("ReimbApp", "".join(claims)) if leave.claimed else facts


def _weekdays(start: date, end: date) -> int:
    """Monday to Saturday."""
    return sum((start + timedelta(days=offset)).weekday() < 6 for offset in range((end - start).days + 1))


def _id(kind: str, code: str) -> str:
    return group("Id", Type=kind, Code=code)
