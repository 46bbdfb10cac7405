"""Flawed applications are told what is wrong with them before they are sent; right ones are left in peace."""

import sys
from collections import Counter

import pytest
from django.utils import translation

from employers.benefits.claim import BENEFITS
from tests.intake import typed

pytestmark = pytest.mark.django_db
LEAST_CASES, LEAST_SHARE = 60, 0.95


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_the_corpus_is_large_enough_and_knows_every_benefit():
    for kind in ("flawed", "right"):
        found = Counter(case["benefit"] for case in typed.cases(kind))
        assert sum(found.values()) >= LEAST_CASES
        assert set(found) == set(BENEFITS)


def test_of_the_flaws_at_least_95_per_cent_are_named_at_their_field_before_sending(sandbox, capsys):
    expected, missed = 0, []
    for case in typed.cases("flawed"):
        said = typed.said_of(case)
        wanted = typed.expected(case["named"])
        expected += 1
        if not set(wanted) <= set(said):
            missed.append(f"{case['benefit']}: {case['told']}\n    wanted {texts(wanted)}\n    said   {texts(said)}")
    share = 1 - len(missed) / expected
    with capsys.disabled():
        sys.stdout.write(f"\n{expected - len(missed)} of {expected} flawed applications are named: {share:.1%}\n")
    assert share >= LEAST_SHARE, "\n".join(missed)


def test_a_right_application_is_told_nothing_but_what_it_should_know(sandbox, capsys):
    alarms, count = [], 0
    for case in typed.cases("right"):
        count += 1
        said = [one for one in typed.said_of(case) if one.code != "income_unknown"]
        expected = case.get("says", [])
        assert set(expected) <= set(typed.INFORMATION), case["told"]
        if sorted({one.code for one in said}) != sorted(expected):
            alarms.append(f"{case['benefit']}: {case['told']}\n    wanted {expected}\n    said   {texts(said)}")
    with capsys.disabled():
        sys.stdout.write(f"\n{len(alarms)} false alarms in {count} right applications\n")
    assert not alarms, "\n".join(alarms)


def texts(said):
    return "; ".join(map(str, said)) or "nothing"
