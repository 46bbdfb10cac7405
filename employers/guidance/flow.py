"""Which guidance topics belong beside a question, and in which order. Pure: topics in, topics out."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, TypeVar

STEPS = (
    "start",
    "estimate",
    "employee",
    "employment",
    "absence",
    "other-days",
    "pay",
    "certificate",
    "insurer",
    "earlier",
    "hours",
    "monthly-pay",
    "earnings",
    "order",
    "birth",
    "due-date",
    "child",
    "hazard",
    "contract",
    "months",
    "kind",
    "period",
    "costs",
    "deductible",
    "conditions",
    "statement",
    "payment",
    "check",
    "receipt",
    "question",
    "decision",
    "finding",
    "mismatch",
    "register",
    "clients",
)


# What a list of topics is grouped by: the first group that holds every benefit of a topic.
SUBJECTS = {
    "illness": ("sickness_allowance", "partial_sickness_allowance", "infectious_disease_allowance", "donor_allowance"),
    "family": (
        "pregnancy_allowance", "special_pregnancy_allowance", "parental_allowance", "partial_parental_allowance",
        "family_leave_compensation", "annual_leave_compensation",
    ),
    "rehabilitation": ("rehabilitation_allowance", "partial_rehabilitation_allowance"),
    "occupational_health": ("occupational_health_reimbursement",),
}  # fmt: skip
COMMON = "common"


class Placed(Protocol):
    """What decides a topic's place. An empty list of benefits or size classes means every one of them."""

    @property
    def order(self) -> int: ...
    @property
    def benefits(self) -> Sequence[str]: ...
    @property
    def steps(self) -> Sequence[str]: ...
    @property
    def fields(self) -> Sequence[str]: ...
    @property
    def problem_codes(self) -> Sequence[str]: ...
    @property
    def size_classes(self) -> Sequence[str]: ...


T = TypeVar("T", bound=Placed)


def relevant(
    topics: Iterable[T],
    *,
    benefit: str | None,
    step: str | None,
    field: str | None = None,
    codes: Collection[str] = (),
    size_class: str | None = None,
) -> list[T]:
    """The topics that fit, the best fit first: an answer to a problem at hand, then to the field, then to the step.

    What is not known yet (None) excludes nothing: before an employer is chosen every size class is shown.
    """
    fitting = [topic for topic in topics if _meant_for(topic, benefit, size_class) and _near(topic, step, field, codes)]
    return sorted(fitting, key=lambda topic: (_distance(topic, step, field, codes), topic.order))


def meant_for(topics: Iterable[T], *, benefit: str | None, size_class: str | None) -> list[T]:
    """Those that fit, wherever they are shown, in the order they come in."""
    return [topic for topic in topics if _meant_for(topic, benefit, size_class)]


def subject_of(topic: Placed) -> str:
    """What is true of several groups of benefits is common to all."""
    if not topic.benefits:
        return COMMON
    return next((name for name, codes in SUBJECTS.items() if set(topic.benefits) <= set(codes)), COMMON)


def answers(topic: Placed, codes: Collection[str]) -> bool:
    """Whether the topic is about one of these problems."""
    return _answers(topic, codes) > 0


def _meant_for(topic: Placed, benefit: str | None, size_class: str | None) -> bool:
    return _covers(topic.benefits, benefit) and _covers(topic.size_classes, size_class)


def _covers(listed: Sequence[str], value: str | None) -> bool:
    return not listed or value is None or value in listed


def _near(topic: Placed, step: str | None, field: str | None, codes: Collection[str]) -> bool:
    return step in topic.steps or _answers(topic, codes) > 0 or _about(topic, field)


def _distance(topic: Placed, step: str | None, field: str | None, codes: Collection[str]) -> tuple[int, bool, bool]:
    return (-_answers(topic, codes), not _about(topic, field), step not in topic.steps)


def _answers(topic: Placed, codes: Collection[str]) -> int:
    return len(set(topic.problem_codes) & set(codes))


def _about(topic: Placed, field: str | None) -> bool:
    """`pay_periods.1.amount` is about `pay_periods.amount` as well: a row's number says nothing about its meaning."""
    if field is None:
        return False
    return ".".join(part for part in field.split(".") if not part.isdigit()) in topic.fields
