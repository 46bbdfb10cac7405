"""The guidance that stands beside a question: the best fits, no more than one reads."""

from collections.abc import Collection, Sequence
from urllib.parse import urlencode

from employers.benefits.problems import CATALOGUE
from employers.guidance.flow import answers
from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import topics_for
from employers.organisations.models import Organisation
from employers.records import clock

MOST = 5


def topics_beside(
    step: str, *, benefit: str | None = None, organisation: Organisation | None = None, codes: Collection[str] = ()
) -> list[GuidanceTopic]:
    """`codes`: of every problem on the page. The topics about them stand first; one about an error stands open, and
    so does the very first one where it is about a warning."""
    size_class = organisation.size_class if organisation else None
    topics = topics_for(benefit=benefit, step=step, on=clock.today(), codes=codes, size_class=size_class)[:MOST]
    read_at = "?" + urlencode({"step": step} | ({"size": size_class} if size_class else {}))
    for place, topic in enumerate(topics):
        topic.opened = opens(topic, place, codes)
        topic.read_at = read_at  # where the topic was read: told on with "Did this help?"
    return topics


def opens(topic: GuidanceTopic, place: int, codes: Collection[str]) -> bool:
    """What no rule of the law names is an error of the form: a slip that stops the page."""
    wrong: Sequence[str] = [code for code in codes if CATALOGUE.get(code, "error") == "error"]
    return answers(topic, wrong) or (place == 0 and answers(topic, codes))
