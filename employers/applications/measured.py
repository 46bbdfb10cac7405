"""How long things take, measured from what has happened here. One query each."""

from math import ceil

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, FloatField, QuerySet
from django.db.models.functions import Extract

from employers.applications.models import Channel, Decision, Draft
from employers.organisations.size import bounds

ENOUGH = 10  # cases: a median of fewer says more about them than about the next one
A_DAY = 24 * 60 * 60


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def minutes_to_apply(benefit: str, size_class: str) -> int | None:
    """Minutes of work on the pages of an application that was sent, the median, rounded up. None: too few to tell."""
    least, most = bounds(size_class)
    sent = Draft.objects.filter(application__isnull=False, benefit=benefit, seconds__gt=0, channel=Channel.WEB)
    seconds = _median(sent.filter(organisation__employees__range=(least, most)), F("seconds"))
    return None if seconds is None else ceil(seconds / 60)


def days_to_answer(benefit: str) -> int | None:
    """Days from sending to the decision, the median, rounded up. None: too few to tell."""
    took = ExpressionWrapper(F("decided_at") - F("application__submitted_at"), output_field=DurationField())
    decided = Decision.objects.filter(application__benefit=benefit).annotate(took=took)
    seconds = _median(decided, Extract("took", "epoch"))
    return None if seconds is None else ceil(seconds / A_DAY)


def _median(rows: QuerySet, figure: F | Extract) -> float | None:  # type: ignore[type-arg]
    found = rows.annotate(figure=figure).aggregate(cases=Count("pk"), middle=Median("figure"))
    return found["middle"] if found["cases"] >= ENOUGH else None
