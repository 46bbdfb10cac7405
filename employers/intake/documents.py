"""The words of problem documents: every code the API can answer with, its title and what a developer does about it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

TITLES: Words = {
    "body-too-large": _("The body is too large"),
    "duplicate": _("The same application is already with us"),
    "finding-closed": _("The finding is not open any more"),
    "idempotency-key-invalid": _("The idempotency key is malformed"),
    "idempotency-key-missing": _("The idempotency key is missing"),
    "idempotency-key-reused": _("The idempotency key was used for another body"),
    "internal-error": _("Something went wrong"),
    "malformed-request": _("The request cannot be read"),
    "mandate-missing": _("The employer has not given you this right"),
    "method-not-allowed": _("This address does not do that"),
    "not-acceptable": _("We answer in JSON only"),
    "not-authenticated": _("A valid access token is needed"),
    "not-decided": _("The application has not been decided"),
    "not-found": _("Nothing here for you"),
    "overlap": _("Another application covers some of the same days"),
    "precondition-failed": _("The application has changed"),
    "precondition-required": _("Say which version you saw"),
    "request-in-progress": _("The first request is still running"),
    "scope-missing": _("The access token lacks a scope"),
    "rate-limited": _("Too many requests"),
    "unavailable": _("Try again later"),
    "unsupported-media-type": _("This kind of body is not understood"),
    "validation-failed": _("Some of it has to be changed"),
    "wrong-state": _("The application is past that"),
}

ADVICE: Words = {
    "body-too-large": _("Send less at a time; the limit is in the documentation of the call."),
    "duplicate": _("Follow `existing`: it is the application you sent before."),
    "finding-closed": _("Look at `finding_status`: what was applied for or is past its time cannot be set aside."),
    "idempotency-key-invalid": _("Use 16 to 255 letters a-z, digits, hyphens or underscores."),
    "idempotency-key-missing": _("Send the header Idempotency-Key with a new random value for each new application."),
    "idempotency-key-reused": _("Use a new key for a new body, and the old key only to send the same bytes again."),
    "internal-error": _("Try again with the same key, and tell us the trace_id if it does not help."),
    "malformed-request": _("Send one JSON document in UTF-8, without names that appear twice and without NaN."),
    "mandate-missing": _("Ask the employer to give your organisation the right named here."),
    "method-not-allowed": _("Look at the header Allow for what this address does."),
    "not-acceptable": _("Accept application/json."),
    "not-authenticated": _("Get an access token at /oauth/token and send it in the header Authorization."),
    "not-decided": _("Follow the event feed: it tells when the application is decided."),
    "not-found": _("Check the address. What belongs to employers you do not act for cannot be told from nothing."),
    "overlap": _("Look at the applications in `existing`, and send only the days that they do not cover."),
    "precondition-failed": _("Read the application again, and send If-Match with its ETag."),
    "precondition-required": _("Send If-Match with the ETag of the application."),
    "request-in-progress": _("Wait as long as Retry-After says, then send the same request with the same key."),
    "scope-missing": _("Get an access token with the scope named here; your client may have to be given it first."),
    "rate-limited": _("Wait as long as Retry-After says."),
    "unavailable": _("Wait as long as Retry-After says, then send the same request with the same key."),
    "unsupported-media-type": _("Send application/json in UTF-8."),
    "validation-failed": _("Every place that has to be changed is in `errors`."),
    "wrong-state": _("Read the application again: its status no longer allows this."),
}
