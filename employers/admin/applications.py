"""The queue of applications, and one application on one page. Nothing is saved here: every button calls one verb."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from employers.admin import page, queue, said, verbs
from employers.admin.readonly import ReadOnlyAdmin
from employers.applications.models import Application
from employers.intake import words
from employers.organisations.identifiers import is_personal_identity_code
from employers.people.queries import known_person
from employers.records import clock
from employers.records.readlog import log_reads

PURPOSE = "handling"
NOBODY = UUID(int=0)


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    """A subclass can add to `page_context` and to the blocks of `change_form_template`."""

    list_display = (
        "reference", "employer", "benefit_name", "absence", "sent_at", "status", "need_name", "lateness", "handler",
    )  # fmt: skip
    list_filter = (queue.DeskFilter, "status", queue.BenefitFilter, "channel", "late", "outcome")
    list_select_related = ("organisation", "handler")
    search_fields = ("=reference", "=organisation__business_id")
    search_help_text = _("Reference, Business ID or personal identity code. The search is not written in the address.")
    change_form_template = "admin/employers/application/change_form.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return queue.with_need(Application.objects.all(), on=clock.today()).order_by(*queue.ORDER)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return queue.ORDER

    @admin.display(description=_("employer"), ordering="organisation__name")
    def employer(self, application: Application) -> str:
        return application.organisation.name

    @admin.display(description=_("sent"), ordering="submitted_at")
    def sent_at(self, application: Application) -> str:
        return said.moment(application.submitted_at)

    @admin.display(description=_("benefit"), ordering="benefit")
    def benefit_name(self, application: Application) -> str:
        return words.benefit_name(application.benefit)

    @admin.display(description=_("absence"), ordering="absence_start")
    def absence(self, application: Application) -> str:
        return said.period(application.absence_start, application.absence_end)

    @admin.display(description=_("needs"), ordering="need")
    def need_name(self, application: Any) -> str:
        return str(queue.NEEDS[application.need])

    @admin.display(description=_("late"), ordering="late", empty_value="")
    def lateness(self, application: Application) -> str:
        return str(_("late")) if application.late else ""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("search/", wrap(require_POST(self.search)), name="employers_application_search"),
            path("<uuid:pk>/identity-code/", wrap(require_POST(self.identity_code)), name="employers_application_code"),
            path("<uuid:pk>/do/<slug:verb>/", wrap(self.do), name="employers_application_do"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Whoever is on the page of the list was looked at."""
        response: HttpResponse = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            listed = response.context_data["cl"].result_list
            self.log(request, *listed, action="list")
        return response

    def search(self, request: HttpRequest) -> HttpResponse:
        """A code typed here is looked up at once and goes no further: the address gets the person's key."""
        self.check_view(request)
        text = request.POST.get("q", "").strip()
        found = {"q": text}
        if is_personal_identity_code(text.upper(), allow_temporary=True):
            person = known_person(text.upper())
            found = {"person": str(person.pk if person else NOBODY)}
        query = urlencode({"desk": "all", **found})
        return HttpResponseRedirect(f"{reverse('admin:employers_application_changelist')}?{query}")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        application = self.get_object(request, object_id)
        if application is None:
            raise Http404
        return self.show(request, application, action="read")

    def identity_code(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self.show(request, self.found(request, pk), action="read_identity_code", code_shown=True)

    def do(self, request: HttpRequest, pk: Any, verb: str) -> HttpResponse:
        """One button: its form and confirmation, then its verb."""
        if not self.may_act(request):
            raise PermissionDenied
        application = self.found(request, pk)
        self.log(request, application, action=verb)
        context = self.page_context(request, application)
        return verbs.view(request, application, verb, context=context)

    def found(self, request: HttpRequest, pk: Any) -> Application:
        application: Application = get_object_or_404(self.get_queryset(request), pk=pk)
        return application

    def check_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def may_act(self, request: HttpRequest) -> bool:
        """Saving is nobody's; this permission is to press the buttons."""
        return request.user.has_perm("employers.change_application")

    def log(self, request: HttpRequest, *applications: Application, action: str) -> None:
        """No row, no data: call it before anything is shown."""
        persons = [application.person_id for application in applications if application.person_id]
        log_reads(persons, reader=verbs.acting(request).as_reader(), purpose=PURPOSE, action=action, at=clock.now())

    def show(
        self, request: HttpRequest, application: Application, *, action: str, code_shown: bool = False
    ) -> HttpResponse:
        self.check_view(request)
        self.log(request, application, action=action)
        context = self.page_context(request, application) | {"code_shown": code_shown}
        return TemplateResponse(request, self.change_form_template, context)

    def page_context(self, request: HttpRequest, application: Application) -> dict[str, Any]:
        buttons = verbs.buttons(application) if self.may_act(request) else []
        return {
            **self.admin_site.each_context(request),
            **page.context(application),
            "opts": self.opts,
            "title": f"{words.benefit_name(application.benefit)} {application.reference}",
            "buttons": buttons,
        }
