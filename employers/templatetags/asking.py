"""Links to an adviser, and what an employer's pages show of messages and documents. Each tag reads on its own."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from employers.applications import attached
from employers.applications.models import Application, Draft
from employers.applications.models_files import Attachment
from employers.applications.models_threads import Thread
from employers.applications.threads import unread_of, with_unread
from employers.applications.views.doors import threads_seen_by
from employers.intake.words import sentence

register = template.Library()


@register.inclusion_tag("employers/applications/ask_about.html", takes_context=True)
def ask_about(context: template.Context, step: str = "") -> dict[str, Any]:
    """Stands on a page of a draft or of an application. One link for the page, one for each thing it points out."""
    return {"page": _link(context, step), "problems": [*_problems(context, step)]}


@register.simple_tag(takes_context=True)
def unread_messages(context: template.Context) -> int:
    """Of the employer whose page it is; nothing for those who may not read its messages. Counted once a page."""
    if "unread" in context:
        return int(context["unread"])
    user, organisation = context["user"], context["organisation"]
    return unread_of(threads_seen_by(user), organisation_id=organisation.pk)


@register.simple_tag
def threads_about(application: Application) -> list[Thread]:
    return list(with_unread(application.threads.order_by("-id")))


@register.simple_tag
def documents_of(place: Application | Draft) -> list[Attachment]:
    return list(attached.of(place))


def _problems(context: template.Context, step: str) -> Iterator[dict[str, str]]:
    """What stops the page first, then what is only pointed out. Each sentence once."""
    told: dict[str, dict[str, str]] = {}
    for path, code, text in [*_errors(context.get("form")), *_warnings(context.get("warned") or ())]:
        told.setdefault(text, {"text": text, "href": _link(context, step, field=path, code=code, topic=code)})
    yield from told.values()


def _errors(form: Any) -> Iterator[tuple[str, str, str]]:
    for path, part, name in form.paths() if form is not None else ():
        for error in part.errors.as_data().get(name, []):
            yield path, error.code or "", " ".join(str(message) for message in error.messages)


def _warnings(warned: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    for problem in warned:
        yield problem.field, problem.code, sentence(problem)


def _link(context: template.Context, step: str, *, field: str = "", code: str = "", topic: str = "") -> str:
    """`topic`: a problem code whose topic stands on the page."""
    about = {
        "draft": getattr(context.get("draft"), "pk", ""),
        "application": getattr(context.get("application"), "pk", ""),
        "step": step or _step_of(context),
        "field": field,
        "code": code,
        "topic": _read_before(context, topic),
    }
    told = {name: value for name, value in about.items() if value}
    return f"{reverse('ask', args=[context['organisation'].pk])}?{urlencode(told)}"


def _step_of(context: template.Context) -> str:
    match = getattr(context.get("request"), "resolver_match", None)
    return str(match.kwargs.get("step", "")) if match else ""


def _read_before(context: template.Context, code: str) -> str:
    topics = [topic for topic in context.get("topics") or () if code and code in topic.problem_codes]
    return str(topics[0].slug) if topics else ""
