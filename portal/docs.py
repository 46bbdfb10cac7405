"""Pages to read about the machine interface: guides, every call, every code, what changed. Work without JavaScript."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from employers.intake import catalogue
from portal.described import conventions, every
from portal.described.details import listed
from portal.described.document import PREFIX, document
from portal.described.told import JSON
from portal.guides import GUIDES
from portal.marks import marked

DOCS: Path = settings.BASE_DIR / "docs"
LANGUAGES = (("sh", "curl"), ("py", "Python"), ("mjs", "JavaScript"))
GOOD = ("200", "201", "202")
OTHERS = {
    "conventions": _("What holds for every call"),
    "details": _("What each benefit asks beside the rest"),
    "codes": _("Every code"),
    "changes": _("What changed"),
}


def in_chosen_language(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`?language=` is the switch of pages without a language in the address; the choice holds for the next ones."""

    @wraps(page)
    def door(request: HttpRequest, **rest: Any) -> HttpResponse:
        chosen = request.GET.get("language", "")
        if chosen not in catalogue.LANGUAGES:
            return page(request, **rest)
        with translation.override(chosen):
            answer = page(request, **rest)
        answer.headers["Content-Language"] = chosen
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax")
        return answer

    return door


@require_safe
@in_chosen_language
def overview(request: HttpRequest) -> HttpResponse:
    """Where to begin, and the way to everything else."""
    return render(request, "portal/docs/overview.html", {"guides": GUIDES, "resources": resources(), "others": OTHERS})


@require_safe
@in_chosen_language
def page(request: HttpRequest, topic: str) -> HttpResponse:
    """A guide, the calls of one resource, or one of the other pages."""
    if topic in GUIDES:
        return guide(request, topic)
    if topic in OTHERS:
        context = {"title": OTHERS[topic], **TOLD[topic]()}
        return render(request, f"portal/docs/{topic}.html", context)
    if topic in resources():
        return render(request, "portal/docs/calls.html", {"resource": resources()[topic], "calls": calls(topic)})
    raise Http404


def guide(request: HttpRequest, topic: str) -> HttpResponse:
    found = GUIDES[topic]
    parts = [(heading, [marked(str(text)) for text in texts]) for heading, texts in found.parts]
    names = [found.example] if found.example else []
    names += ["webhook"] if topic == "events" else []
    programs = [program for name in names for program in _programs(name)]
    context = {"title": found.title, "lead": marked(str(found.lead)), "parts": parts, "programs": programs}
    return render(request, "portal/docs/guide.html", context)


def details() -> dict[str, Any]:
    return {"benefits": listed()}


def codes() -> dict[str, Any]:
    """In the active language."""
    language = (translation.get_language() or "fi")[:2]
    known = catalogue.every_code()
    return {
        "documents": [{"code": one["code"], "text": one["name"][language]} for one in known["documents"]],
        "problems": [{**one, "text": one["text"][language]} for one in known["problems"]],
    }


def changes() -> dict[str, Any]:
    """The changelog, by its dates."""
    before, *dated = re.split(r"^## ", (DOCS / "api-changelog.md").read_text(), flags=re.MULTILINE)
    entries = [(day, _paragraphs(text)) for day, _, text in (one.partition("\n") for one in dated)]
    return {"before": _paragraphs(before.partition("\n")[2]), "entries": entries}


TOLD: dict[str, Callable[[], dict[str, Any]]] = {
    "conventions": lambda: {"paragraphs": _paragraphs(conventions.ABOUT)},
    "details": details,
    "codes": codes,
    "changes": changes,
}


@cache
def described() -> dict[str, Any]:
    """Nothing of it changes while the program runs. For reading only."""
    return document(agency=False)


@cache
def resources() -> dict[str, Any]:
    """By the word in the address: the name in the reader's language, and what it is about."""
    found: dict[str, Any] = {}
    for name in _documented():
        module = every.TAGS[name]
        with translation.override("en"):
            slug = f"calls-{slugify(str(module.TAG))}"  # a guide may have the same name
        one = found.setdefault(slug, {"title": module.TAG, "about": module.ABOUT, "calls": []})
        one["about"] = one["about"] or module.ABOUT
        one["calls"].append({"name": name, "summary": every.CALLS[name].summary, "id": _operation(name)["operationId"]})
    return dict(sorted(found.items()))


def calls(topic: str) -> list[dict[str, Any]]:
    return [_call(one["name"]) for one in resources()[topic]["calls"]]


def _call(name: str) -> dict[str, Any]:
    operation, told = _operation(name), every.CALLS[name]
    scopes = [scope for need in operation["security"] for scope in need["oauth2"]]
    return {
        "name": name,
        "id": operation["operationId"],
        "summary": told.summary,
        "about": [marked(text) for text in operation["description"].split("\n\n") if text],
        "scopes": scopes,
        "parameters": [{**one, "words": marked(one.get("description", ""))} for one in operation["parameters"]],
        "takes": list(_members(told.takes)),
        "gives": list(_members((told.gives or "").removesuffix("Page"))),
        "sent": list(_examples(operation.get("requestBody", {}))),
        "answered": [one for status in GOOD for one in _examples(operation["responses"].get(status, {}))],
        "statuses": [(status, marked(one["description"])) for status, one in operation["responses"].items()],
    }


def _members(shape: str | None) -> Iterator[tuple[str, SafeString]]:
    for name, words in every.MEMBERS.get(shape or "", {}).items():
        yield name, marked(words)


def _examples(body: dict[str, Any]) -> Iterator[dict[str, str]]:
    for kind, content in body.get("content", {}).items():
        for name, example in content.get("examples", {}).items():
            value = example.get("value", example.get("externalValue"))
            text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
            yield {"name": name, "kind": "" if kind == JSON else kind, "text": text}


def _documented() -> Iterator[str]:
    for path, methods in described()["paths"].items():
        yield from (f"{method.upper()} {path.removeprefix(PREFIX)}" for method in methods)


def _operation(name: str) -> dict[str, Any]:
    method, path = name.split(" ")
    found: dict[str, Any] = described()["paths"][PREFIX + path][method.lower()]
    return found


def _programs(name: str) -> Iterator[dict[str, str]]:
    for ending, language in LANGUAGES:
        file = f"{name}.{ending}"
        yield {"language": language, "file": file, "text": (DOCS / "api" / "examples" / file).read_text()}


def _paragraphs(text: str) -> list[dict[str, Any]]:
    """In their order; `item` says that it is one of a list."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\n|\n(?=- )", text) if part.strip()]
    return [{"item": one.startswith("- "), "text": marked(one.removeprefix("- "))} for one in parts]
