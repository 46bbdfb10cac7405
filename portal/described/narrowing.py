"""What changed between two shapes so that a program written for the old one breaks: pure, over JSON Schema.

A caller breaks where less is taken than before (a value, a member, a length), and where an answer holds what it could
not hold before (null, another type) or no longer holds what it always had. New members, and new values of a list of
values in an answer, break nobody: callers are told to expect them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

Shape = Mapping[str, Any]
Compare = Callable[..., Iterator[str]]
MOST = ("maximum", "maxLength", "maxItems")
LEAST = ("minimum", "minLength", "minItems")
LOOKS = ("pattern", "format")


@dataclass(frozen=True, slots=True)
class Side:
    """A shape within its document, where references are looked up."""

    shape: Shape
    document: Mapping[str, Any]

    def at(self, shape: Shape) -> "Side":
        return replace(self, shape=shape)

    @property
    def reference(self) -> str:
        return str(self.shape.get("$ref", ""))

    def resolved(self) -> "Side":
        if not self.reference:
            return self
        found: Any = self.document
        for part in self.reference.removeprefix("#/").split("/"):
            found = found[part]
        return self.at(found).resolved()

    def either(self) -> list["Side"]:
        """What it may be, one by one: most shapes are one thing, some are null as well."""
        return [each for one in self.shape.get("anyOf", []) for each in self.at(one).either()] or [self]

    def members(self) -> Mapping[str, Shape]:
        found: Mapping[str, Shape] = self.shape.get("properties", {})
        return found

    def required(self) -> set[str]:
        return set(self.shape.get("required", []))


def types(side: Side) -> set[str]:
    """An integer is a number too."""
    found: set[str] = set()
    for one in (each.resolved() for each in side.either()):
        told = one.shape.get("type", [])
        found |= {told} if isinstance(told, str) else set(told)
    return found | ({"integer"} if "number" in found else set())


def less_is_taken(old: Side, new: Side, *, at: str = "", seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """For what a caller sends. Each line says what, at which member."""
    old, new = old.resolved(), new.resolved()
    yield from (f"{at or '/'} is not taken as {one} any more" for one in sorted(_gone(types(old), types(new))))
    if _is_one_of_several(old) or _is_one_of_several(new):
        lost = {one.reference for one in old.either()} - {one.reference for one in new.either()}
        yield from (f"{at or '/'} is not taken as {one.rpartition('/')[2]} any more" for one in sorted(lost) if one)
    else:
        yield from _less_of_one_is_taken(old, new, at=at)
    yield from _within(less_is_taken, old, new, at=at, seen=seen)


def _less_of_one_is_taken(old: Side, new: Side, *, at: str) -> Iterator[str]:
    yield from _fewer_values(old, new, at=at, said="is not taken as")
    if _limited(new) and not _limited(old):
        yield f"{at or '/'} takes only some values now"
    yield from _tighter(old, new, at=at)
    yield from (f"{at}/{name} is needed now" for name in sorted(new.required() - old.required()))
    if new.shape.get("additionalProperties") is False:
        yield from (f"{at}/{name} is not taken any more" for name in sorted(old.members().keys() - new.members()))


def less_is_given(old: Side, new: Side, *, at: str = "", seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """For what a caller gets."""
    old, new = old.resolved(), new.resolved()
    yield from (f"{at or '/'} may be {one} now" for one in sorted(_gone(types(new), types(old))))
    if not (_is_one_of_several(old) or _is_one_of_several(new)):
        yield from _less_of_one_is_given(old, new, at=at)
    yield from _within(less_is_given, old, new, at=at, seen=seen)


def _less_of_one_is_given(old: Side, new: Side, *, at: str) -> Iterator[str]:
    yield from _fewer_values(old, new, at=at, said="is never")
    if _limited(old) and not _limited(new):
        yield f"{at or '/'} may hold any value now"
    yield from (f"{at or '/'} looks otherwise: {name}" for name in LOOKS if old.shape.get(name) != new.shape.get(name))
    yield from (f"{at}/{name} is gone" for name in sorted(old.members().keys() - new.members()))
    kept = old.required() & new.members().keys()
    yield from (f"{at}/{name} is not always there any more" for name in sorted(kept - new.required()))


def _is_one_of_several(side: Side) -> bool:
    return "anyOf" in side.shape


def _gone(before: set[str], after: set[str]) -> set[str]:
    """Where one of them is open to everything, nothing can be said."""
    return before - after if before and after else set()


def _within(compare: Compare, old: Side, new: Side, *, at: str, seen: frozenset[str]) -> Iterator[str]:
    """A shape within itself only once."""
    for place, before, after in _parts(old, new):
        if not (before.reference and before.reference in seen):
            yield from compare(before, after, at=at + place, seen=seen | {before.reference})


def _parts(old: Side, new: Side) -> Iterator[tuple[str, Side, Side]]:
    """Alternatives with alternatives, members with members, items with items."""
    yield from (("", before, after) for before, after in _paired(old, new))
    for name in sorted(old.members().keys() & new.members().keys()):
        yield f"/{name}", old.at(old.members()[name]), new.at(new.members()[name])
    if "items" in old.shape and "items" in new.shape:
        yield "/*", old.at(old.shape["items"]), new.at(new.shape["items"])


def _paired(old: Side, new: Side) -> Iterator[tuple[Side, Side]]:
    """Alternatives that are the same thing: by name where they are references, else by type."""
    if "anyOf" not in old.shape and "anyOf" not in new.shape:
        return
    there = {_name(one): one for one in new.either()}
    yield from ((one, there[_name(one)]) for one in old.either() if _name(one) in there)


def _name(one: Side) -> str:
    return one.reference or str(one.shape.get("type", ""))


def _limited(side: Side) -> bool:
    return "enum" in side.shape or "const" in side.shape


def _values(side: Side) -> list[Any]:
    return side.shape.get("enum", []) or ([side.shape["const"]] if "const" in side.shape else [])


def _fewer_values(old: Side, new: Side, *, at: str, said: str) -> Iterator[str]:
    if _limited(new):
        yield from (f"{at or '/'} {said} {one} any more" for one in _values(old) if one not in _values(new))


def _tighter(old: Side, new: Side, *, at: str) -> Iterator[str]:
    for name in MOST:
        if name in new.shape and new.shape[name] < old.shape.get(name, float("inf")):
            yield f"{at or '/'} takes less: {name} {new.shape[name]}"
    for name in LEAST:
        if name in new.shape and new.shape[name] > old.shape.get(name, 0):
            yield f"{at or '/'} takes less: {name} {new.shape[name]}"
    for name in LOOKS:
        if name in new.shape and new.shape[name] != old.shape.get(name):
            yield f"{at or '/'} has to look otherwise: {name}"
