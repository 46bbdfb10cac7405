"""What is different between two versions of an application, in the words of the pages that ask."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from employers.applications.changes import diff_said
from employers.applications.models import Application, ApplicationVersion
from employers.applications.views import answers
from employers.intake.forms.base import Body, Step, reach
from employers.intake.forms.pages import pages_of

NOTHING: Mapping[str, str] = {"text": "–"}


def rows(before: Body, after: Body, *, benefit: str) -> list[dict[str, Any]]:
    """`label`, and `before` and `after` as the page of answers shows a value. An entry of a list is told whole."""
    shapes = [*pages_of(benefit).values(), *answers.ELSEWHERE.values()]
    paths = dict.fromkeys(_asked_as(change.path, shapes) for change in diff_said(before, after))
    return [_row(path, before, after, shapes) for path in paths]


def versions(one: Application) -> list[dict[str, Any]]:
    """Every version after the first, the latest first, with what it changed and who said it."""
    said = list(one.versions.order_by("number"))
    return [
        {"version": new, "changes": rows(old.content, new.content, benefit=one.benefit)} for old, new in _pairs(said)
    ][::-1]


def _pairs(said: list[ApplicationVersion]) -> Iterator[tuple[ApplicationVersion, ApplicationVersion]]:
    return pairwise(said)


def _asked_as(path: str, shapes: list[type[Step]]) -> str:
    """The entry of a list that the path lies in, or the path itself."""
    for shape in shapes:
        if shape.row and path.startswith(f"{shape.row_path}."):
            number = path.removeprefix(f"{shape.row_path}.").partition(".")[0]
            return f"{shape.row_path}.{number}"
    return path


def _row(path: str, before: Body, after: Body, shapes: list[type[Step]]) -> dict[str, Any]:
    for shape in shapes:
        if shape.row and path.startswith(f"{shape.row_path}."):
            number = int(path.removeprefix(f"{shape.row_path}."))
            return {
                "label": f"{shape.row_name} {number + 1}",
                "before": _entry(shape, before, number),
                "after": _entry(shape, after, number),
            }
        field = shape.base_fields.get(path.replace(".", "__"))
        if field:
            was, now = reach(before, path), reach(after, path)
            return {"label": field.label, "before": _value(field, was), "after": _value(field, now)}
    return _unasked(path, before, after)


def _entry(shape: type[Step], body: Body, number: int) -> Mapping[str, Any]:
    entries = reach(body, shape.row_path) or []
    return next(iter(answers.entries(shape, entries[number : number + 1])), NOTHING)


def _value(field: Any, value: Any) -> Mapping[str, Any]:
    return NOTHING if value in (None, "", []) else answers.shown(field, value)


def _unasked(path: str, before: Body, after: Body) -> dict[str, Any]:
    """The application it continues is chosen from a list, and named by an id that says nothing."""
    label = _("Continues an earlier application") if path == "continues_application" else _("Other information")
    was, now = ({"text": _("Yes") if reach(body, path) else "–"} for body in (before, after))
    return {"label": label, "before": was, "after": now}
