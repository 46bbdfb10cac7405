"""Guidance topics, edited by officials. What is edited here is never overwritten by a seed file."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.admin import TranslationAdmin

from employers.guidance.models import GuidanceTopic
from employers.guidance.topics import LANGUAGES
from employers.records import clock


@admin.register(GuidanceTopic)
class GuidanceTopicAdmin(TranslationAdmin[GuidanceTopic]):
    """One group of fields a language instead of tabs: the tabs fetch jQuery UI from another site."""

    list_display = ("title", "slug", "order", "valid_from", "valid_until", "edited", "updated_at")
    list_filter = ("edited",)
    search_fields = ("slug", *(f"title_{language}" for language in LANGUAGES))
    ordering = ("order", "slug")
    readonly_fields = ("preview", "edited", "updated_at")
    fieldsets = (
        (None, {"fields": ("slug", "preview", "order", "valid_from", "valid_until", "edited", "updated_at")}),
        (_("In Finnish"), {"fields": ("title_fi", "summary_fi", "body_fi")}),
        (_("In Swedish"), {"fields": ("title_sv", "summary_sv", "body_sv")}),
        (_("In English"), {"fields": ("title_en", "summary_en", "body_en")}),
        (_("Where it is shown"), {"fields": ("benefits", "steps", "fields", "problem_codes", "size_classes")}),
    )

    @admin.display(description=_("preview"))
    def preview(self, topic: GuidanceTopic) -> SafeString | str:
        if topic._state.adding:
            return "-"
        return format_html_join(" ", '<a href="{}" lang="{}">{}</a>', [_page(topic, code) for code in LANGUAGES])

    def save_model(
        self, request: HttpRequest, obj: GuidanceTopic, form: "ModelForm[GuidanceTopic]", change: bool
    ) -> None:
        obj.edited = True
        obj.updated_at = clock.now()
        super().save_model(request, obj, form, change)

    def view_on_site(self, topic: GuidanceTopic) -> str:
        return topic.get_absolute_url()


def _page(topic: GuidanceTopic, language: str) -> tuple[Any, ...]:
    with override(language):
        return topic.get_absolute_url(), language, language
