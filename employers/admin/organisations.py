"""Employers and firms, who signs in, who may act for whom, and with which machines."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from employers.admin.readonly import Base, ReadOnlyAdmin
from employers.organisations import rights
from employers.organisations.models import ClientSystem, Mandate, Organisation, RegisterRole, User


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """What it has agreed to and where it is paid, it says itself."""

    list_display = ("name", "business_id", "kind", "employees", "size", "lacks")
    list_filter = ("kind", "electronic_decisions", "register_access")
    search_fields = ("name", "=business_id")
    ordering = ("name", "id")

    @admin.display(description=_("size class"), ordering="employees")
    def size(self, organisation: Organisation) -> str:
        return str(SIZES[organisation.size_class])

    @admin.display(description=_("missing"))
    def lacks(self, organisation: Organisation) -> str:
        return ", ".join(str(MISSING[name]) for name in organisation.missing)


SIZES = {"small": _("small"), "medium": _("medium"), "large": _("large")}
MISSING = {
    "bank_account": _("bank account"),
    "consent": _("consent to electronic decisions"),
    "register_access": _("access to the Incomes Register"),
}


class NewUserForm(AdminUserCreationForm):  # type: ignore[type-arg]
    """A member of staff; people of employers come by identification and are made when they sign in."""

    class Meta:
        model = User
        fields = ("username", "name", "email")


class UserForm(UserChangeForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = "__all__"


if TYPE_CHECKING:
    UserBase = StockUserAdmin[User]
else:
    UserBase = StockUserAdmin


@admin.register(User)
class UserAdmin(UserBase):
    form, add_form = UserForm, NewUserForm
    show_full_result_count = False
    list_display = ("__str__", "username", "email", "is_staff", "is_active")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("=username", "name", "=email")
    ordering = ("name", "id")
    readonly_fields = ("last_login",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("name", "email", "language")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("last_login",)}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "name", "email")}),
        (_("Password"), {"classes": ("wide",), "fields": ("usable_password", "password1", "password2")}),
    )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Whoever is made here is staff."""
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Who is identified elsewhere has no password here."""
        user = self.get_object(request, id)
        if user is not None and not user.is_staff:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a user did stays told: make the user inactive instead."""
        return False


@admin.register(RegisterRole)
class RegisterRoleAdmin(ReadOnlyAdmin):
    list_display = ("organisation", "user", "role")
    list_filter = ("role",)
    list_select_related = ("organisation", "user")
    search_fields = ("organisation__name", "=organisation__business_id")
    ordering = ("organisation__name", "id")


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    list_display = ("principal", "agent", "held", "valid_from", "valid_until")
    list_select_related = ("principal", "agent_organisation", "agent_user")
    search_fields = ("principal__name", "=principal__business_id", "agent_organisation__name", "agent_user__name")
    ordering = ("principal__name", "id")

    @admin.display(description=_("agent"))
    def agent(self, mandate: Mandate) -> str:
        return str(mandate.agent_organisation or mandate.agent_user)

    @admin.display(description=_("rights"))
    def held(self, mandate: Mandate) -> str:
        return ", ".join(mandate.rights)


class ClientForm(forms.ModelForm):  # type: ignore[type-arg]
    """The agency's own scope is not for anybody else's machine."""

    scopes = forms.MultipleChoiceField(
        label=_("scopes"), choices=[(scope, scope) for scope in rights.SCOPES], widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ClientSystem
        fields = (
            "application", "organisation", "name", "scopes", "rate_limited", "reads_per_second", "writes_per_second",
            "burst",
        )  # fmt: skip
        labels = {"application": _("Client id"), "organisation": _("organisation"), "name": _("name")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        organisation = cleaned.get("organisation")
        agency = organisation is not None and organisation.kind == Organisation.Kind.AGENCY
        if rights.SEGMENTS_READ in cleaned.get("scopes", []) and not agency:
            self.add_error("scopes", _("Only the agency's own clients read segments."))
        return cleaned


@admin.register(ClientSystem)
class ClientSystemAdmin(Base):
    form = ClientForm
    list_display = ("called", "whose", "scope_list")
    list_select_related = ("organisation",)
    autocomplete_fields = ("organisation",)
    search_fields = ("name", "organisation__name", "=organisation__business_id")
    ordering = ("name", "id")

    @admin.display(description=_("name"), ordering="name")
    def called(self, client: ClientSystem) -> str:
        return client.name

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def whose(self, client: ClientSystem) -> str:
        return str(client.organisation)

    @admin.display(description=_("scopes"))
    def scope_list(self, client: ClientSystem) -> str:
        return ", ".join(client.scopes)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a client did stays told: take its scopes instead."""
        return False
