"""The topics that stand beside a question."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.benefits.claim import BENEFITS
from employers.guidance.flow import STEPS
from employers.guidance.topics import SIZE_CLASSES
from employers.intake import codes
from portal.described.shape import DAY, TEXT, Shape, answer, many, maybe, one_of, page
from portal.described.told import IN_PARTS, Told

TAG = _("Guidance")
ABOUT = "The topics that the web service shows beside its questions, for programs that ask the same."

CALLS: Mapping[str, Told] = {
    "GET /guidance": Told(
        summary=_("List the topics that fit a question"),
        about="The best fits beside a step of the web form or a problem, five at most, those about the problem first."
        " With neither, every topic that is meant for the benefit and the size class. In the language of "
        "`Accept-Language`.",
        gives="GuidancePage",
        query={
            "benefit": {**one_of(BENEFITS), "description": "Topics for this benefit, and those for all."},
            "step": {**one_of(STEPS), "description": "The step of the web form beside which a topic stands."},
            "code": {
                **many(one_of(codes.every_code())),
                "description": "Problems at hand; may be there several times.",
            },
            "size_class": {**one_of(SIZE_CLASSES), "description": "Topics for employers of this size, and for all."},
            **IN_PARTS,
        },
        cached=True,
    ),
}
TOPIC = answer(
    slug=TEXT,
    title=TEXT,
    summary=TEXT,
    body=many(answer(kind=one_of(("text", "list")), lines=many(TEXT))),
    benefits=many(one_of(BENEFITS)),
    steps=many(one_of(STEPS)),
    fields=many(TEXT),
    problem_codes=many(TEXT),
    size_classes=many(one_of(SIZE_CLASSES)),
    valid_from=maybe(DAY),
    valid_until=maybe(DAY),
    page=TEXT,
)
SHAPES: Mapping[str, Shape] = {
    "Topic": TOPIC,
    "GuidancePage": page("Topic"),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Topic": {
        "slug": "Stable: the same topic in every language.",
        "body": "Paragraphs and lists, in order.",
        "benefits": "Empty means every benefit.",
        "steps": "Beside which steps of the web form it stands.",
        "fields": "The members of a claim that it is about, as dotted paths.",
        "problem_codes": "The problems that it answers.",
        "size_classes": "Empty means employers of every size.",
        "valid_from": "The first day on which it is in force; null: always was.",
        "valid_until": "The last day; null: without an end.",
        "page": "Its page in the web service, in the language of the answer.",
    },
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "GuidancePage": {
        "one": {
            "items": [
                {
                    "slug": "waiting-period",
                    "title": "The waiting period is your own cost",
                    "summary": "The day of onset and nine weekdays are not paid.",
                    "body": [{"kind": "text", "lines": ["Saturdays are weekdays here."]}],
                    "benefits": ["sickness_allowance"],
                    "steps": ["absence"],
                    "fields": ["absence.start"],
                    "problem_codes": ["nothing_payable"],
                    "size_classes": [],
                    "valid_from": None,
                    "valid_until": None,
                    "page": "/en/guidance/waiting-period/",
                }
            ],
            "next": None,
        }
    }
}
