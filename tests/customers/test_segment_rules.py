"""Segments from dated facts: cases a reader can check by hand, then properties over any facts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.segments.rules import (
    CHANGING,
    NOT_AN_ABSENCE,
    STEADY,
    SUPPORTED,
    AbsenceFact,
    Reason,
    assign,
    next_change_on,
    segments,
    thresholds,
)
from employers.benefits.law import NotInForce

D = date.fromisoformat


def fact(start, end, *, paid=0, submitted=None, status="decided"):
    first = D(start)
    return AbsenceFact(
        application_id=f"{start}/{end}",
        start=first,
        end=D(end),
        paid_days=paid,
        submitted_on=D(submitted) if submitted else first,
        status=status,
    )


SPRING = fact("2026-03-02", "2026-04-10", paid=23)
THREE = [
    fact("2025-03-03", "2025-03-21"),
    fact("2025-10-06", "2025-10-24"),
    fact("2026-03-02", "2026-03-20"),
]
# 10 weekdays of waiting, 189 paid ones: the first on 17 January, the 90th on 5 May, the 150th on 16 July.
LONG = [fact("2026-01-05", "2026-08-31", paid=189)]
CONTINUED = [
    fact("2026-03-02", "2026-03-27", paid=13),
    fact("2026-03-30", "2026-04-24", paid=22),
    fact("2026-04-27", "2026-05-22", paid=22),
]


@pytest.mark.parametrize(
    ("facts", "on", "segment", "sliding", "valid_from"),
    [
        ([], "2026-03-02", "steady", False, "2026-03-02"),
        ([SPRING], "2026-03-01", "steady", False, "2026-03-01"),
        ([SPRING], "2026-03-02", "changing", False, "2026-03-02"),
        ([SPRING], "2026-04-10", "changing", False, "2026-03-02"),
        ([SPRING], "2026-07-08", "changing", False, "2026-03-02"),
        ([SPRING], "2026-07-09", "steady", False, "2026-07-09"),  # 90 days after 10 April
        ([SPRING], "2027-01-01", "steady", False, "2026-07-09"),
        # Three absences within 24 months, from the day the third begins; quiet still makes steady.
        (THREE[:2], "2025-10-06", "changing", True, "2025-10-06"),
        (THREE, "2026-03-02", "supported", False, "2026-03-02"),
        (THREE, "2026-06-17", "supported", False, "2026-03-02"),
        (THREE, "2026-06-18", "steady", False, "2026-06-18"),
        # The first absence leaves the window on 21 March 2027: two are left.
        ([*THREE, fact("2027-03-01", "2027-03-31")], "2027-03-20", "supported", False, "2027-03-01"),
        ([*THREE[:1], *THREE[2:], fact("2027-03-01", "2027-03-31")], "2027-03-20", "supported", False, "2027-03-01"),
        (
            [*THREE[:1], *THREE[2:], fact("2027-03-01", "2027-03-31")],
            "2027-03-21",
            "changing",
            True,
            "2027-03-21",
        ),
        # One long absence: sliding at the 90th paid day, supported at the 150th.
        (LONG, "2026-02-27", "changing", False, "2026-01-05"),
        (LONG, "2026-08-31", "supported", False, "2026-07-16"),
        # A continued absence is one absence.
        (CONTINUED, "2026-05-22", "changing", False, "2026-03-02"),
        # The same absence told by two employers is one absence, and a day is paid once.
        ([*LONG, fact("2026-01-05", "2026-08-31", paid=189)], "2026-08-31", "supported", False, "2026-07-16"),
        # What is told late counts from the absence, once it is known.
        ([fact("2026-03-02", "2026-03-20", submitted="2026-05-02")], "2026-05-01", "steady", False, "2026-05-01"),
        ([fact("2026-03-02", "2026-03-20", submitted="2026-05-02")], "2026-05-02", "changing", False, "2026-03-02"),
        ([fact("2026-03-02", "2026-03-20", submitted="2026-07-01")], "2026-07-01", "steady", False, "2026-06-18"),
    ],
)
def test_the_segment_of_a_day(facts, on, segment, sliding, valid_from):
    found = assign(facts, on=D(on))
    assert (found.segment, found.sliding, found.valid_from) == (segment, sliding, D(valid_from))


@pytest.mark.parametrize(
    ("facts", "on", "reasons"),
    [
        ([], "2026-03-02", []),
        ([SPRING], "2026-03-20", [("absence_reported", "2026-03-02")]),
        ([SPRING], "2026-08-01", [("no_new_absence", "2026-07-09")]),
        (THREE, "2026-03-02", [("absences_at_limit", "2026-03-02")]),
        (LONG, "2026-08-31", [("paid_days_at_limit", "2026-07-16")]),
        (LONG, "2026-06-30", [("absence_reported", "2026-01-05"), ("paid_days_near_limit", "2026-05-05")]),
        # Unrest goes back over absences with fewer than 90 quiet days between them.
        (
            [fact("2026-01-05", "2026-01-20"), fact("2026-03-02", "2026-03-20")],
            "2026-03-02",
            [("absence_reported", "2026-01-05"), ("absences_near_limit", "2026-03-02")],
        ),
    ],
)
def test_the_reasons_say_since_when(facts, on, reasons):
    assert assign(facts, on=D(on)).reasons == tuple(Reason(code, D(since)) for code, since in reasons)


@pytest.mark.parametrize("status", sorted(NOT_AN_ABSENCE))
def test_what_came_to_nothing_is_not_an_absence(status):
    dead = fact("2026-03-02", "2026-04-10", paid=23, status=status)
    assert assign([dead], on=D("2026-03-10")).segment == "steady"
    assert assign([*THREE[:2], dead], on=D("2026-03-10")).segment == "steady"


@pytest.mark.parametrize(
    ("facts", "on", "change"),
    [
        ([], "2026-03-02", None),
        ([SPRING], "2026-03-20", "2026-07-09"),
        ([SPRING], "2026-07-09", None),
        (LONG, "2026-01-05", "2026-05-05"),
        (LONG, "2026-05-05", "2026-07-16"),
        (LONG, "2026-07-16", "2026-11-29"),
        ([fact("2026-03-09", "2026-03-20", submitted="2026-03-02")], "2026-03-02", "2026-03-09"),
        ([fact("2026-03-02", "2026-03-20", submitted="2026-05-02")], "2026-03-02", None),  # not known yet
    ],
)
def test_the_day_when_time_alone_changes_it(facts, on, change):
    assert next_change_on(facts, D(on)) == (D(change) if change else None)


def test_every_segment_assigned_is_in_the_data_with_its_names():
    assert {STEADY, CHANGING, SUPPORTED} <= {segment.code for segment in segments()}
    assert all(segment.names.keys() == {"fi", "sv", "en"} for segment in segments())


def test_before_the_first_figures_nobody_is_assigned():
    with pytest.raises(NotInForce):
        assign([SPRING], on=D("2023-12-31"))


LIMITS = thresholds(D("2026-01-01"))
FIRST, LAST = D("2024-06-01"), D("2026-12-31")
DAYS = st.dates(FIRST, LAST)


ALIVE = ["submitted", "in_handling", "granted", "paid"]
EVERY_STATUS = [*ALIVE, *sorted(NOT_AN_ABSENCE)]


@st.composite
def any_fact(draw, *, start=DAYS, most_days=200, statuses=EVERY_STATUS):
    first = draw(start)
    return AbsenceFact(
        application_id=str(draw(st.uuids())),
        start=first,
        end=first + timedelta(days=draw(st.integers(0, 250))),
        paid_days=draw(st.integers(0, most_days)),
        submitted_on=first + timedelta(days=draw(st.integers(-10, 80))),
        status=draw(st.sampled_from(statuses)),
    )


FACTS = st.lists(any_fact(), max_size=6)
few = settings(max_examples=60, deadline=None)


@few
@given(facts=FACTS, on=DAYS, data=st.data())
def test_order_and_repetition_do_not_matter(facts, on, data):
    mixed = data.draw(st.permutations([*facts, *facts[:2]]))
    assert assign(mixed, on=on) == assign(facts, on=on)
    assert next_change_on(mixed, on) == next_change_on(facts, on)


@few
@given(facts=st.lists(any_fact(most_days=74), max_size=2), on=DAYS)
def test_nobody_is_supported_below_both_limits(facts, on):
    """At most two absences and 148 paid days."""
    assert assign(facts, on=on).segment != SUPPORTED


@few
@given(facts=FACTS, quiet_days=st.integers(LIMITS.steady_after_days, 400))
def test_everyone_is_steady_after_ninety_quiet_days(facts, quiet_days):
    last = max((item.end for item in facts), default=FIRST)
    found = assign(facts, on=last + timedelta(days=quiet_days))
    assert (found.segment, found.sliding) == ("steady", False)


@few
@given(facts=FACTS, running=any_fact(statuses=ALIVE), data=st.data())
def test_an_absence_going_on_is_never_steady(facts, running, data):
    on = data.draw(st.dates(running.start, running.end))
    known = replace(running, submitted_on=min(running.submitted_on, on))
    assert assign([*facts, known], on=on).segment != STEADY


@few
@given(facts=FACTS, on=DAYS)
def test_what_came_to_nothing_changes_nothing(facts, on):
    counted = [item for item in facts if item.status not in NOT_AN_ABSENCE]
    assert assign(facts, on=on) == assign(counted, on=on)


@few
@given(facts=FACTS, on=DAYS)
def test_an_assignment_began_before_and_reasons_are_past(facts, on):
    found = assign(facts, on=on)
    assert found.valid_from <= on
    assert all(reason.since <= on for reason in found.reasons)


@settings(max_examples=25, deadline=None)
@given(facts=FACTS, on=DAYS)
def test_nothing_changes_before_the_next_change(facts, on):
    known = [item for item in facts if item.submitted_on <= on]
    now, change = assign(known, on=on), next_change_on(facts, on)
    until = change or on + timedelta(days=1200)
    for number in range(0, (until - on).days, 7):
        later = assign(known, on=on + timedelta(days=number))
        assert (later.segment, later.sliding) == (now.segment, now.sliding)
    if change:
        day_before, then = assign(known, on=change - timedelta(days=1)), assign(known, on=change)
        assert (day_before.segment, day_before.sliding) == (now.segment, now.sliding)
        assert (then.segment, then.sliding) != (now.segment, now.sliding)
