"""What is different between two claims: the members that changed, each with what it was and what it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from employers.benefits.claim import Claim, to_json

NOT_SAID = ("reference",)  # ours, not the employer's word


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`path` as a problem names it (`pay_periods.1.amount`); a value of None, or an entry of None, was not said.

    An entry of a list that is only in one of the claims is told whole.
    """

    path: str
    before: Any
    after: Any

    def as_dict(self) -> dict[str, Any]:
        return {"pointer": "/" + self.path.replace(".", "/"), "before": self.before, "after": self.after}


def diff(before: Claim, after: Claim) -> list[Change]:
    """In the order of the claim's members."""
    return diff_said(to_json(before), to_json(after))


def diff_said(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Of two claims as they are stored."""
    return list(_members(_told(before), _told(after)))


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in NOT_SAID}


def _members(before: Mapping[str, Any], after: Mapping[str, Any], under: str = "") -> Iterator[Change]:
    for name in {**before, **after}:
        yield from _one(f"{under}{name}", before.get(name), after.get(name))


def _one(path: str, before: Any, after: Any) -> Iterator[Change]:
    """Empty is empty, however it is written."""
    if before == after or (not _is_said(before) and not _is_said(after)):
        return
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        yield from _members(before or {}, after or {}, f"{path}.")
    elif _is_rows(before) and _is_rows(after):
        yield from _entries(path, before or [], after or [])
    else:
        yield Change(path=path, before=before, after=after)


def _entries(path: str, before: list[Any], after: list[Any]) -> Iterator[Change]:
    for number in range(max(len(before), len(after))):
        old = before[number] if number < len(before) else None
        new = after[number] if number < len(after) else None
        if old is None or new is None:
            yield Change(path=f"{path}.{number}", before=old, after=new)
        else:
            yield from _one(f"{path}.{number}", old, new)


def _is_rows(value: Any) -> bool:
    """A list of objects; nothing said is such a list without entries."""
    return value in (None, []) or (isinstance(value, list) and all(isinstance(one, Mapping) for one in value))


def _is_said(value: Any) -> bool:
    return value not in (None, "", [], {})
