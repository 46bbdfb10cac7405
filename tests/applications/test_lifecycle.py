"""Every status, every verb, every role: what the table says and nothing else."""

from itertools import product

import pytest

from employers.applications import lifecycle
from employers.applications.lifecycle import NotYours, WrongState

ROLES = ("employer", "agent", "official", "system")

# verb: (who, from where, to where), written down a second time on purpose
SAID = {
    "submit": ({"employer", "agent", "system", "official"}, {"draft"}, "submitted"),
    "take_up": ({"official"}, {"submitted"}, "in_handling"),
    "ask": ({"official"}, {"submitted", "in_handling"}, "information_requested"),
    "answer": ({"employer", "agent"}, {"information_requested"}, "in_handling"),
    "decide": ({"official"}, {"in_handling"}, "decided"),
    "pay": ({"official"}, {"decided"}, "paid"),
    "withdraw": ({"employer", "agent", "system"}, {"submitted", "in_handling", "information_requested"}, "withdrawn"),
    "correct": ({"employer", "agent", "system"}, {"submitted", "in_handling", "information_requested"}, "in_handling"),
    "report_pay": ({"employer", "agent"}, {"submitted", "in_handling", "information_requested"}, "in_handling"),
    "reopen": ({"official"}, {"decided", "paid"}, "in_handling"),
}
# These change what was said and leave the application where it stands.
STAYS = {
    "correct": {"submitted", "in_handling"},
    "report_pay": {"submitted", "in_handling", "information_requested"},
}


def test_every_verb_is_walked():
    assert set(SAID) == set(lifecycle.MOVES)


@pytest.mark.parametrize(("status", "verb", "role"), list(product(lifecycle.STATUSES, SAID, ROLES)))
def test_a_move_is_made_from_its_statuses_by_its_roles_alone(status, verb, role):
    who, sources, target = SAID[verb]
    if role not in who:
        with pytest.raises(NotYours):
            lifecycle.target(verb, status=status, role=role)
    elif status not in sources:
        with pytest.raises(WrongState):
            lifecycle.target(verb, status=status, role=role)
    else:
        expected = status if status in STAYS.get(verb, ()) else target
        assert lifecycle.target(verb, status=status, role=role) == expected


@pytest.mark.parametrize(("status", "verb", "role"), list(product(lifecycle.STATUSES, SAID, ROLES)))
def test_only_deciding_takes_up_first_what_nobody_took_up(status, verb, role):
    if (status, verb, role) == ("submitted", "decide", "official"):
        assert lifecycle.steps(verb, status=status, role=role) == ("take_up", "decide")
    elif role not in SAID[verb][0] or status not in SAID[verb][1]:
        with pytest.raises((NotYours, WrongState)):
            lifecycle.steps(verb, status=status, role=role)
    else:
        assert lifecycle.steps(verb, status=status, role=role) == (verb,)


@pytest.mark.parametrize(("status", "leave"), [("paid", ["reopen"]), ("withdrawn", [])])
def test_only_an_official_leaves_an_end(status, leave):
    assert [verb for verb, move in lifecycle.MOVES.items() if status in move.sources] == leave


LIVE = {("submitted", ""): True, ("decided", "granted"): True, ("paid", "partly_granted"): True,
        ("withdrawn", ""): False, ("decided", "rejected"): False, ("decided", "lapsed"): False}  # fmt: skip


@pytest.mark.parametrize(("status", "outcome"), LIVE)
def test_live(status, outcome):
    assert lifecycle.is_live(status=status, outcome=outcome) is LIVE[status, outcome]
