"""Contacts: the list, their number per application, and what came by telephone, on paper, by e-mail or in person."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from customers.admin.entering import ApplicationForm, ContactForm, said
from customers.contacts import queries
from customers.contacts.enter import ReferenceUnknown, enter
from customers.contacts.models import Contact, SizeClass
from employers.admin.figures import user_of
from employers.admin.readonly import ReadOnlyAdmin
from employers.admin.said import moment
from employers.applications.draft import begin
from employers.applications.views import drafted
from employers.intake.words import QUESTIONS, benefit_name
from employers.organisations.models import User
from employers.records import clock

A_YEAR = timedelta(days=365)
MOST_CODES = 20
ENTER = "employers.enter_application"


class PeriodForm(forms.Form):
    since = forms.DateField(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    list_display = ("when", "organisation", "matter", "channel", "benefit_said", "size_class", "minutes")
    list_filter = ("matter", "channel", "size_class")
    list_select_related = ("organisation",)
    search_fields = ("=organisation__business_id", "=application__reference")
    search_help_text = _("Business ID or reference")
    ordering = ("-at", "-id")
    fields = ("when", "organisation", "matter", "channel", "benefit_said", "size_class", "minutes", "topic", "note")
    change_list_template = "admin/customers/contact/change_list.html"
    form_template = "admin/employers/enter.html"
    rates_template = "admin/customers/contact/rates.html"

    @admin.display(description=_("at"), ordering="at")
    def when(self, contact: Contact) -> str:
        return moment(contact.at)

    @admin.display(description=_("benefit"), ordering="benefit")
    def benefit_said(self, contact: Contact) -> str:
        return benefit_name(contact.benefit) if contact.benefit else "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("customers.add_contact")

    def get_urls(self) -> list[URLPattern]:
        def own(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("rates/", own(self.rates), name="customers_contact_rates"),
            path("application/", own(self.application), name="customers_contact_application"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ContactForm(request.POST or None, label_suffix="")
        if form.is_valid() and _entered(form, by=user_of(request)):
            messages.success(request, _("The contact was written down."))
            return redirect("admin:customers_contact_changelist")
        return self._page(request, self.form_template, title=_("Write down a contact"), form=form, submit=_("Continue"))

    def application(self, request: HttpRequest) -> HttpResponse:
        """An application that came on paper or by telephone goes through the employer's own pages."""
        if not request.user.has_perm(ENTER):
            raise PermissionDenied
        form = ApplicationForm(request.POST or None, label_suffix="")
        if form.is_valid():
            said, organisation = form.cleaned_data, form.organisation
            assert organisation  # a valid form found it
            draft = begin(
                organisation=organisation,
                user=user_of(request),
                benefit=said["benefit"],
                content={"body": {}, "done": [], "annual_income": None},
                channel=said["channel"],
                at=clock.now(),
            )
            return redirect("apply", draft_id=draft.pk, step=drafted.first_open(draft))
        return self._page(
            request, self.form_template, title=_("Enter a paper or phone application"), form=form, submit=_("Continue")
        )

    def rates(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = clock.today()
        form = PeriodForm(request.GET or None, initial={"since": today - A_YEAR, "until": today})
        chosen = form.cleaned_data if form.is_valid() else form.initial
        period = {"since": _starts(chosen["since"]), "until": _starts(chosen["until"] + timedelta(days=1))}
        shown = {"form": form, "tables": _tables(period), "lists": _lists(period)}
        return self._page(request, self.rates_template, title=_("Contacts per application"), **shown)

    def _page(self, request: HttpRequest, template: str, *, title: str | Promise, **shown: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **shown}
        return TemplateResponse(request, template, context)


def _entered(form: ContactForm, *, by: User) -> bool:
    """False when it was refused; the form says why."""
    assert form.organisation  # a valid form found it
    try:
        enter(organisation=form.organisation, **said(form), by=by, at=clock.now())
    except ReferenceUnknown:
        form.add_error("reference", _("This employer has no application with this reference."))
        return False
    return True


def _tables(period: dict[str, datetime]) -> list[dict[str, Any]]:
    sizes, benefits = queries.rates("size_class", **period), queries.rates("benefit", **period)
    return [
        _table(_("By size class"), [(str(SizeClass(rate.of[0]).label), rate) for rate in sizes]),
        _table(_("By benefit"), [(benefit_name(rate.of[0]), rate) for rate in benefits if rate.of[0]]),
    ]


def _table(name: Any, rows: list[tuple[str, queries.Rate]]) -> dict[str, Any]:
    """The longest bar is the highest number of contacts per application."""
    highest = max((rate.contacts_each or 0 for _name, rate in rows), default=0)
    return {"name": name, "rows": rows, "highest": highest or 1}


def _lists(period: dict[str, datetime]) -> list[dict[str, Any]]:
    codes, topics = queries.asked_about(**period), queries.by_topic(**period)
    return [
        {
            "name": _("What was asked"),
            "rows": [(QUESTIONS.get(code, code), times) for code, times in codes[:MOST_CODES]],
        },
        {"name": _("Topics that should have answered"), "rows": topics[:MOST_CODES]},
    ]


def _starts(day: Any) -> datetime:
    return datetime.combine(day, time(), get_default_timezone())
