"""What changed between two OpenAPI documents so that a program written for the old one breaks. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.described.narrowing import Compare, Side, less_is_given, less_is_taken

Document = Mapping[str, Any]
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


def breaks(old: Document, new: Document) -> list[str]:
    """One line each, the same line for the same break: the changelog quotes it."""
    found = [*_paths(old, new), *_webhooks(old, new)]
    return list(dict.fromkeys(found))


def _paths(old: Document, new: Document) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method in METHODS:
            if method not in methods:
                continue
            name, there = f"{method.upper()} {path}", new["paths"].get(path, {}).get(method)
            if there is None:
                yield f"{name}: is gone"
            else:
                yield from (f"{name}: {line}" for line in _operation(methods[method], there, old, new))


def _webhooks(old: Document, new: Document) -> Iterator[str]:
    there = new.get("webhooks", {})
    for name, methods in old.get("webhooks", {}).items():
        if name not in there:
            yield f"webhook {name}: is gone"
        else:
            # We send these: a caller reads them as it reads answers.
            before, after = methods["post"].get("requestBody"), there[name]["post"].get("requestBody")
            sent = _contents(before, after, old, new, compare=less_is_given, said="sent")
            yield from (f"webhook {name}: {line}" for line in sent)


def _operation(before: Document, after: Document, old: Document, new: Document) -> Iterator[str]:
    if before.get("operationId") != after.get("operationId"):
        yield f"operationId is not {before.get('operationId')} any more"
    yield from _parameters(before, after, old, new)
    yield from _contents(
        before.get("requestBody"), after.get("requestBody"), old, new, compare=less_is_taken, said="body"
    )
    yield from _scopes(before, after)
    for status, answer in before["responses"].items():
        if status not in after["responses"]:
            yield f"status {status} is gone"
        else:
            yield from _answer(status, answer, after["responses"][status], old, new)


def _answer(status: str, before: Document, after: Document, old: Document, new: Document) -> Iterator[str]:
    gone = before.get("headers", {}).keys() - after.get("headers", {}).keys()
    yield from (f"{status} has no header {name} any more" for name in sorted(gone))
    yield from _contents(before, after, old, new, compare=less_is_given, said=status)


def _parameters(before: Document, after: Document, old: Document, new: Document) -> Iterator[str]:
    there, here = _by_name(after), _by_name(before)
    for name, parameter in here.items():
        if name not in there:
            yield f"{name} is not taken any more"
        else:
            sides = Side(parameter.get("schema", {}), old), Side(there[name].get("schema", {}), new)
            yield from (f"{name}: {line}" for line in less_is_taken(*sides))
    for name, parameter in there.items():
        if parameter.get("required") and not here.get(name, {}).get("required"):
            yield f"{name} is needed now"


def _by_name(operation: Document) -> dict[str, Document]:
    return {f"{one['in']} {one['name']}": one for one in operation.get("parameters", [])}


def _contents(
    before: Document | None, after: Document | None, old: Document, new: Document, *, compare: Compare, said: str
) -> Iterator[str]:
    """By media type. A body that was not asked for before is a break as well."""
    if after and after.get("required") and not (before or {}).get("required"):
        yield f"{said} is needed now"
    there = (after or {}).get("content", {})
    for kind, content in (before or {}).get("content", {}).items():
        if kind not in there:
            yield f"{said} is not {kind} any more"
        else:
            sides = Side(content.get("schema", {}), old), Side(there[kind].get("schema", {}), new)
            yield from (f"{said} {line}" for line in compare(*sides))


def _scopes(before: Document, after: Document) -> Iterator[str]:
    """A token that was good enough is not any more."""
    was, now = (
        {scope for each in one.get("security", []) for scopes in each.values() for scope in scopes}
        for one in (before, after)
    )
    yield from (f"scope {scope} is needed now" for scope in sorted(now - was))
    if after.get("security") and not before.get("security"):
        yield "a token is needed now"
