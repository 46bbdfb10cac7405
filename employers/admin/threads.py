"""The adviser's inbox: what employers ask, the longest waiting first, and one question on one page."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from employers.admin import said, thread_verbs, verbs
from employers.admin.queue import BenefitFilter
from employers.admin.readonly import ReadOnlyAdmin
from employers.applications.message import Closed
from employers.applications.models_threads import Thread
from employers.applications.views import answers
from employers.applications.views.about import page_name, told
from employers.intake import words
from employers.organisations.size import LARGE_ABOVE, SMALL_BELOW
from employers.records import clock, doorbell
from employers.records.readlog import log_reads

PURPOSE = "advice"
SIZES = {
    "small": Q(organisation__employees__lt=SMALL_BELOW),
    "medium": Q(organisation__employees__gte=SMALL_BELOW, organisation__employees__lte=LARGE_ABOVE),
    "large": Q(organisation__employees__gt=LARGE_ABOVE),
}


class InboxFilter(admin.SimpleListFilter):
    """What waits for an answer, unless something else is asked for."""

    title = _("inbox")
    parameter_name = "inbox"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("mine")), ("nobody", _("nobody's")), ("open", _("answered, open")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        choices = list(super().choices(changelist))
        choices[0]["display"] = _("waiting")
        return choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Thread]) -> QuerySet[Thread]:
        still_open = queryset.filter(closed_at=None)
        waiting = still_open.exclude(waits_since=None)
        boxes = {
            "mine": still_open.filter(handler=request.user.pk),
            "nobody": still_open.filter(handler=None),
            "open": still_open.filter(waits_since=None),
            "all": queryset,
        }
        return boxes.get(self.value() or "", waiting)


class SizeFilter(admin.SimpleListFilter):
    title = _("size class")
    parameter_name = "size"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("small", _("under 20 people")), ("medium", _("20 to 1 000 people")), ("large", _("over 1 000 people"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Thread]) -> QuerySet[Thread]:
        return queryset.filter(SIZES[self.value() or ""]) if self.value() in SIZES else queryset


@admin.register(Thread)
class ThreadAdmin(ReadOnlyAdmin):
    list_display = ("asked", "employer", "benefit_name", "page", "code", "language", "standing", "handler")
    list_filter = (InboxFilter, BenefitFilter, "step", "code", SizeFilter, "language")
    list_select_related = ("organisation", "handler")
    search_fields = ("=organisation__business_id", "=application__reference")
    search_help_text = _("Business ID or the reference of an application.")
    change_form_template = "admin/employers/thread/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        threads = Thread.objects.select_related("organisation", "application", "handler", "user")
        return threads.order_by(*self.get_ordering(request))

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return (F("waits_since").asc(nulls_last=True), "id")

    @admin.display(description=_("asked"), ordering="opened_at")
    def asked(self, thread: Thread) -> str:
        return said.moment(thread.opened_at)

    @admin.display(description=_("employer"), ordering="organisation__name")
    def employer(self, thread: Thread) -> str:
        return thread.organisation.name

    @admin.display(description=_("benefit"), ordering="benefit")
    def benefit_name(self, thread: Thread) -> str:
        return words.benefit_name(thread.benefit) if thread.benefit else ""

    @admin.display(description=_("page"), ordering="step")
    def page(self, thread: Thread) -> str:
        return page_name(thread.benefit, thread.step) or thread.step

    @admin.display(description=_("waits"))
    def standing(self, thread: Thread) -> str:
        if thread.closed_at:
            return str(_("closed"))
        return said.moment(thread.waits_since) if thread.waits_since else str(_("answered"))

    def get_urls(self) -> list[URLPattern]:
        do = self.admin_site.admin_view(require_POST(self.do))
        return [path("<uuid:pk>/do/<slug:verb>/", do, name="employers_thread_do"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response: HttpResponse = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            self.log(request, *response.context_data["cl"].result_list, action="list")
        return response

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        thread = self.get_object(request, object_id)
        if thread is None:
            raise Http404
        if not self.has_view_permission(request, thread):
            raise PermissionDenied
        self.log(request, thread, action="read")
        return self.show(request, thread, thread_verbs.AnswerForm(label_suffix=""))

    def do(self, request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
        """One button, one verb; what was refused is told on the page."""
        button = thread_verbs.BUTTONS.get(verb)
        if not self.may_act(request):
            raise PermissionDenied
        thread = get_object_or_404(self.get_queryset(request), pk=pk)
        if button is None:
            raise Http404
        self.log(request, thread, action=verb)
        form = button.form(request.POST, label_suffix="")
        if not form.is_valid():
            return self.show(request, thread, form)
        try:
            button.run(thread, form, verbs.acting(request), clock.now())
        except Closed:
            messages.error(request, _("Somebody closed the question meanwhile."))
        else:
            doorbell.ring()
            messages.success(request, str(button.done))
        return redirect("admin:employers_thread_change", thread.pk)

    def may_act(self, request: HttpRequest) -> bool:
        return request.user.has_perm("employers.change_thread")

    def log(self, request: HttpRequest, *threads: Thread, action: str) -> None:
        """No row, no data."""
        persons = [thread.person_id for thread in threads if thread.person_id]
        log_reads(persons, reader=verbs.acting(request).as_reader(), purpose=PURPOSE, action=action, at=clock.now())

    def show(self, request: HttpRequest, thread: Thread, form: Any) -> HttpResponse:
        is_hand_over = isinstance(form, thread_verbs.HandOverForm)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Question to an adviser"),
            "thread": thread,
            "about": told(thread),
            "sections": answers.claim(thread.draft, benefit=thread.benefit) if thread.draft else [],
            "said": thread.messages.select_related("user"),
            "may_act": self.may_act(request),
            "may_write_topics": request.user.has_perm("employers.add_guidancetopic"),
            "answer_form": thread_verbs.AnswerForm(label_suffix="") if is_hand_over else form,
            "hand_over_form": form if is_hand_over else thread_verbs.HandOverForm(label_suffix=""),
        }
        return TemplateResponse(request, self.change_form_template, context)
