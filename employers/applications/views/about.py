"""What a question to an adviser is about, in words, for both sides: page, field, problem, topic."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from employers.applications.message import About
from employers.applications.models_threads import Thread
from employers.benefits.problems import Problem
from employers.guidance.models import GuidanceTopic
from employers.intake.forms.pages import pages_of
from employers.intake.sentences import SENTENCES
from employers.intake.words import benefit_name, sentence

Told = list[tuple[str, str]]


def told(about: About | Thread) -> Told:
    """Label and words of each thing that is known; a page or a problem of yesterday's form is left out."""
    return [(label, text) for label, text in _parts(about) if text]


def _parts(about: About | Thread) -> Iterator[tuple[str, str]]:
    if about.application:
        yield _("Application"), about.application.reference
    yield _("Benefit"), benefit_name(about.benefit) if about.benefit else ""
    yield _("Page"), page_name(about.benefit, about.step)
    yield _("Question on the page"), _label(about)
    yield _("What was pointed out"), sentence(Problem("", about.code)) if about.code in SENTENCES else ""
    yield _("Guidance read before"), _topic(about.topic)


def page_name(benefit: str, step: str) -> str:
    shape = pages_of(benefit).get(step) if benefit else None
    return str(shape.section) if shape else {"check": _("Check your answers")}.get(step, "")


def _label(about: About | Thread) -> str:
    """The words beside the field; of an entry in a list, those of its part."""
    shape: Any = pages_of(about.benefit).get(about.step) if about.benefit else None
    if shape is None or not about.field:
        return ""
    part = about.field.rpartition(".")[2]
    field = shape.base_fields.get(about.field.replace(".", "__"))
    if field is None and shape.row:
        field = shape.row.base_fields.get(part)
    return str(field.label) if field else ""


def _topic(slug: str) -> str:
    topic = GuidanceTopic.objects.filter(slug=slug).first() if slug else None
    return str(topic.title) if topic else ""
