"""A person, for those who have to find what is known: their applications, and who has looked at their data."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from employers.admin import verbs
from employers.admin.readonly import ReadOnlyAdmin
from employers.people.models import Person
from employers.records import clock
from employers.records.models import ReadLog
from employers.records.readlog import log_reads

READS_SHOWN = 200


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    """People are found through an application; a list of keys tells nobody anything."""

    list_display = ("id",)
    ordering = ("-id",)
    change_form_template = "admin/employers/person/change_form.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        person = self.get_object(request, object_id)
        if person is None or not self.has_view_permission(request, person):
            raise Http404
        reader = verbs.acting(request).as_reader()
        log_reads([person.pk], reader=reader, purpose="log_check", action="read", at=clock.now())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Person"),
            "person": person,
            "applications": person.applications.select_related("organisation").order_by("-submitted_at", "-id"),
            "reads": ReadLog.objects.filter(person=person.pk).order_by("-at", "-id")[:READS_SHOWN],
        }
        return TemplateResponse(request, self.change_form_template, context)
