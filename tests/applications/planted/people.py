"""A planted person: where it works, what it earns, what its payer tells of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from employers.income_register.schema import (
    Contact,
    EmploymentPeriod,
    Identifier,
    PaidAbsence,
    Reimbursement,
    Report,
    Transaction,
)

from .paydays import CAFE, LARGE, SERVICE, WHOLESALER, Payday, next_payday, paydays, wage_of
from .reckoner import Part, cents, income_window, months_later, weekdays
from .shape import END, Told, Unfit

CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CONTACT = Contact(name="Palkat", telephone="029123", email="palkat@example.fi", responsibility=1)
CLAIMED = (Reimbursement(payment_type=1, reference="SV1"),)


def identity_code(number: int, *, woman: bool, first: date = date(1962, 1, 1)) -> str:
    """Synthetic: individual numbers from 900 up, even for a woman. Born within the 27 years after `first`."""
    born = first + timedelta(days=number % 9800)
    serial = 940 + 2 * (number // 9800) + (not woman)
    digits = f"{born:%d%m%y}{serial}"
    return f"{born:%d%m%y}-{serial}{CHECK[int(digits) % 31]}"


class Worker:
    """One person at one payer. `wages_from`: wages are told from that day on, by every payday."""

    def __init__(self, payer: str, code: str, *, monthly: int, employed: date, until: date | None = None) -> None:
        self.payer, self.code, self.monthly = payer, code, monthly
        self.employment = EmploymentPeriod(start=employed, end=until)
        self.changes: dict[date, dict[str, Any]] = {}  # of the report of a payday
        self.absences: dict[date, list[PaidAbsence]] = {}
        self.more: list[Told] = []  # later versions and reports of their own
        self.wages_from: date | None = None
        self.masked: set[date] = set()  # paydays whose wages are not told
        self.extra: dict[date, tuple[Decimal, Decimal]] = {}  # a payday's bonus, and what is no wage

    def earning(self, start: date) -> "Worker":
        """With the wages that an absence from that day on counts its income from."""
        since = max(income_window(start)[0], self.employment.start or start)
        self.wages_from = min(since, self.wages_from or since)
        return self

    def absent(self, start: date, end: date, cause: int, *, pay: Decimal | None = None, **told: Any) -> list[Part]:
        """The parts that the paydays tell. `pay` is that of a weekday; without it, the month's by 25."""
        daily = cents(Decimal(self.monthly) / 25) if pay is None else pay
        parts = []
        for payday in paydays(self.payer):
            first, last = max(start, payday.start), min(end, payday.end)
            if first <= last:
                amount = daily * len(weekdays(first, last))
                parts.append(self.tells(payday.day, first, last, cause, amount, **told))
        if any(not weekdays(part.start, part.end) or part.told > END for part in parts):
            raise Unfit
        return parts

    def tells(self, payday: date, start: date, end: date, cause: int, amount: Decimal | None, **told: Any) -> Part:
        row = PaidAbsence(start=start, end=end, cause_code=cause, amount=amount, **told)
        self.absences.setdefault(payday, []).append(row)
        return Part(start, end, amount or Decimal(0), payday)

    def wages(self, payday: date) -> Decimal:
        return wage_of(self.payer, self.monthly) + self.extra.get(payday, (Decimal(0), Decimal(0)))[0]

    def income(self, onset: date) -> Decimal:
        """Own wages told, by the day of payment, in the twelve months before the month before."""
        start, end = income_window(onset)
        return sum((self.wages(one.day) for one in self.paid_on() if start <= one.day <= end), Decimal(0))

    def report(self, payday: Payday, *, number: str = "", **changes: Any) -> Report:
        facts = {
            "report_id": f"{self.code[:6]}{self.code[7:]}-{self.payer[3:7]}-{payday.day:%Y%m%d}{number}",
            "version": 1,
            "status": 1,
            "received_at": datetime(payday.day.year, payday.day.month, payday.day.day, 4, tzinfo=UTC),
            "payment_date": payday.day,
            "period_start": payday.start,
            "period_end": payday.end,
            "payer_ids": (Identifier(type=1, code=self.payer),),
            "earner_ids": (Identifier(type=2, code=self.code),),
            "given_name": "Koe",
            "family_name": "Henkilö",
            "employment_code": 1,
            "pay_forms": (1,),
            "employment_periods": (self.employment,),
            "contacts": (CONTACT,),
            "transactions": self._transactions(payday.day),
            "absences_told": True,
            "paid_absences": tuple(self.absences.get(payday.day, ())),
        }
        return Report(**facts | self.changes.get(payday.day, {}) | changes)

    def corrects(self, payday: date, *, on: date | None = None, version: int = 2, **changes: Any) -> date:
        """A later version of a payday's report; by default it arrives on the next payday. Says when."""
        on = on or next_payday(self.payer, payday)
        before = self.report(self.payday(payday))
        moment = datetime(on.year, on.month, on.day, 4, version, tzinfo=UTC)
        self.more.append(
            Told(payer=self.payer, on=on, report=replace(before, version=version, received_at=moment, **changes))
        )
        return on

    def all_paydays(self) -> tuple[Payday, ...]:
        return paydays(self.payer)

    def payday(self, day: date) -> Payday:
        return next(one for one in paydays(self.payer) if one.day == day)

    def told(self) -> tuple[Told, ...]:
        """Every payday's report, on the payday, and what comes beside and after them."""
        days = self.paid_on(absent=True)
        first = [Told(payer=self.payer, on=one.day, report=self.report(one)) for one in days]
        return tuple(first + self.more)

    def paid_on(self, *, absent: bool = False) -> list[Payday]:
        last = max(self.absences, default=END)
        until = max(last, END) if not self.absences else last
        wages = [] if self.wages_from is None else paydays(self.payer)
        told = [one for one in wages if self.wages_from <= one.day <= until and one.day not in self.masked]
        if absent:
            hidden = [one for one in wages if one.day in self.masked]
            more = set(self.absences) - {one.day for one in told + hidden}
            told += hidden + [self.payday(day) for day in more]
        return told

    def _transactions(self, payday: date) -> tuple[Transaction, ...]:
        if payday in self.masked:
            return ()
        bonus, travel = self.extra.get(payday, (Decimal(0), Decimal(0)))
        pay = (Transaction(code=201, amount=wage_of(self.payer, self.monthly)),)
        return pay + tuple(Transaction(code=code, amount=sum_) for code, sum_ in ((213, bonus), (331, travel)) if sum_)


class Maker:
    """Draws what a case needs; the same from the same seed. `number` makes people unique."""

    def __init__(self, seed: int, label: str, number: int, draw: int) -> None:
        self.random = Random(f"{seed}/{label}/{number}/{draw}")
        self.number = number
        self.people = 0
        self.last_day = END - timedelta(days=45)  # on which somebody does something

    def person(self, *, woman: bool | None = None, **changes: Any) -> str:
        self.people += 1
        chosen = self.random.random() < 0.5 if woman is None else woman
        return identity_code(2 * self.number + self.people - 1, woman=chosen, **changes)

    def payer(self) -> str:
        payers = (CAFE, CAFE, SERVICE, WHOLESALER, WHOLESALER, LARGE)
        return self.random.choice(payers)

    def worker(self, *, woman: bool | None = None, payer: str = "", **changes: Any) -> Worker:
        facts = {
            "monthly": self.random.randrange(1500, 6500, 10),
            "employed": date(2015 + self.random.randrange(7), 3, 1),
        }
        return Worker(payer or self.payer(), self.person(woman=woman), **facts | changes)

    def day(self, start: date = date(2025, 1, 2), end: date = date(2026, 8, 20)) -> date:
        return start + timedelta(days=self.random.randrange((end - start).days + 1))

    def length(self, least: int, most: int) -> timedelta:
        """Calendar days between the first and the last."""
        return timedelta(days=self.random.randint(least, most))


def later(day: date, months: int) -> date:
    return months_later(day, months)
