"""Everything the register can tell: the generated reports and, on top of them, what was sent to it."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from portal.sandbox.register.data import (
    Payer,
    Payslip,
    first_month,
    identity_code,
    months,
    payslips,
    report_id,
    versions,
)
from portal.sandbox.register.memory import Memory, Version
from portal.sandbox.register.reports import report
from portal.sandbox.register.versions import version_of
from portal.sandbox.register.xml import moment

EVER = (datetime(2019, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which versions somebody wants. No payers or no earners named: all of them."""

    received: tuple[datetime, datetime]  # half-open
    payers: frozenset[str] | None = None
    earners: frozenset[str] | None = None
    paid: tuple[date, date] | None = None  # both days included
    all_versions: bool = False

    def wants(self, payer: str, earner: str, paid: date) -> bool:
        in_time = self.paid is None or self.paid[0] <= paid <= self.paid[1]
        return (
            in_time
            and (self.payers is None or payer in self.payers)
            and (self.earners is None or earner in self.earners)
        )


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    payers: dict[str, Payer]
    memory: Memory
    today: date  # its memory begins twelve months before
    since: date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "since", first_month(self.today))

    def told(self, asked: Asked) -> Iterator[str]:
        """The reports, generated ones first; with `all_versions` off the newest that arrived in the window."""
        sent = self._sent(asked)
        superseded: Container[str] = frozenset() if asked.all_versions else sent.keys()
        for slip in self._generated(asked, superseded):
            yield report(slip)
        for version in self.memory.arrived(*asked.received):
            if asked.wants(version.payer, version.earner, date.fromisoformat(version.paid)) and (
                asked.all_versions or sent[version.report] == version.number
            ):
                yield version.content

    def _sent(self, asked: Asked) -> dict[str, int]:
        """The newest number in the window of every report somebody sent."""
        return {one.report: one.number for one in self.memory.arrived(*asked.received)}

    def _generated(self, asked: Asked, superseded: Container[str]) -> Iterator[Payslip]:
        touched = self.memory.touched()
        for payer in self._asked_payers(asked):
            slips = (slip for slip in self._slips(payer, asked) if not touched or _stands(slip, touched, superseded))
            yield from slips if asked.all_versions else _newest_of_each(slips)

    def _asked_payers(self, asked: Asked) -> Iterator[Payer]:
        for payer in self.payers.values():
            if asked.payers is None or payer.business_id in asked.payers:
                yield payer

    def _slips(self, payer: Payer, asked: Asked) -> Iterator[Payslip]:
        numbers = None if asked.earners is None else numbers_of(payer, asked.earners)
        for slip in payslips(payer, since=self.since, received=asked.received, numbers=numbers):
            if asked.paid is None or asked.paid[0] <= slip.payment_date <= asked.paid[1]:
                yield slip

    def newest(self, *, identity: str | None, payer: str | None, reference: str | None, at: datetime) -> Version | None:
        """The version that counts now: found by either reference, or by both when both are given."""
        if reference is not None and payer is not None:
            found = self.memory.by_reference(payer, reference) or self._slip_by_reference(payer, reference, at)
        elif identity is not None:
            found = self.memory.newest(identity) or self._slip_by_id(identity, payer, at)
        else:
            return None
        return None if found is None or identity not in (None, found.report) else found

    def _slip_by_reference(self, payer: str, reference: str, at: datetime) -> Version | None:
        known = self.payers.get(payer)
        number = reference.rpartition("-")[2]
        if known is None or not number.isdigit() or int(number) >= known.employees:
            return None
        slips = payslips(known, since=self.since, received=(EVER[0], at), numbers=[int(number)])
        return _newest(slip for slip in slips if slip.reference == reference)

    def _slip_by_id(self, identity: str, payer: str | None, at: datetime) -> Version | None:
        """The long way: the register's references say nothing, so every one is made."""
        for known in self.payers.values() if payer is None else filter(None, [self.payers.get(payer)]):
            for month in months(self.since, at):
                for number in range(known.employees):
                    if report_id(known, number, month) == identity:
                        return _newest(slip for slip in versions(known, number, month) if slip.received_at < at)
        return None


def numbers_of(payer: Payer, codes: frozenset[str]) -> list[int]:
    """Which of its people these are."""
    return [number for number in range(payer.employees) if identity_code(payer.serial(number)) in codes]


def _stands(slip: Payslip, touched: dict[str, str], superseded: Container[str]) -> bool:
    """Whether nobody sent what takes its place."""
    identity = slip.report_id
    return identity not in superseded and touched.get(identity, "~") > moment(slip.received_at)


def _newest_of_each(slips: Iterable[Payslip]) -> Iterator[Payslip]:
    """Versions of one report stand together, in their order."""
    newest: Payslip | None = None
    for slip in slips:
        if newest is not None and (newest.number, newest.month) != (slip.number, slip.month):
            yield newest
        newest = slip
    if newest is not None:
        yield newest


def _newest(slips: Iterable[Payslip]) -> Version | None:
    newest = max(slips, key=lambda slip: slip.version, default=None)
    return None if newest is None else version_of(report(newest))
