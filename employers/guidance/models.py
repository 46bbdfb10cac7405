"""Guidance an employer reads beside a question. Content, not code: officials edit it."""

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.guidance import topics
from employers.records.fields import SealedTextField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _codes(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> "ArrayField[list[str], list[str]]":
    return ArrayField(
        models.CharField(max_length=64), default=list, blank=True, verbose_name=label, help_text=help_text
    )


class Validity(models.Func):
    """The days of a version, both ends included; without an end as far as one can look."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = DateRangeField()


class GuidanceTopic(models.Model):  # type: ignore[django-manager-missing]  # modeltranslation makes its own
    """One version of a topic: several rows may have one address, and on a day at most one of them is in force."""

    opened = False  # beside a question: whether it stands open
    read_at = ""  # beside a question: the query that tells on where it was read

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("address"), max_length=64)
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
            ExclusionConstraint(
                name="guidance_topic_one_version_a_day",
                expressions=[
                    ("slug", RangeOperators.EQUAL),
                    (Validity("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another version of this topic is in force on some of these days."),
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


class GuidanceVote(models.Model):
    """Did a topic help? Nobody is named: of the visitor there is only a keyed hash of the session."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    topic = models.ForeignKey(GuidanceTopic, on_delete=models.CASCADE, related_name="votes", verbose_name=_("topic"))
    voter = models.BinaryField(max_length=32, editable=False)
    helped = models.BooleanField(_("helped"))
    missing = SealedTextField(_("what was missing"), null=True)
    step = models.CharField(_("step"), max_length=32, blank=True)
    size_class = models.CharField(_("size class"), max_length=8, blank=True)
    language = models.CharField(_("language"), max_length=2)
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("word on a topic")
        verbose_name_plural = _("words on topics")
        ordering = ("-given_at",)
        constraints = [models.UniqueConstraint(fields=["topic", "voter"], name="guidance_vote_once")]
        indexes = [models.Index(fields=["voter", "given_at"], name="guidance_vote_by_voter")]

    def __str__(self) -> str:
        return f"{self.topic.slug}: {self.helped}"
