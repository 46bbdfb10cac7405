"""Which moves an application can make, and who makes them. A table, so that a test can walk all of it."""

from dataclasses import dataclass

DRAFT = "draft"
SUBMITTED = "submitted"
IN_HANDLING = "in_handling"
INFORMATION_REQUESTED = "information_requested"
DECIDED = "decided"
PAID = "paid"
WITHDRAWN = "withdrawn"
STATUSES = (DRAFT, SUBMITTED, IN_HANDLING, INFORMATION_REQUESTED, DECIDED, PAID, WITHDRAWN)

GRANTED = "granted"
PARTLY_GRANTED = "partly_granted"
REJECTED = "rejected"
LAPSED = "lapsed"
OUTCOMES = (GRANTED, PARTLY_GRANTED, REJECTED, LAPSED)
DEAD_OUTCOMES = (REJECTED, LAPSED)
PAYABLE_OUTCOMES = (GRANTED, PARTLY_GRANTED)

OPEN = (SUBMITTED, IN_HANDLING, INFORMATION_REQUESTED)
ENDED = (DECIDED, PAID)  # a correction is asked for, and an official takes it up

EMPLOYER = "employer"
AGENT = "agent"
OFFICIAL = "official"
SYSTEM = "system"
APPLICANTS = frozenset({EMPLOYER, AGENT})
APPLICANTS_AND_SYSTEM = APPLICANTS | {SYSTEM}
OFFICIALS = frozenset({OFFICIAL})


class WrongState(Exception):
    """The application is not where this move starts."""


class NotYours(Exception):
    """This move is another's to make."""


@dataclass(frozen=True, slots=True)
class Move:
    verb: str
    sources: frozenset[str]
    target: str
    actors: frozenset[str]
    stays: frozenset[str] = frozenset()  # of the sources, those that the move leaves where they are
    after: str = ""  # the verb that goes first, in the same breath, where nobody has done it yet


MOVES = {
    move.verb: move
    for move in (
        Move("submit", frozenset({DRAFT}), SUBMITTED, APPLICANTS_AND_SYSTEM | OFFICIALS),
        Move("take_up", frozenset({SUBMITTED}), IN_HANDLING, OFFICIALS),
        Move("ask", frozenset({SUBMITTED, IN_HANDLING}), INFORMATION_REQUESTED, OFFICIALS),
        Move("answer", frozenset({INFORMATION_REQUESTED}), IN_HANDLING, APPLICANTS),
        Move("decide", frozenset({IN_HANDLING}), DECIDED, OFFICIALS, after="take_up"),
        Move("pay", frozenset({DECIDED}), PAID, OFFICIALS),
        Move("withdraw", frozenset(OPEN), WITHDRAWN, APPLICANTS_AND_SYSTEM),
        Move("correct", frozenset(OPEN), IN_HANDLING, APPLICANTS_AND_SYSTEM, stays=frozenset({SUBMITTED, IN_HANDLING})),
        Move("report_pay", frozenset(OPEN), IN_HANDLING, APPLICANTS, stays=frozenset(OPEN)),
        Move("reopen", frozenset(ENDED), IN_HANDLING, OFFICIALS),
    )
}


def target(verb: str, *, status: str, role: str) -> str:
    """The status after the move, or the reason why not."""
    move = MOVES[verb]
    if role not in move.actors:
        raise NotYours(verb)
    if status not in move.sources:
        raise WrongState(status)
    return status if status in move.stays else move.target


def steps(verb: str, *, status: str, role: str) -> tuple[str, ...]:
    """The moves that lead to the verb's target, in order. Raises NotYours or WrongState."""
    first = MOVES[verb].after
    if first and status in MOVES[first].sources:
        reached = target(first, status=status, role=role)
        return (*steps(first, status=status, role=role), *steps(verb, status=reached, role=role))
    target(verb, status=status, role=role)
    return (verb,)


def starts(verb: str, *, status: str) -> bool:
    """Whether the verb has a way from there."""
    move = MOVES[verb]
    return status in move.sources or bool(move.after and starts(move.after, status=status))


def is_live(*, status: str, outcome: str) -> bool:
    """Live applications are those that duplicates and overlaps are looked for among."""
    return status != WITHDRAWN and outcome not in DEAD_OUTCOMES
