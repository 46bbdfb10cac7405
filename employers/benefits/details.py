"""What each benefit asks beyond the members every claim has: one declaration, read by every door.

The machine interface's reader and description, the columns of a file, the pages of the web form and the words beside
them follow from it. A claim holds the typed values; JSON and files hold them as written here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from employers.benefits.problems import Problem, problem


class Kind(StrEnum):
    """The kind of a value: as it is written, and as a claim holds it."""

    DAY = "day"  # "2026-03-02", a date
    MONTH = "month"  # "2026-03", the same text
    MONEY = "money"  # "3000.00", EUR, a Decimal
    NUMBER = "number"  # "37.5", at most two decimals, a Decimal
    COUNT = "count"  # 25, a whole number from 0
    TRUTH = "truth"  # true or false
    CHOICE = "choice"  # one of `choices`
    TEXTS = "texts"  # up to `most` short texts, a tuple; `choices` are those we offer
    IBAN = "iban"  # a bank account in international form
    OBJECT = "object"  # with `members`
    LIST = "list"  # up to `most` objects with `members`, a tuple


class Needed(StrEnum):
    NEVER = "never"
    FILING = "filing"  # an application needs it, an estimate does not
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    kind: Kind
    needed: Needed = Needed.NEVER
    choices: tuple[str, ...] = ()
    most: int = 0  # of a number its greatest value, of a list its entries; 0: no limit
    members: Mapping[str, "Detail"] = field(default_factory=dict)


def day(needed: Needed = Needed.NEVER) -> Detail:
    return Detail(kind=Kind.DAY, needed=needed)


def money(needed: Needed = Needed.NEVER) -> Detail:
    return Detail(kind=Kind.MONEY, needed=needed)


def number(most: int, needed: Needed = Needed.NEVER) -> Detail:
    return Detail(kind=Kind.NUMBER, most=most, needed=needed)


def count(most: int, needed: Needed = Needed.NEVER) -> Detail:
    return Detail(kind=Kind.COUNT, most=most, needed=needed)


def truth(needed: Needed = Needed.NEVER) -> Detail:
    return Detail(kind=Kind.TRUTH, needed=needed)


def choice(*choices: str, needed: Needed = Needed.NEVER) -> Detail:
    return Detail(kind=Kind.CHOICE, choices=choices, needed=needed)


def one(members: Mapping[str, Detail], needed: Needed = Needed.NEVER) -> Detail:
    return Detail(kind=Kind.OBJECT, members=members, needed=needed)


def many(members: Mapping[str, Detail], *, most: int, needed: Needed = Needed.NEVER) -> Detail:
    return Detail(kind=Kind.LIST, members=members, most=most, needed=needed)


ALWAYS, FILING = Needed.ALWAYS, Needed.FILING
HOURS_A_WEEK, HOURS_A_DAY = 168, 24
HAZARDS = (
    "chemical", "radiation", "infection", "noise", "vibration", "shock", "movement", "load", "other",
)  # fmt: skip
REHABILITATION = {
    "kind": choice("ordinary", "vocational"),
    "waiting": choice("none", "onset", "full", "thirty"),
}
COST_KINDS = (
    "physician", "nurse", "physiotherapist", "psychologist", "expert", "specialist", "laboratory", "imaging",
    "first_aid", "workplace_survey", "equipment", "other", "base_fee",
)  # fmt: skip
CONDITIONS = (
    "preventive_care_arranged", "free_for_employees", "written_contract", "workplace_survey", "action_plan",
    "qualified_staff", "care_offered_to_all", "not_reimbursed_elsewhere",
)  # fmt: skip

DETAILS: Mapping[str, Mapping[str, Detail]] = MappingProxyType({
    "sickness_allowance": {},
    "partial_sickness_allowance": {
        "weekly_hours_before": number(HOURS_A_WEEK, ALWAYS),
        "weekly_hours_agreed": number(HOURS_A_WEEK, ALWAYS),
    },
    "pregnancy_allowance": {"due_date": day(), "first_benefit_day": day()},
    "special_pregnancy_allowance": {
        "due_date": day(),
        "hazards": Detail(kind=Kind.TEXTS, choices=HAZARDS, most=20),
        "other_work_offered": truth(),
        "daily_hours": number(HOURS_A_DAY),
    },
    "parental_allowance": {
        "child_born": day(),
        "first_benefit_day": day(),
        "days_used": count(1000),
        "raised_days_used": count(1000),
    },
    "partial_parental_allowance": {
        "child_born": day(),
        "first_benefit_day": day(),
        "days_used": count(1000),
        "daily_hours_agreed": number(HOURS_A_DAY),
    },
    "rehabilitation_allowance": REHABILITATION,
    "partial_rehabilitation_allowance": {
        **REHABILITATION,
        "daily_hours_before": number(HOURS_A_DAY, ALWAYS),
        "daily_hours_agreed": number(HOURS_A_DAY, ALWAYS),
    },
    "infectious_disease_allowance": {"monthly_pay": money(ALWAYS), "decision_follows": truth()},
    "donor_allowance": {"earnings_lost": money()},
    "family_leave_compensation": {
        "basis": choice("pregnancy", "adoption", needed=ALWAYS),
        "contract": one({"kind": choice("open_ended", "fixed_term", needed=ALWAYS), "months": count(600)}, ALWAYS),
        "working_time_percent": count(100, ALWAYS),
    },
    "annual_leave_compensation": {
        "first_leave_day": day(FILING),
        "months": many(
            {
                "month": Detail(kind=Kind.MONTH, needed=ALWAYS),
                "days": number(31),
                "paid_days": count(31, ALWAYS),
                "holiday_pay": money(ALWAYS),
            },
            most=36,
            needed=ALWAYS,
        ),
    },
    "occupational_health_reimbursement": {
        "accounting_period": one({"start": day(ALWAYS), "end": day(ALWAYS)}, ALWAYS),
        "employees": count(1_000_000, ALWAYS),
        "entrepreneurs": count(1_000_000),
        "costs": many(
            {
                "class": choice("I", "II", needed=ALWAYS),
                "kind": choice(*COST_KINDS, needed=ALWAYS),
                "amount": money(ALWAYS),
            },
            most=200,
            needed=ALWAYS,
        ),
        "deductible_income": one({"I": money(), "II": money()}),
        "bank_account": Detail(kind=Kind.IBAN),
        "statement": one({"date": day(FILING), "opportunity_given": truth(FILING)}, FILING),
        "conditions": one({name: truth(FILING) for name in CONDITIONS}, FILING),
    },
})  # fmt: skip


def missing(benefit: str, said: Mapping[str, Any], *, filing: bool) -> Iterator[Problem]:
    """`required` at every member that is needed and was left out; an empty list says nothing."""
    yield from _missing(DETAILS.get(benefit, {}), said, "details", wanted=(ALWAYS, FILING) if filing else (ALWAYS,))


def _missing(
    declared: Mapping[str, Detail], said: Mapping[str, Any], path: str, *, wanted: tuple[Needed, ...]
) -> Iterator[Problem]:
    for name, detail in declared.items():
        value, place = said.get(name), f"{path}.{name}"
        if value is None or value == ():
            if detail.needed in wanted:
                yield problem(place, "required")
        elif detail.kind is Kind.OBJECT:
            yield from _missing(detail.members, value, place, wanted=wanted)
        elif detail.kind is Kind.LIST:
            for index, entry in enumerate(value):
                yield from _missing(detail.members, entry, f"{place}.{index}", wanted=wanted)


def unknown(benefit: str, said: Mapping[str, Any]) -> Iterator[Problem]:
    """`unknown_field` at every name that the benefit does not declare; a reader has looked deeper."""
    return (problem(f"details.{name}", "unknown_field") for name in said if name not in DETAILS.get(benefit, {}))


def typed(benefit: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Details as a claim holds them, from the JSON that was stored of them; never for a caller's input."""
    return _typed_members(DETAILS.get(benefit, {}), stored)


def _typed_members(declared: Mapping[str, Detail], stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _typed(declared.get(name), value) for name, value in stored.items()}


def _typed(detail: Detail | None, value: Any) -> Any:
    if detail is None or value is None:
        return value
    match detail.kind:
        case Kind.DAY:
            return date.fromisoformat(value)
        case Kind.MONEY | Kind.NUMBER:
            return Decimal(value)
        case Kind.OBJECT:
            return _typed_members(detail.members, value)
        case Kind.LIST:
            return tuple(_typed_members(detail.members, entry) for entry in value)
        case Kind.TEXTS:
            return tuple(value)
        case _:
            return value
