"""A question that was answered, on its way to a guidance topic: the add form is filled in, and an official confirms it.

Nothing is in force before a day is chosen, and nothing of who asked is carried over: codes, addresses, numbers and the
names that the portal knows are taken out, and the rest is the official's to read before saving.
"""

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from employers.admin import verbs
from employers.applications.models_threads import Message, Thread
from employers.benefits.problems import CATALOGUE
from employers.guidance.flow import STEPS
from employers.organisations.identifiers import without_codes
from employers.records import clock
from employers.records.readlog import log_reads

LONGEST_TITLE = 120
GAP = "…"
PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\b\d{7}-\d\b|\b[A-Z]{2}\d{2}(?: ?\d){10,}|\+?\d(?:[ -]?\d){6,}|•+")

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Any]
else:
    Base = object


class FromThread(Base):
    """For the admin of topics: `?from=<question>` fills in the add form."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        thread = _named(request)
        return _topic(thread) if thread else super().get_changeform_initial_data(request)

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:  # type: ignore[override]
        form = super().get_form(request, obj, **options)
        if obj is None and "from" in request.GET:
            field = form.base_fields["valid_from"]
            field.required = True
            field.help_text = _("Nobody sees the topic before this day. Choose it when the text is ready.")
        return form


def _named(request: HttpRequest) -> Thread | None:
    """Reading it here is reading it: it leaves its row. Raises Http404."""
    if "from" not in request.GET:
        return None
    try:
        key = UUID(request.GET["from"])
    except ValueError:
        raise Http404 from None
    if not request.user.has_perm("employers.view_thread"):
        raise Http404
    thread = get_object_or_404(Thread.objects.select_related("organisation", "user"), pk=key)
    reader = verbs.acting(request).as_reader()
    persons = [thread.person_id] if thread.person_id else []
    log_reads(persons, reader=reader, purpose="advice", action="make_topic", at=clock.now())
    messages.info(request, _("Read the text once more: nothing in it may tell who asked. Then choose a day and save."))
    return thread


def _topic(thread: Thread) -> dict[str, Any]:
    said = list(thread.messages.all())
    question = _impersonal(said[0].text, thread)
    answers = [_impersonal(one.text, thread) for one in said if one.role == Message.Role.OFFICIAL]
    title = " ".join(question.split())[:LONGEST_TITLE]
    return {
        "slug": slugify(title)[:64].strip("-"),
        f"title_{thread.language}": title,
        f"body_{thread.language}": "\n\n".join(answers),
        "benefits": [thread.benefit] if thread.benefit else [],
        "steps": [thread.step] if thread.step in STEPS else [],
        "problem_codes": [thread.code] if thread.code in CATALOGUE else [],
    }


def _impersonal(text: str, thread: Thread) -> str:
    """Without what tells of a person or an employer as far as a machine can know it."""
    text = PERSONAL.sub(GAP, without_codes(text))
    for name in _names(thread):
        text = re.sub(rf"\b{re.escape(name)}\w*", GAP, text, flags=re.IGNORECASE)
    return text


def _names(thread: Thread) -> list[str]:
    """Longest first; a name of one or two letters is left, or half of the text would go."""
    employee = (thread.draft or {}).get("employee") or {}
    whole = [thread.organisation.name, str(thread.user or ""), *map(str, employee.values())]
    parts = [part for name in whole for part in (name, *name.split())]
    return sorted({part for part in parts if len(part) > 2}, key=len, reverse=True)
