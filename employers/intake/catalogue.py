"""Every code there is with its names in three languages: what `GET /codes` tells, and what its readers build on."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.utils import translation

from employers.benefits.claim import BENEFITS
from employers.benefits.details import DETAILS, Detail
from employers.benefits.provisions import PROVISIONS
from employers.intake import codes, detail_words, documents, sentences, words
from employers.intake.event_names import EVENT_NAMES
from employers.organisations import rights
from employers.organisations.sectors import SECTORS

LANGUAGES = ("fi", "sv", "en")
Words = Mapping[str, Any]


@cache
def every_code() -> dict[str, Any]:
    """Made once: nothing of it changes while the program runs. For reading only."""
    return {
        "benefits": named(BENEFITS, words.BENEFIT_NAMES),
        "details": [{"benefit": benefit, "members": declared(benefit)} for benefit in DETAILS],
        "statuses": named(words.STATUS_NAMES, words.STATUS_NAMES),
        "outcomes": named(words.OUTCOME_NAMES, words.OUTCOME_NAMES),
        "problems": [
            {
                "code": code,
                "severity": severity,
                "text": in_all(sentences.SENTENCES.get(code, sentences.UNNAMED)),
                "rule": PROVISIONS.get(code),
                "type": words.page_of(code),
            }
            for code, severity in codes.every_code().items()
        ],
        "documents": [one | {"type": words.page_of(one["code"])} for one in named(documents.TITLES, documents.TITLES)],
        "lines": named(words.LINE_TEXTS, words.LINE_TEXTS),
        "units": named(words.UNIT_NAMES, words.UNIT_NAMES),
        "questions": named(words.QUESTIONS, words.QUESTIONS),
        "rights": named(rights.RIGHTS, words.RIGHT_NAMES),
        "events": named(EVENT_NAMES, EVENT_NAMES),
        "sectors": named(SECTORS, SECTORS),
        "calls": [
            {
                "call": name,
                "scope": call.scope,
                "rights": list(call.rights),
                "occupational_health": list(call.occupational_health),
                "token": call.token,
            }
            for name, call in rights.CALLS.items()
            if call.scope != rights.SEGMENTS_READ
        ],
    }


def named(of: Iterable[str], texts: Words) -> list[dict[str, Any]]:
    return [{"code": code, "name": in_all(texts[code])} for code in of]


def in_all(text: Any) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(text)
    return found


def declared(benefit: str) -> list[dict[str, Any]]:
    """What a benefit asks beside the rest, by dotted names: a member of an entry stands after its list."""
    return [
        {
            "name": name,
            "kind": detail.kind.value,
            "needed": detail.needed.value,
            "most": detail.most or None,
            "label": in_all(detail_words.LABELS[name]),
            "choices": choices(name, detail),
        }
        for name, detail in detail_words.every(benefit)
    ]


def choices(name: str, detail: Detail) -> list[dict[str, Any]]:
    return [{"code": code, "name": in_all(detail_words.CHOICE_NAMES[f"{name}.{code}"])} for code in detail.choices]
