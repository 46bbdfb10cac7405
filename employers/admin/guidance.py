"""Guidance topics, edited by officials. What is edited here is never overwritten by a seed file."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.admin import TranslationAdmin

from employers.admin.guidance_preview import PreviewForm, previews
from employers.admin.readonly import ReadOnlyAdmin
from employers.admin.topic_from_thread import FromThread
from employers.guidance.models import GuidanceTopic, GuidanceVote
from employers.guidance.queries import tallies, with_votes
from employers.guidance.revise import can_begin, revise
from employers.guidance.topics import LANGUAGES
from employers.records import clock

if TYPE_CHECKING:
    TopicModelForm = forms.ModelForm[GuidanceTopic]
else:
    TopicModelForm = forms.ModelForm


class TopicForm(TopicModelForm):
    applies_from = forms.DateField(
        label=_("This text applies from"),
        required=False,
        help_text=_(
            "Leave empty to correct the text as it is. With a coming day, for example 2027-01-01, employers read the "
            "old text until then."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Before the constraints: a database cannot count days from the end to the start."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends, applies_from = said.get("valid_from"), said.get("valid_until"), said.get("applies_from")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("The topic ends before it starts."))
        if applies_from and (self.instance._state.adding or not can_begin(self.instance, applies_from)):
            self.add_error("applies_from", _("Choose a day after this version has begun, and before it ends."))
        return said


@admin.register(GuidanceTopic)
class GuidanceTopicAdmin(FromThread, TranslationAdmin[GuidanceTopic]):
    """One group of fields a language instead of tabs: the tabs fetch jQuery UI from another site."""

    form = TopicForm
    list_display = ("title", "slug", "valid_from", "valid_until", "helped", "not_helped", "edited", "updated_at")
    list_filter = ("edited",)
    search_fields = ("slug", *(f"title_{language}" for language in LANGUAGES), "problem_codes")
    ordering = ("order", "slug", "valid_from")
    readonly_fields = ("preview", "versions", "said", "edited", "updated_at")
    fieldsets = (
        (None, {"fields": ("slug", "preview", "versions", "said", "order", "edited", "updated_at")}),
        (_("When it holds"), {"fields": ("applies_from", "valid_from", "valid_until")}),
        (_("In Finnish"), {"fields": ("title_fi", "summary_fi", "body_fi")}),
        (_("In Swedish"), {"fields": ("title_sv", "summary_sv", "body_sv")}),
        (_("In English"), {"fields": ("title_en", "summary_en", "body_en")}),
        (_("Where it is shown"), {"fields": ("benefits", "steps", "fields", "problem_codes", "size_classes")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[GuidanceTopic]:
        return with_votes(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_page)
        return [path("<uuid:topic_id>/preview/", view, name="employers_guidancetopic_preview"), *super().get_urls()]

    def preview_page(self, request: HttpRequest, topic_id: str) -> HttpResponse:
        """As the employer sees it, in every language, on a day, beside a step."""
        topic = get_object_or_404(self.get_queryset(request), pk=topic_id)
        if not self.has_view_permission(request, topic):
            raise Http404
        form = PreviewForm.of(topic, request.GET, today=clock.today())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Preview"),
            "topic": topic,
            "form": form,
            "previews": previews(topic, form.asked()),
        }
        return render(request, "admin/employers/guidancetopic/preview.html", context)

    @admin.display(description=_("helped"), ordering="helped")
    def helped(self, topic: GuidanceTopic) -> int:
        return topic.helped  # type: ignore[attr-defined,no-any-return]

    @admin.display(description=_("did not help"), ordering="not_helped")
    def not_helped(self, topic: GuidanceTopic) -> int:
        return topic.not_helped  # type: ignore[attr-defined,no-any-return]

    @admin.display(description=_("preview"))
    def preview(self, topic: GuidanceTopic) -> SafeString | str:
        if topic._state.adding:
            return "-"
        address = reverse("admin:employers_guidancetopic_preview", args=[topic.pk])
        beside = format_html('<a href="{}">{}</a> ', address, _("As employers see it"))
        return beside + format_html_join(" ", '<a href="{}" lang="{}">{}</a>', [_page(topic, one) for one in LANGUAGES])

    @admin.display(description=_("versions"))
    def versions(self, topic: GuidanceTopic) -> SafeString | str:
        rows = GuidanceTopic.objects.filter(slug=topic.slug).order_by("valid_from") if topic.slug else []
        return format_html_join(" ", '<a href="{}">{} – {}</a>', [_version(one) for one in rows]) or "-"

    @admin.display(description=_("did it help"))
    def said(self, topic: GuidanceTopic) -> SafeString | str:
        if topic._state.adding:
            return "-"
        rows = [(row["step"] or "–", row["size_class"] or "–", row["yes"], row["no"]) for row in tallies(topic)]
        return format_html_join(" ", "<span>{}, {}: {} / {};</span>", rows) or "-"

    def save_model(
        self, request: HttpRequest, obj: GuidanceTopic, form: "forms.ModelForm[GuidanceTopic]", change: bool
    ) -> None:
        if applies_from := form.cleaned_data.get("applies_from"):
            revise(changed=obj, applies_from=applies_from, at=clock.now())
            return
        obj.edited = True
        obj.updated_at = clock.now()
        super().save_model(request, obj, form, change)

    def view_on_site(self, topic: GuidanceTopic) -> str:
        return topic.get_absolute_url()


@admin.register(GuidanceVote)
class GuidanceVoteAdmin(ReadOnlyAdmin):
    """What readers said of topics: nobody is named."""

    list_display = ("topic", "helped", "words", "step", "size_class", "language", "given_at")
    list_filter = ("helped", "size_class", "step", "language")
    list_select_related = ("topic",)
    search_fields = ("topic__slug",)
    fields = list_display
    readonly_fields = list_display

    @admin.display(description=_("what was missing"))
    def words(self, vote: GuidanceVote) -> str:
        return vote.missing or ""


def _page(topic: GuidanceTopic, language: str) -> tuple[Any, ...]:
    with override(language):
        return topic.get_absolute_url(), language, language


def _version(topic: GuidanceTopic) -> tuple[Any, ...]:
    address = reverse("admin:employers_guidancetopic_change", args=[topic.pk])
    return address, topic.valid_from or "", topic.valid_until or ""
