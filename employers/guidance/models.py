"""Guidance an employer reads beside a question. Content, not code: officials edit it."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.guidance import topics

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _codes(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> "ArrayField[list[str], list[str]]":
    return ArrayField(
        models.CharField(max_length=64), default=list, blank=True, verbose_name=label, help_text=help_text
    )


class GuidanceTopic(models.Model):  # type: ignore[django-manager-missing]  # modeltranslation makes its own
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("address"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"), max_length=400, help_text=_("One or two sentences beside the question."))
    body = models.TextField(
        _("text"), help_text=_("Paragraphs with an empty line between them. A line that starts with - is in a list.")
    )
    benefits = _codes(_("benefits"), _("Codes with commas between them. Empty means every benefit."))
    steps = _codes(_("steps"), _("The steps of the web form beside which the topic is shown."))
    fields = _codes(_("fields"))
    problem_codes = _codes(_("problem codes"), _("The topic is shown first when one of these problems was found."))
    size_classes = _codes(_("size classes"), _("Empty means employers of every size."))
    order = models.PositiveSmallIntegerField(_("order"), default=1000)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    edited = models.BooleanField(_("edited"), default=False, editable=False)
    updated_at = models.DateTimeField(_("updated at"), editable=False)

    class Meta:
        verbose_name = _("guidance topic")
        verbose_name_plural = _("guidance topics")
        ordering = ("order", "slug")
        constraints = [
            models.CheckConstraint(
                name="guidance_topic_ends_after_it_starts",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                violation_error_message=_("The topic ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("guidance-topic", kwargs={"slug": self.slug})

    def clean(self) -> None:
        """A mistyped step or benefit would hide the topic in silence."""
        unknown = {place: set(getattr(self, place)) - set(known) for place, known in topics.KNOWN.items()}
        problems = {
            place: _("Not known: %(codes)s.") % {"codes": ", ".join(sorted(codes))}
            for place, codes in unknown.items()
            if codes
        }
        if problems:
            raise ValidationError(problems)

    @property
    def blocks(self) -> list[tuple[str, list[str]]]:
        return topics.blocks(self.body)
