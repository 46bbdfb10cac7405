"""The golden cases of `cases/`: a lawyer can read them, `golden.py` says how."""

from collections import Counter

import pytest

from employers.benefits.claim import BENEFITS
from employers.benefits.problems import CATALOGUE
from tests.benefits.golden import Answer, Case, cases, narrowed, plain

CASES = list(cases())


def names_of(case: Case) -> str:
    return f"{case['file']}: {case['title']}"


@pytest.mark.parametrize("case", CASES, ids=names_of)
def test_case(case: Case):
    expected = {name: sorted(value) if "problems" in name else plain(value) for name, value in case["expect"].items()}
    answer = Answer(case)
    said = {name: narrowed(answer.said(name), value) for name, value in expected.items()}
    assert said == expected


def test_every_case_has_a_title_of_its_own_and_a_source():
    assert [title for title, times in Counter(map(names_of, CASES)).items() if times > 1] == []
    assert [case["title"] for case in CASES if not case.get("source")] == []


def test_the_cases_cover_every_benefit_and_year():
    assert len(CASES) >= 150
    for benefit in BENEFITS:
        assert len([case for case in CASES if case["benefit"] == benefit]) >= 5


def test_every_code_is_somebodys_case():
    expected = {
        text.split(" at ")[0]
        for case in CASES
        for name in ("problems", "income_problems")
        for text in case["expect"].get(name, [])
    }
    longer_than_a_case = {"too_many_periods"}  # tests/benefits/test_check.py
    assert set(CATALOGUE) - expected == longer_than_a_case
    assert expected - set(CATALOGUE) == set()
