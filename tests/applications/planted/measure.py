"""What was found beside what had to be: by kind of case and by benefit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from employers.applications.models_register import Finding

from .expect import in_time
from .reckoner import months_later
from .shape import LEAVE_COSTS, Case, Expected

EARLY = timedelta(days=30)
COLUMNS = (
    "traps", "planted", "found", "missed", "wrong", "sum", "days", "paid", "deadline", "status", "late",
    "tails", "tail sum", "no sum",
)  # fmt: skip
CENT = Decimal("0.01")  # of what is left of a part's pay


@dataclass(slots=True)
class Score:
    """`counts` by (kind of case or benefit, column). `notes` tell each disagreement in a line."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    notes: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)  # mismatches: there should be none

    def __str__(self) -> str:
        return "\n".join([self.table(), *self.notes, *self.disagreements])

    def add(self, names: Iterable[str], column: str, note: str = "") -> None:
        for name in ("all", *names):
            self.counts[name][column] += 1
        if note:
            self.notes.append(f"{column}: {note}")

    def total(self, column: str) -> int:
        return self.counts["all"][column]

    @property
    def recall(self) -> float:
        return self.total("found") / self.total("planted")

    @property
    def precision(self) -> float:
        raised = self.total("found") + self.total("allowed")
        return raised / (raised + self.total("wrong"))

    @property
    def early(self) -> float:
        return self.total("early") / self.total("found")

    def table(self) -> str:
        width = max(map(len, self.counts)) + 1
        head = " " * width + "".join(f"{column:>9}" for column in COLUMNS)
        rows = [f"{name:<{width}}" + _cells(counts) for name, counts in self.counts.items()]
        return "\n".join([head, *rows, self.summary()])

    def summary(self) -> str:
        return f"recall {self.recall:.4f}  precision {self.precision:.4f}  30 days ahead {self.early:.4f}"


def measured(cases: Sequence[Case], rows: Iterable[Finding]) -> Score:
    score, mine = Score(), defaultdict(list)
    for row in rows:
        mine[row.organisation.business_id, row.person.identity_code].append(row)
    for case in cases:
        if case.trap:
            score.add((case.label,), "traps")
        for expected in case.expected:
            _judge(score, case, expected, mine[expected.payer, expected.code])
        for told in case.told:
            code = told.report.identity_code
            for row in mine.pop((told.payer, code or ""), ()):
                score.add((case.label, row.benefit), "wrong", _told(case.label, row))
    return score


def _judge(score: Score, case: Case, expected: Expected, rows: list[Finding]) -> None:
    names = (case.label, "/".join(sorted(expected.benefits)))
    hits = [row for row in rows if _is_about(expected, row)]
    hits = hits if expected.spread or expected.tail else hits[:1]
    for hit in hits:
        rows.remove(hit)
    if expected.must:
        score.add(names, "planted")
        score.add(names, "found" if hits else "missed", "" if hits else _missing(case, expected))
    elif hits:
        score.add(names, "allowed")
    if hits:
        _compare(score, names, expected, hits)


def _is_about(expected: Expected, row: Finding) -> bool:
    """Of the costs of annual leave a row may be about whole months."""
    start = expected.start.replace(day=1) if LEAVE_COSTS in expected.benefits else expected.start
    end = expected.end + timedelta(days=31) if LEAVE_COSTS in expected.benefits else expected.end
    return row.benefit in expected.benefits and row.absence_start <= end and row.absence_end >= start


def _compare(score: Score, names: tuple[str, str], expected: Expected, hits: list[Finding]) -> None:
    late = [hit for hit in hits if expected.tail and hit.absence_start > expected.start]
    whole = [hit for hit in hits if hit not in late]
    wrong = list(_differences(expected, whole)) if whole else []
    wrong += [each for hit in late for each in _of_a_tail(expected, hit)]
    first = min(hit.found_at for hit in hits).date()
    if first > expected.known:
        wrong.append(("late", (first, expected.known)))
    for column, (said, right) in wrong:
        score.add(names, column, f"{_told(names[0], hits[0])} says {said}, right is {right}")
    for _ in late:
        score.add(names, "tails")
    if any(hit.estimated_amount is None for hit in hits):
        score.add(names, "no sum")
    if expected.must and min(expected.deadlines) - first >= EARLY:
        score.add(names, "early")


def _differences(expected: Expected, hits: list[Finding]) -> Iterable[tuple[str, tuple[object, object]]]:
    known = [hit.estimated_amount for hit in hits if hit.estimated_amount is not None]
    amount = sum(known, Decimal(0)) if known else None
    if expected.sums and amount not in expected.sums:
        yield "sum", (amount, sorted(map(str, expected.sums)))
    paid = sum((hit.paid for hit in hits), Decimal(0))
    if expected.paid is not None and paid not in expected.paid:
        yield "paid", (paid, sorted(map(str, expected.paid)))
    first = min(hit.absence_start for hit in hits)
    if not expected.spread and (first, hits[0].absence_end) != (expected.start, expected.end):
        yield "days", (f"{first} {hits[0].absence_end}", f"{expected.start} {expected.end}")
    if not {hit.deadline for hit in hits} <= expected.deadlines:
        yield "deadline", ([str(hit.deadline) for hit in hits], sorted(map(str, expected.deadlines)))
    if not {hit.status for hit in hits} <= expected.statuses:
        yield "status", ([hit.status for hit in hits], sorted(expected.statuses))


def _of_a_tail(expected: Expected, hit: Finding) -> Iterable[tuple[str, tuple[object, object]]]:
    """What is still to be had from a later day on, when it is too late for the first."""
    assert expected.tail
    day = hit.absence_start
    sums = expected.tail(day)
    if not (hit.estimated_amount is None and None in expected.sums) and all(
        abs((hit.estimated_amount or 0) - each) > CENT for each in sums
    ):
        yield "tail sum", (f"from {day} {hit.estimated_amount}", sorted(map(str, sums)))
    if hit.deadline != months_later(day, expected.months):
        yield "deadline", (hit.deadline, months_later(day, expected.months))
    if hit.status not in in_time([hit.deadline]):
        yield "status", (hit.status, sorted(in_time([hit.deadline])))
    if hit.absence_end != expected.end:
        yield "days", (hit.absence_end, expected.end)


def _told(label: str, row: Finding) -> str:
    days = f"{row.absence_start} to {row.absence_end}"
    return f"{label}: {row.organisation.business_id} {row.benefit} {days} {row.status} found {row.found_at.date()}"


def _missing(case: Case, expected: Expected) -> str:
    what = "/".join(sorted(expected.benefits))
    return f"{case.label}: {expected.payer} {what} {expected.start} to {expected.end}, known {expected.known}"


def _cells(counts: Counter[str]) -> str:
    return "".join(f"{counts[column] or '.':>9}" for column in COLUMNS)
