"""A question flow as data: one question at a time, and rules that say where an answer leads. No words, no framework."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Said = Mapping[str, Any]  # answers by question: a choice's code, a date, a whole number, a Decimal
When = Callable[[Said], bool]
Kind = Literal["choice", "day", "count", "money"]


def otherwise(_said: Said) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`leads`: the first rule that holds names the next question or the end. `choices` only of a choice."""

    leads: Sequence[tuple[When, str]]
    choices: tuple[str, ...] = ()
    kind: Kind = "choice"

    def next(self, said: Said) -> str:
        """Raises LookupError where no rule holds: the mistake is in the flow."""
        for holds, name in self.leads:
            if holds(said):
                return name
        raise LookupError("no rule holds")


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Where a flow ends: the benefit to apply for, where there is one, and topics to read, by slug."""

    topics: tuple[str, ...]
    benefit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """`notes`: what is said beside an end when a predicate holds."""

    slug: str
    start: str
    questions: Mapping[str, Question]
    ends: Mapping[str, End]
    notes: Mapping[str, When] = field(default_factory=dict)

    def notes_for(self, said: Said) -> list[str]:
        return [name for name, holds in self.notes.items() if holds(said)]


def paths(flow: Flow, samples: Mapping[str, Sequence[Any]], said: Said | None = None) -> Iterator[tuple[Said, str]]:
    """Every way through the flow: the answers and the end they lead to. `samples`: answers to what is typed."""
    said = said or {}
    name = flow.start if not said else flow.questions[list(said)[-1]].next(said)
    if name in flow.ends:
        yield said, name
        return
    question = flow.questions[name]
    for answer in question.choices or samples[name]:
        yield from paths(flow, samples, {**said, name: answer})
