"""The calendar that other programs follow: no sign-in, a secret address. Rights are looked up every time."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from employers.notifications.calendar import calendar
from employers.notifications.days import entries, feed_of
from employers.records import clock


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    on = clock.today()
    found = feed_of(token, on=on)
    if found is None:
        raise Http404
    with override(found.language):
        name = f"{_('Employer portal')} {found.organisation.business_id}"
        content = calendar(entries(found, on=on), name=name)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
