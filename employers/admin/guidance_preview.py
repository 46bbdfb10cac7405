"""A topic as the employer would see it: in every language, on a chosen day, beside a chosen step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from employers.benefits.claim import BENEFITS
from employers.benefits.problems import CATALOGUE
from employers.guidance.flow import STEPS, answers, relevant
from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import in_force
from employers.guidance.topics import LANGUAGES, SIZE_CLASSES
from employers.intake.words import BENEFIT_NAMES

ANY = ("", _("any"))
MOST = 5  # as many as a page shows


class PreviewForm(forms.Form):
    on = forms.DateField(label=_("Day"))
    step = forms.ChoiceField(label=_("Step"), choices=[(step, step) for step in STEPS])
    benefit = forms.ChoiceField(
        label=_("Benefit"), required=False, choices=[ANY, *((code, BENEFIT_NAMES[code]) for code in BENEFITS)]
    )
    size_class = forms.ChoiceField(
        label=_("Size class"), required=False, choices=[ANY, *((one, one) for one in SIZE_CLASSES)]
    )
    code = forms.ChoiceField(
        label=_("Problem"), required=False, choices=[("", _("none")), *((code, code) for code in sorted(CATALOGUE))]
    )

    @classmethod
    def of(cls, topic: GuidanceTopic, data: Mapping[str, str], *, today: date) -> "PreviewForm":
        """Without a choice the first day on which the version is read, beside the first step that it belongs to."""
        day = max(today, topic.valid_from) if topic.valid_from else today
        day = min(day, topic.valid_until) if topic.valid_until else day
        first = {"on": day.isoformat(), "step": next(iter(topic.steps), STEPS[0])}
        first |= {"benefit": next(iter(topic.benefits), ""), "size_class": next(iter(topic.size_classes), "")}
        return cls({**first, **{name: data[name] for name in cls.base_fields if name in data}})

    def asked(self) -> dict[str, Any] | None:
        return self.cleaned_data if self.is_valid() else None


def previews(topic: GuidanceTopic, asked: dict[str, Any] | None) -> list[dict[str, Any]]:
    """For each language the page of the topic, and what would stand beside the step. Empty while nothing is asked."""
    if asked is None:
        return []
    beside = beside_step(asked)
    shown = {"topic": topic, "topics": beside, "is_beside": any(one.pk == topic.pk for one in beside)}
    return [{"language": language, **_in_language(language, shown)} for language in LANGUAGES]


def beside_step(asked: Mapping[str, Any]) -> list[GuidanceTopic]:
    codes = [asked["code"]] if asked["code"] else []
    found = relevant(
        in_force(asked["on"]),
        benefit=asked["benefit"] or None,
        step=asked["step"],
        codes=codes,
        size_class=asked["size_class"] or None,
    )[:MOST]
    for topic in found:
        topic.opened = answers(topic, codes)
    return found


def _in_language(language: str, shown: dict[str, Any]) -> dict[str, Any]:
    with override(language):
        return {
            "aside": render_to_string("employers/guidance/aside.html", shown),
            "page": render_to_string("employers/guidance/article.html", shown),
            "is_beside": shown["is_beside"],
        }
