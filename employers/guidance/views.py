"""The guidance pages. Open to everyone: no sign-in, no personal data."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import in_force
from employers.records import clock


def topic_list(request: HttpRequest) -> HttpResponse:
    return render(request, "employers/guidance/list.html", {"topics": _readable(request)})


def topic_page(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(_readable(request), slug=slug)
    return render(request, "employers/guidance/topic.html", {"topic": topic})


def _readable(request: HttpRequest) -> QuerySet[GuidanceTopic]:
    """What is not in force today has no page, but for an official who previews it."""
    if request.user.has_perm("employers.view_guidancetopic"):
        return GuidanceTopic.objects.all()
    return in_force(clock.today())
