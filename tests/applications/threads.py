"""Questions to an adviser, asked and answered without the pages."""

from datetime import datetime
from typing import Any

from employers.applications.message import About, answer_thread, open_thread
from employers.applications.models import Application
from employers.applications.models_threads import Thread
from tests import cast

QUESTION, ANSWER = "row-secret: which days do I tell?", "All days of the absence."


def asked(application: Application | None = None, *, at: datetime = cast.AT, **about: Any) -> Thread:
    """By Aino, for the bakery unless the application says otherwise."""
    organisation = application.organisation if application else cast.employer()
    if application:
        about |= {"application": application, "benefit": application.benefit, "person": application.person}
    by = cast.by_web(business_id=organisation.business_id)
    return open_thread(organisation=organisation, about=About(**about), text=QUESTION, language="en", by=by, at=at)


def answered(thread: Thread, *, text: str = ANSWER, at: datetime = cast.AT) -> Thread:
    answer_thread(thread_id=thread.pk, text=text, by=cast.by_official(), at=at)
    return thread
