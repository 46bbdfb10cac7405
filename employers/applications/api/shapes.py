"""What answers about applications look like: plain dictionaries from plain rows, in the caller's language."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from employers.applications.models import Application, ApplicationVersion
from employers.benefits.estimate import Estimate
from employers.benefits.problems import Problem
from employers.intake import words

BASE = "/api/v1/applications"

# Of a version and the application it is of, in one query.
COLUMNS = (
    "id",
    "content",
    "estimate",
    "problems",
    "application_id",
    "application__organisation_id",
    "application__person_id",
    "application__version",
    "application__status",
    "application__submitted_at",
    "application__channel",
)
BESIDE = ("history", "corrections", "requests", "messages", "attachments", "decision")  # what else can be read of one
CONTENT = ApplicationVersion._meta.get_field("content")


def application(row: Mapping[str, Any]) -> dict[str, Any]:
    """The claim as it was said, and what became of it."""
    return _told(CONTENT.opened(row["content"], row["id"]), row)


def filed(version: ApplicationVersion) -> dict[str, Any]:
    """The same of one that was written just now: nothing is read back."""
    one = version.application
    return _told(
        version.content,
        {
            "estimate": version.estimate,
            "problems": version.problems,
            "application_id": one.pk,
            "application__version": one.version,
            "application__status": one.status,
            "application__submitted_at": one.submitted_at,
            "application__channel": one.channel,
        },
    )


def _told(said: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    problems = kept(row["problems"])
    return {
        **said,
        "pay_basis": said["pay_basis"] or None,
        "id": row["application_id"],
        "version": row["application__version"],
        "status": row["application__status"],
        "submitted_at": row["application__submitted_at"],
        "channel": row["application__channel"],
        "estimate": worded(row["estimate"], problems),
        "problems": problems,
        "links": links(row["application_id"]),
    }


def estimate(found: Estimate) -> dict[str, Any]:
    return worded(found.as_dict(), [words.described(problem) for problem in found.problems])


def worded(stored: Mapping[str, Any], problems: list[dict[str, Any]]) -> dict[str, Any]:
    """An estimate keeps codes; whoever reads it gets words as well."""
    lines = [{**line, "text": words.line_text(line["code"], month=line.get("month", ""))} for line in stored["lines"]]
    return {**stored, "lines": lines, "problems": problems}


def kept(stored: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The warnings that an application came with."""
    return [
        words.described(Problem(item["field"], item["code"], item["severity"], item.get("params", {})))
        for item in stored
    ]


def links(pk: UUID) -> dict[str, str]:
    own = f"{BASE}/{pk}"
    return {"self": own} | {name: f"{own}/{name}" for name in BESIDE}


def existing(found: Application) -> dict[str, Any]:
    """What stands in the way of another one."""
    return {
        "id": found.pk,
        "href": f"{BASE}/{found.pk}",
        "status": found.status,
        "submitted_at": found.submitted_at,
    }
