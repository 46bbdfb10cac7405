"""A draft's content from a claim that cannot be sent as it is: everything known is answered, the rest is asked."""

from collections.abc import Iterable
from typing import Any

from employers.benefits.claim import Claim, to_json
from employers.benefits.problems import Problem, errors
from employers.intake.forms.base import Questions, reach
from employers.intake.forms.pages import pages_of

UNSAID = ("employer", "reference", "benefit")  # the draft itself knows them
Body = dict[str, Any]


def content_of(claim: Claim, problems: Iterable[Problem]) -> Body:
    return with_ways({"body": body_of(claim)}, claim.benefit, problems)


def body_of(claim: Claim) -> Body:
    return {name: said for name, said in to_json(claim).items() if name not in UNSAID}


def with_ways(content: Body, benefit: str, problems: Iterable[Problem]) -> Body:
    """The way leads over the pages alone that ask about what is missing or wrong."""
    asked = {page_about(benefit, problem.field) for problem in errors(list(problems))}
    pages = list(pages_of(benefit))
    return content | {
        "done": [page for page in pages if page not in asked],
        "way": [page for page in pages if page in asked],
    }


def is_open(benefit: str, page: str, body: Body) -> bool:
    """The page asks for something that the body does not tell."""
    shape = pages_of(benefit)[page]
    rows = reach(body, shape.row_path) if shape.row else None
    if shape.row and shape.least_rows and not rows:
        return True
    asked = [_lacks(shape, shape.initial_from(body)), *(_lacks(shape.row, row) for row in rows or [] if shape.row)]
    return any(asked)


def _lacks(shape: type[Questions], told: Body) -> bool:
    return any(field.required and told.get(name) in (None, "") for name, field in shape.base_fields.items())


def page_about(benefit: str, path: str) -> str:
    """The last one for what none asks."""
    pages = pages_of(benefit)
    return next((page for page, shape in pages.items() if shape().knows(path)), list(pages)[-1])
