"""A wage report as the Incomes Register tells it, in our own shapes.

Nearly every element of an extract is optional because the reader's access profile masks fields. A masked field is
`None` (or an empty tuple), which means "not told", never "nothing": it must not overwrite what is known.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

VALID, INVALIDATED = 1, 2
BUSINESS_ID, IDENTITY_CODE = 1, 2
CONTENT_CONTACT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an extract says of itself before its reports. What it does not say is None."""

    kind: int | None = None  # QueryDataType
    query_id: str | None = None  # the register's own name of the extraction
    queried_at: datetime | None = None
    window_start: datetime | None = None  # half-open
    window_end: datetime | None = None
    promised: int | None = None  # NrOfReports
    main_subscription: str | None = None  # our own references, not the register's
    subscription: str | None = None
    production: bool | None = None  # whether it is about real people


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    type: int | None = None  # the register's IdType
    code: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    name: str | None = None
    telephone: str | None = None
    email: str | None = None
    responsibility: int | None = None  # 1 content, 2 technical


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentPeriod:
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """Whether the payer says that an income is subject to an insurance, against the code's default."""

    insurance: int | None = None
    included: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    code: int | None = None
    amount: Decimal | None = None  # EUR
    unjust_enrichment: bool = False
    recovery: bool = False
    inclusions: tuple[Inclusion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reimbursement:
    """The payer asks for the benefit to be paid to it: 1 daily allowance, 2 family leave compensation."""

    payment_type: int | None = None
    reference: str | None = None
    specifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidAbsence:
    start: date | None = None
    end: date | None = None
    until: date | None = None  # the absence is known to go on until this day
    days: int | None = None
    cause_code: int | None = None
    amount: Decimal | None = None  # EUR, gross pay of the absence
    reimbursements: tuple[Reimbursement, ...] = ()
    info: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpaidAbsence:
    start: date | None = None
    end: date | None = None
    days: int | None = None
    cause_code: int | None = None


@dataclass(slots=True, kw_only=True)  # not frozen: a large extract makes a million, and freezing takes time
class Report:
    """One version of one report: one payer, one income earner, one payment date. `(report_id, version)` is its key.

    In a payer's own message, on its way to the register, there is an `action` instead of a status, `received_at` is
    when it was made, and the register's id and version may be missing: "" and 0.
    """

    report_id: str
    version: int
    status: int  # VALID or INVALIDATED
    received_at: datetime
    payment_date: date
    period_start: date
    period_end: date
    payers_reference: str | None = None
    action: int | None = None  # in a payer's own message: 1 new, 2 replacement
    payer_ids: tuple[Identifier, ...] = ()
    payer_name: str | None = None
    contacts: tuple[Contact, ...] = ()
    earner_ids: tuple[Identifier, ...] = ()
    given_name: str | None = None
    family_name: str | None = None
    employment_code: int | None = None
    pay_forms: tuple[int, ...] = ()
    employment_periods: tuple[EmploymentPeriod, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    absences_told: bool = False  # whether absences are told at all; if so, none listed means none
    absence_known_from: date | None = None
    absence_known_until: date | None = None
    paid_absences: tuple[PaidAbsence, ...] = ()
    unpaid_absences: tuple[UnpaidAbsence, ...] = ()

    @property
    def identity_code(self) -> str | None:
        return _first(self.earner_ids, IDENTITY_CODE)

    @property
    def content_contact(self) -> Contact | None:
        """Who answers for what the report says."""
        return next((one for one in self.contacts if one.responsibility == CONTENT_CONTACT), None)

    @property
    def employment_period(self) -> EmploymentPeriod | None:
        """The latest that had begun by the payment date."""
        begun = [one for one in self.employment_periods if one.start and one.start <= self.payment_date]
        return max(begun, key=lambda one: one.start or date.min, default=None)

    @property
    def business_id(self) -> str | None:
        return _first(self.payer_ids, BUSINESS_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poison:
    """A report that could not be read. `reason` names the element, never its value."""

    report_id: str
    reason: str
    business_id: str | None = None  # the payer's, where it can be told


def _first(identifiers: tuple[Identifier, ...], kind: int) -> str | None:
    return next((one.code for one in identifiers if one.type == kind), None)
