"""The application page, with the contacts about it and, to those allowed, the everyday life of its person."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from customers.admin.segments import said
from customers.contacts.models import Contact
from customers.segments.queries import history_of
from employers.admin.applications import ApplicationAdmin
from employers.applications.models import Application

SEGMENTS = "customers.view_segmentassignment"
CONTACTS = "customers.view_contact"

admin.site.unregister(Application)


@admin.register(Application)
class ApplicationWithCustomerAdmin(ApplicationAdmin):
    change_form_template = "admin/customers/application/change_form.html"

    def page_context(self, request: HttpRequest, application: Application) -> dict[str, Any]:
        context = super().page_context(request, application)
        if application.person_id and request.user.has_perm(SEGMENTS):
            context["segments"] = [said(assignment) for assignment in history_of(application.person_id)]
        if request.user.has_perm(CONTACTS):
            context["contacts"] = list(Contact.objects.filter(application=application).order_by("at"))
        return context
