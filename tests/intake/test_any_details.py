"""Whatever is written in a benefit's details: a typed value or a code, and the law has an answer to all of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from employers.benefits import rules
from employers.benefits.claim import Income, from_json, to_json
from employers.benefits.details import DETAILS, Kind
from employers.benefits.law import Law
from employers.intake import codes, detail_values
from employers.intake.serializers import read_claim
from tests.intake.thirteen import BENEFITS, example

DAYS = ("0001-01-01", "2018-12-31", "2019-01-01", "2020-02-29", "2026-03-02", "2026-06-30", "9999-12-31", "2026-02-30")
STRANGE = (None, True, 0, -1, 10**30, 1.5, "", "x", "NaN", "1.00", [], {}, [None], {"": 1})
WRITTEN = {
    Kind.DAY: DAYS,
    Kind.MONTH: ("0001-01", "2018-12", "2026-02", "2026-03", "9999-12", "2026-13"),
    Kind.MONEY: ("0.00", "0.01", "300.00", "-1.00", "999999999999.99", "1e3"),
    Kind.NUMBER: ("0", "0.01", "5", "7.5", "24", "37.5", "168", "-1"),
    Kind.COUNT: (0, 1, 12, 14, 31, 100, 1000, -1),
    Kind.TRUTH: (True, False),
    Kind.IBAN: ("FI2112345600000785", "FI00"),
}


def value(detail):
    match detail.kind:
        case Kind.OBJECT:
            likely = members(detail.members)
        case Kind.LIST:
            likely = st.lists(members(detail.members), max_size=3)
        case Kind.TEXTS:
            likely = st.lists(st.sampled_from(detail.choices), max_size=3)
        case _:
            likely = st.sampled_from(WRITTEN.get(detail.kind, detail.choices))
    return st.one_of(likely, likely, likely, st.sampled_from(STRANGE))


def members(declared):
    return st.fixed_dictionaries({}, optional={name: value(detail) for name, detail in declared.items()})


anything = st.sampled_from(BENEFITS).flatmap(
    lambda benefit: st.tuples(st.just(benefit), members(DETAILS[benefit]), st.sampled_from(DAYS[:-1]))
)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_everything_written_has_an_answer(case):
    benefit, written, begun = case
    problems = []
    found = detail_values.reader(benefit)(written, "details", problems)
    assert {problem.code for problem in problems} <= codes.READING.keys()
    assert all(problem.field.startswith("details") for problem in problems)
    claim = replace(read_claim(example(benefit, details={}), allow_temporary=True), details=found)
    if claim.employment:
        claim = replace(claim, employment=replace(claim.employment, start=date.fromisoformat(begun)))
    assert from_json(to_json(claim)) == claim
    law = Law.on(rules.law_day(claim))
    for filed in (None, date(2026, 4, 15)):
        rules.check(claim, law=law, submitted_on=filed)
    for income in (Income(), Income(annual=Decimal(40000))):
        rules.estimate(claim, law=law, income=income).as_dict()
