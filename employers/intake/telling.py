"""What the page of a code says: cause, fix and example, with the provision behind it where there is one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from employers.benefits.problems import Problem
from employers.benefits.provisions import PROVISIONS
from employers.intake import codes, documents, words
from employers.intake.causes import CAUSES, WHY
from employers.intake.example_lines import OF_DOCUMENTS, OF_ERRORS, Lines
from employers.intake.examples import LEFT_OUT, OF_CLAIMS, Members, Shown

MANY = 3  # entries of a list that are shown
NONE = Lines("", "")  # of a code younger than its example; a test keeps it from being seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """In the active language but for the example, which has no words of ours but those of the answer."""

    code: str
    title: str
    cause: str
    fix: str
    wrong: str
    right: str
    answer: str = ""
    severity: str = ""
    rule: str | None = None


def page(code: str) -> Page | None:
    if code in documents.TITLES:
        return of_document(code)
    return of_error(code) if code in codes.every_code() else None


def of_document(code: str) -> Page:
    shown = OF_DOCUMENTS.get(code, NONE)
    return Page(
        code=code, title=words.title(code), cause=str(WHY.get(code, "")), fix=words.advice(code),
        wrong=shown.wrong, right=shown.right,
    )  # fmt: skip


def of_error(code: str) -> Page:
    severity, fix = codes.every_code()[code], words.sentence(Problem("", code))
    known = {"code": code, "title": code, "cause": str(CAUSES.get(code, "")), "fix": fix, "severity": severity}
    rule, claim = PROVISIONS.get(code), OF_CLAIMS.get(code)
    if claim is None:
        lines = OF_ERRORS.get(code, NONE)
        return Page(**known, rule=rule, wrong=lines.wrong, right=lines.right)
    answer = as_json(said(code, severity, fix, claim))
    return Page(**known, rule=rule, wrong=written(claim.wrong), right=written(claim.right), answer=answer)


def said(code: str, severity: str, fix: str, shown: Shown) -> dict[str, Any]:
    return {"pointer": shown.pointer, "code": code, "severity": severity, "detail": fix}


def written(members: Members) -> str:
    """The members as a part of a body; of a long list its beginning."""
    body: dict[str, Any] = {}
    for path, value in members.items():
        if value is not LEFT_OUT:
            put(body, path.split("."), value[:MANY] if isinstance(value, list) else value)
    return as_json(body)


def put(body: dict[str, Any], path: list[str], value: Any) -> None:
    name, *rest = path
    if not rest:
        body[name] = value
    elif rest[0].isdigit():  # the first entry of a list
        entry: dict[str, Any] = body.setdefault(name, [{}])[0]
        put(entry, rest[1:], value) if rest[1:] else entry.update(value)
    else:
        put(body.setdefault(name, {}), rest, value)


def as_json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
