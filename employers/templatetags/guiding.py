"""Guidance on pages below it in the flow of data, which cannot ask for it themselves."""

from typing import Any

from django import template

from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import in_force
from employers.records import clock

register = template.Library()


@register.inclusion_tag("employers/guidance/aside.html")
def topic_open(slug: str) -> dict[str, Any]:
    """The topic of this name to read at once; nothing where none is in force."""
    topics = list(in_force(clock.today(), GuidanceTopic.objects.filter(slug=slug)))
    for topic in topics:
        topic.opened, topic.read_at = True, ""
    return {"topics": topics}
