"""Batch files and how far they are: one that was given up has to be seen by somebody. Never the file itself."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from employers.admin import said
from employers.admin.readonly import ReadOnlyAdmin
from employers.intake.models import Batch

COUNTS = ("rows", "done", "accepted", "rejected", "duplicates")


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ("received", "organisation", "status", "mode", *COUNTS)
    list_filter = ("status", "mode")
    list_select_related = ("organisation",)
    search_fields = ("=organisation__business_id",)
    search_help_text = _("Business ID")
    ordering = ("-id",)
    fields = ("organisation", "status", "mode", "received", *COUNTS, "attempts")

    @admin.display(description=_("received at"), ordering="at")
    def received(self, batch: Batch) -> str:
        return said.moment(batch.at)
