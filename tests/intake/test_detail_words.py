"""Every detail and every choice has a name, and none is left that nobody declares."""

import pytest
from django.utils.translation import override

from employers.benefits.details import DETAILS
from employers.intake import detail_words as words

EVERY = {name: detail for benefit in DETAILS for name, detail in words.every(benefit)}
CHOICES = {f"{name}.{choice}" for name, detail in EVERY.items() for choice in detail.choices}


def test_labels_are_those_of_the_declared_details():
    assert set(words.LABELS) == set(EVERY)


def test_hints_belong_to_declared_details():
    assert set(words.HINTS) <= set(EVERY)


def test_choices_are_those_declared():
    assert set(words.CHOICE_NAMES) == CHOICES


def test_objects_come_before_what_they_hold():
    names = [name for name, _ in words.every("annual_leave_compensation")]
    assert names == [
        "first_leave_day", "months", "months.month", "months.days", "months.paid_days", "months.holiday_pay",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("costs.class", "I", "Class I, preventive care"),
        ("hazards", "chemical", "Chemicals"),
        ("hazards", "mould", "mould"),
    ],
)
def test_choice_name(name, value, told):
    with override("en"):
        assert words.choice_name(name, value) == told


def test_a_hint_is_empty_where_the_label_says_enough():
    with override("en"):
        assert (words.label("contract"), words.hint("contract")) == ("Employment contract", "")
