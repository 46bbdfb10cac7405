"""Versions as HTTP knows them (RFC 9110, 13.1.1): an ETag is the number of a version in quotes, and `If-Match` names
the one that a change was made from."""

from collections.abc import Mapping

from employers.records.problem import Refusal

NONE = 0  # versions begin with 1


def etag(version: int) -> str:
    return f'"{version}"'


def named(headers: Mapping[str, str], *, current: int) -> int | None:
    """`current` where If-Match names it, NONE where it names others, None where there is no If-Match.

    `*` and weak tags name no version: who has not seen one cannot mean it.
    """
    told = headers.get("If-Match")
    if told is None:
        return None
    return current if etag(current) in [tag.strip() for tag in told.split(",")] else NONE


def needed(headers: Mapping[str, str], *, current: int) -> int:
    """Raises the 428."""
    found = named(headers, current=current)
    if found is None:
        raise Refusal(428, "if-match-missing")
    return found


def stale(current: int) -> Refusal:
    return Refusal(412, "version-stale", headers={"ETag": etag(current)}, current=current)
