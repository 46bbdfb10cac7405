"""Which topics stand beside a question, as tables."""

from dataclasses import dataclass, replace

import pytest

from employers.guidance.flow import relevant


@dataclass(frozen=True)
class Topic:
    name: str
    order: int = 10
    benefits: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    problem_codes: tuple[str, ...] = ()
    size_classes: tuple[str, ...] = ()


def names(topics, **asked):
    asked = {"benefit": "sickness_allowance", "step": "pay"} | asked
    return [topic.name for topic in relevant(topics, **asked)]


ON_STEP = Topic("on step", order=10, steps=("pay",))
ON_FIELD = Topic("on field", order=20, steps=("pay",), fields=("pay_periods.amount",))
ON_CODE = Topic("on code", order=30, problem_codes=("difference_only",))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["on step", "on field"]),
        ({"field": "pay_periods.amount"}, ["on field", "on step"]),
        ({"field": "pay_periods.2.amount"}, ["on field", "on step"]),
        ({"codes": ["difference_only"]}, ["on code", "on step", "on field"]),
        ({"codes": ["difference_only"], "field": "pay_periods.amount"}, ["on code", "on field", "on step"]),
        ({"step": "absence"}, []),
        ({"step": "absence", "codes": ["difference_only"]}, ["on code"]),
        ({"step": None, "field": "pay_periods.amount"}, ["on field"]),
    ],
)
def test_the_nearest_topic_comes_first(asked, expected):
    assert names([ON_CODE, ON_FIELD, ON_STEP], **asked) == expected


@pytest.mark.parametrize(
    ("benefit", "shown"),
    [("sickness_allowance", True), ("donor_allowance", False), (None, True)],
)
def test_a_topic_of_one_benefit_stays_with_it(benefit, shown):
    topic = replace(ON_STEP, benefits=("sickness_allowance",))
    assert bool(names([topic], benefit=benefit)) is shown


@pytest.mark.parametrize(
    ("size_class", "shown"),
    [("small", True), ("large", False), (None, True)],
)
def test_a_topic_of_one_size_stays_with_it(size_class, shown):
    topic = replace(ON_STEP, size_classes=("small",))
    assert bool(names([topic], size_class=size_class)) is shown


def test_a_problem_does_not_bring_another_benefits_topic():
    topic = replace(ON_CODE, benefits=("donor_allowance",))
    assert names([topic], codes=["difference_only"]) == []


def test_equals_keep_the_editors_order():
    later, earlier = Topic("later", order=2, steps=("pay",)), Topic("earlier", order=1, steps=("pay",))
    assert names([later, earlier]) == ["earlier", "later"]


def test_an_answer_to_two_problems_goes_before_an_answer_to_one():
    both = Topic("both", order=99, problem_codes=("late", "difference_only"))
    assert names([ON_CODE, both], codes=["late", "difference_only"]) == ["both", "on code"]
