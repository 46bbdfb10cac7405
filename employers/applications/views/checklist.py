"""The official's own checklist beside the answers of a draft: what would be asked, or how long an answer takes."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from employers.applications.expected import Expected, expected
from employers.applications.measured import days_to_answer
from employers.applications.models import Draft
from employers.applications.views import drafted, shown
from employers.benefits.problems import Problem
from employers.intake.serializers import Unreadable
from employers.intake.words import question, sentence


def of_draft(draft: Draft, warnings: Sequence[Problem]) -> dict[str, Any] | None:
    """None while pages are open or something is wrong: nobody sends that yet. `warnings`: those nobody asks about."""
    try:
        claim = drafted.readable(draft, reference="draft")
    except Unreadable:
        return None
    asked = expected(claim, warnings)
    told = [one.problem for one in asked]
    return {
        "asked": [_shown(draft, one) for one in asked],
        "warnings": shown.sentences(one for one in warnings if one not in told),
        "days": None if asked else days_to_answer(draft.benefit),
    }


def _shown(draft: Draft, one: Expected) -> dict[str, str]:
    step = drafted.place_of(draft.benefit, one.field)
    page = reverse("apply", args=[draft.pk, step])
    return {
        "text": sentence(one.problem) if one.problem else question(one.question),
        "page": drafted.section_name(draft.benefit, step),
        "href": f"{page}?from=check#{drafted.form_for(step, draft).anchor(one.field)}",
    }
