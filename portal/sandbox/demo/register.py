"""The simulated Incomes Register from outside: what a payroll program sends to it, and how it is told to misbehave."""

import ssl
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

import httpx
from django.conf import settings
from lxml import etree

from employers.income_register.wire import HEAD, TAIL
from portal.sandbox.demo.visitor import Lost

BASE = "http://www.tulorekisteri.fi/2017/1"
REPORT, INVALIDATION = "100", "105"  # DeliveryDataType
MAKE, REPLACE = "1", "2"  # ActionCode
STORED = "3"  # DeliveryDataStatus
CLAIM = "<ReimbApp><ReimbPayment><PaymentType>1</PaymentType></ReimbPayment></ReimbApp>"
CONTACT = (
    "<ContactPersons><ContactPerson><Name>Palkat</Name><Telephone>029</Telephone><Email>palkat@example.test</Email>"
    "<ResponsibilityCode>1</ResponsibilityCode></ContactPerson></ContactPersons>"
)
EARNER = (
    "<IncomeEarnerBasic><LastName>Esimerkki</LastName><FirstName>Esko</FirstName></IncomeEarnerBasic><Employment>"
    "<PaymentTypes><PaymentType>1</PaymentType></PaymentTypes><EmploymentPeriods><Period>"
    "<StartDate>2019-05-02</StartDate></Period></EmploymentPeriods></Employment>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """One person's illness as a payroll program reports it. `claimed`: the report itself asks for the allowance."""

    employer: str
    reference: str
    identity_code: str
    start: date
    end: date
    amount: str
    claimed: bool = False
    action: str = MAKE

    def anew(self, **changes: str) -> "Paid":
        return replace(self, action=REPLACE, **changes)  # type: ignore[arg-type]


class Register:
    """`today`: the day that payers write on their records."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.sent = 0

    @cached_property
    def http(self) -> httpx.Client:
        folder = settings.REGISTER_FOLDER
        trust = ssl.create_default_context(cafile=folder / "authority.crt")
        trust.load_cert_chain(folder / "connection.crt", folder / "connection.key")
        return httpx.Client(base_url=settings.REGISTER_URL, verify=trust, timeout=30)

    def behave(self, word: str) -> None:
        self.http.post("/sandbox/behaviour", content=word).raise_for_status()

    def misbehave_once(self, word: str) -> None:
        self.http.post("/sandbox/behaviour", json={"behaviour": word, "times": 1}).raise_for_status()

    def move_clock(self, to: datetime | None) -> None:
        """None: as late as the portal thinks it is."""
        self.http.post("/sandbox/clock", json={"now": to and to.isoformat()}).raise_for_status()

    def tell(self, paid: Paid) -> None:
        self._send("WageReportService", "SendWageReport", _report(paid, self._head(REPORT, paid.employer)))

    def invalidate(self, paid: Paid) -> None:
        head = self._head(INVALIDATION, paid.employer)
        self._send("InvalidationService", "SendInvalidation", _invalidation(paid, head))

    def _head(self, kind: str, owner: str) -> str:
        self.sent += 1
        parties = "".join(_party(f"DeliveryData{one}", owner) for one in ("Owner", "Creator", "Sender"))
        control = "<FaultyControl>2</FaultyControl>" if kind == REPORT else ""
        return (
            f"<Timestamp>{self.today}T00:00:00+02:00</Timestamp><Source>demo</Source><DeliveryDataType>{kind}</DeliveryDataType>"
            f"<DeliveryId>demo-{self.sent}</DeliveryId>{control}"
            f"<ProductionEnvironment>false</ProductionEnvironment>{parties}"
        )

    def _send(self, service: str, action: str, message: str) -> None:
        answer = self.http.post(
            f"/20170526/{service}.svc", content=HEAD + message.encode() + TAIL, headers={"SOAPAction": action}
        )
        told = etree.fromstring(answer.content)
        if answer.status_code != httpx.codes.OK or told.findtext(".//DeliveryDataStatus") != STORED:
            raise Lost(f"the register does not take the record: {answer.status_code}")


def _party(name: str, code: str) -> str:
    return f"<{name}><Type>1</Type><Code>{code}</Code></{name}>"


def _report(paid: Paid, head: str) -> str:
    last = paid.end + timedelta(days=1)
    return (
        f'<w:WageReportRequestToIR xmlns:w="{BASE}/WageReportsToIR"><DeliveryData>{head}'
        f"<PaymentPeriod><PaymentDate>{last}</PaymentDate><StartDate>{paid.start}</StartDate><EndDate>{paid.end}</EndDate>"
        f"</PaymentPeriod>{CONTACT}<Payer><PayerIds>{_party('Id', paid.employer)}</PayerIds></Payer><Reports><Report>"
        f"<ReportData><ActionCode>{paid.action}</ActionCode><ReportId>{paid.reference}</ReportId></ReportData>"
        f"<IncomeEarner><IncomeEarnerIds><Id><Type>2</Type><Code>{paid.identity_code}</Code></Id></IncomeEarnerIds>"
        f"{EARNER}</IncomeEarner><Transactions><Transaction><TransactionBasic><TransactionCode>201</TransactionCode>"
        f"<Amount>3000.00</Amount></TransactionBasic></Transaction></Transactions>{_absence(paid)}</Report></Reports>"
        "</DeliveryData></w:WageReportRequestToIR>"
    )


def _absence(paid: Paid) -> str:
    return (
        f"<Absence><PaidAbsence><PaidAbsencePeriods><PaidAbsencePeriod><StartDate>{paid.start}</StartDate>"
        f"<EndDate>{paid.end}</EndDate><CauseCode>1</CauseCode><Amount>{paid.amount}</Amount>"
        f"{CLAIM if paid.claimed else ''}</PaidAbsencePeriod></PaidAbsencePeriods></PaidAbsence></Absence>"
    )


def _invalidation(paid: Paid, head: str) -> str:
    return (
        f'<i:InvalidationRequestToIR xmlns:i="{BASE}/InvalidationsToIR"><DeliveryData>{head}<Items><Item>'
        f"<ItemId>{paid.reference}</ItemId></Item></Items></DeliveryData></i:InvalidationRequestToIR>"
    )
