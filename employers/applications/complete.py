"""A program's part of a draft: said at the beginning or as a merge patch (RFC 7396), beside what people say on pages.

The pages of the web form that lack nothing by now count as answered; the way leads people over the others.
"""

from typing import Any

from employers.applications.models import Channel, Draft
from employers.applications.prefill import is_open
from employers.applications.share import marked
from employers.intake.forms.base import Body, told
from employers.intake.forms.pages import pages_of
from employers.organisations.access import Actor

SAYS_NO = ("continues_application", "previous_paid_day")  # null is an answer: it continues nothing


def begun(benefit: str, said: Body) -> Body:
    """The content of a draft that a program begins. `said`: members of a claim that a reader found fit."""
    body = tidy(said)
    way = [page for page in pages_of(benefit) if is_open(benefit, page, body)]
    done = [page for page in pages_of(benefit) if page not in way]
    return {"body": body, "done": done, "way": way, "annual_income": None}


def completed(draft: Draft, patch: Body, *, by: Actor, content: Body) -> Body:
    """The content of the draft with the patch in it. Whoever has a page open that it is about is told when saving."""
    body = tidy(merged(content.get("body", {}), patch))
    touched = _pages_about(draft.benefit, patch)
    asked = {page for page in pages_of(draft.benefit) if is_open(draft.benefit, page, body)}
    kept = {**content, "body": body, "done": _done(draft, content, touched=touched, asked=asked)}
    if content.get("way") is not None:
        kept["way"] = [page for page in pages_of(draft.benefit) if page in content["way"] or page in asked]
    for page in touched:
        kept = marked(kept, page, by=by)
    return kept


def merged(there: Any, patch: Any) -> Any:
    """RFC 7396: null takes out, an object is merged, anything else replaces."""
    if not isinstance(patch, dict):
        return patch
    result = dict(there) if isinstance(there, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def tidy(said: Body) -> Body:
    """Without what says nothing, at any depth; an entry of a list that says nothing falls out, as on a page."""
    kept = {name: _tidy(value) for name, value in said.items()}
    return {name: value for name, value in kept.items() if value not in (None, {}) or name in SAYS_NO}


def _tidy(value: Any) -> Any:
    if isinstance(value, dict):
        return told({name: _tidy(one) for name, one in value.items()})
    if isinstance(value, list):
        return [one for one in map(_tidy, value) if one != {}]
    return value


def _done(draft: Draft, content: Body, *, touched: set[str], asked: set[str]) -> list[str]:
    """A page that asks for nothing has to be seen, where a person began: until then only the patch can have been it."""
    seen = {*content.get("done", ()), *touched}
    pages = pages_of(draft.benefit)
    answered = [page for page in pages if draft.channel == Channel.API or page in seen or _needs_answers(pages[page])]
    return [page for page in answered if page not in asked]


def _needs_answers(shape: Any) -> bool:
    return bool(shape.least_rows) or any(field.required for field in shape.base_fields.values())


def _pages_about(benefit: str, patch: Body) -> set[str]:
    details = patch.get("details")
    within = [f"details.{name}" for name in details] if isinstance(details, dict) else []
    paths = [name for name in patch if name != "details"] + within
    return {page for page, shape in pages_of(benefit).items() if any(shape().knows(path) for path in paths)}
